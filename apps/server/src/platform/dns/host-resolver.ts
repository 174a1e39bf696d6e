/**
 * Resolves host names without threads: the hosts file first, then name servers in the search order of resolv.conf, each
 * name within one deadline. `getaddrinfo` has no deadline, and hanging names would take all of its threads.
 */
import { getServers, type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { hostname as nameOfThisMachine } from 'node:os';
import { domainToASCII } from 'node:url';
import { LookUpCapacityError, LookUpError } from './look-up-error.js';
import { LOOK_UP_LIMITS, LookUpLimiter, type LookUpLimits, type Permit } from './look-up-limiter.js';
import { NameMemory } from './name-memory.js';
import { parseHosts } from './parse-hosts.js';
import { candidatesOf, parseResolvConf, type ResolvConf } from './parse-resolv-conf.js';
import { prefersIpv6 } from './prefers-ipv6.js';
import { queryNameServers, type FoundAddress } from './query-name-servers.js';
import { WatchedFile } from './watched-file.js';

/** For all name servers and search domains together. */
const DEADLINE_MS = 5_000;

/** Who asks: look-ups under way are bounded for each owner. */
export interface LookUpRequest {
  /** The tenant; absent: this service itself. */
  owner?: string | undefined;
  /** Called with true when the look-up waits for its permit, with false when it waits for the name servers. */
  onWaiting?: (isWaiting: boolean) => void;
}

/** Resolves a host name to all its addresses. @throws LookUpError, LookUpCapacityError */
export type ResolveHost = (hostname: string, request?: LookUpRequest) => Promise<LookupAddress[]>;

export interface HostResolverOptions {
  /** `address:port` of the name servers; empty: those of resolv.conf. */
  dnsServers?: readonly string[];
  hostsFile?: string;
  resolvConfFile?: string;
  limits?: Partial<LookUpLimits>;
  /** The deadline of one name. */
  deadlineMs?: number;
  /** Monotonic milliseconds. */
  now?: () => number;
}

/** A look-up that waits for its permit, or for the name servers. */
interface LookUp {
  addresses: Promise<LookupAddress[]>;
  /** Callers to notify when it gets its permit. */
  waiters: ((isWaiting: boolean) => void)[];
}

export class HostResolver {
  private readonly memory = new NameMemory();
  /** By name: all callers share one look-up. */
  private readonly started = new Map<string, LookUp>();
  /** By owner and name, so that no caller waits for a permit of another owner. */
  private readonly waiting = new Map<string, LookUp>();
  private readonly limiter: LookUpLimiter;
  private readonly hosts: WatchedFile<Map<string, string[]>>;
  private readonly resolvConf: WatchedFile<ResolvConf>;
  private readonly dnsServers: readonly string[];
  private readonly deadlineMs: number;
  private readonly now: () => number;
  /** The name server that answered last, which is asked first. */
  private preferredServer: string | null = null;

  constructor(options: HostResolverOptions = {}) {
    this.now = options.now ?? (() => performance.now());
    this.dnsServers = options.dnsServers ?? [];
    this.deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    this.limiter = new LookUpLimiter({ ...LOOK_UP_LIMITS, ...options.limits });
    this.hosts = new WatchedFile(options.hostsFile ?? '/etc/hosts', parseHosts, this.now);
    const parse = (text: string) => parseResolvConf(text, nameOfThisMachine());
    this.resolvConf = new WatchedFile(options.resolvConfFile ?? '/etc/resolv.conf', parse, this.now);
  }

  readonly resolve: ResolveHost = async (hostname, request = {}) => {
    // Remaining Unicode, and other spellings of an address.
    const name = domainToASCII(hostname);
    if (name === '') throw new LookUpError(hostname, 'ENOTFOUND');
    const known = this.withoutAsking(name);
    if (known) return known;
    const memory = this.memory.recall(name, this.now());
    if (memory?.kind === 'found') return memory.addresses;
    if (memory) throw memory.error;
    return this.join(name, request);
  };

  private withoutAsking(name: string): LookupAddress[] | null {
    if (isIP(name) !== 0) return [addressOf(name)];
    const plain = name.endsWith('.') ? name.slice(0, -1) : name;
    const addresses = this.hosts.read().get(plain);
    if (addresses) return addresses.map(addressOf);
    // RFC 6761, 6.3: these names always mean loopback.
    return /(^|\.)localhost$/.test(plain) ? [addressOf('127.0.0.1')] : null;
  }

  private join(name: string, { owner = '', onWaiting }: LookUpRequest): Promise<LookupAddress[]> {
    const started = this.started.get(name);
    if (started) return started.addresses;
    const key = `${owner} ${name}`;
    let lookUp = this.waiting.get(key);
    if (!lookUp) {
      lookUp = { addresses: Promise.resolve([]), waiters: [] };
      this.waiting.set(key, lookUp);
      lookUp.addresses = this.lookUp(name, owner, lookUp);
    }
    if (onWaiting) {
      onWaiting(true);
      lookUp.waiters.push(onWaiting);
    }
    return lookUp.addresses;
  }

  private async lookUp(name: string, owner: string, lookUp: LookUp): Promise<LookupAddress[]> {
    // A name that had addresses does not wait behind its owner's names that had none so far.
    const share = `${this.memory.isProven(name) ? 'proven' : 'new'} ${owner}`;
    const permit = await this.limiter.acquire(share);
    this.waiting.delete(`${owner} ${name}`);
    if (!permit) throw new LookUpCapacityError(name);
    try {
      for (const onWaiting of lookUp.waiters.splice(0)) onWaiting(false);
      return await this.findMeanwhile(name, lookUp, permit);
    } finally {
      permit.release();
    }
  }

  /** While it waited for its permit, another owner may have started or completed the same look-up. */
  private findMeanwhile(name: string, lookUp: LookUp, permit: Permit): Promise<LookupAddress[]> {
    const memory = this.memory.recall(name, this.now());
    if (memory?.kind === 'found') return Promise.resolve(memory.addresses);
    if (memory) return Promise.reject(memory.error);
    const other = this.started.get(name);
    if (other) return other.addresses;
    this.started.set(name, lookUp);
    return this.ask(name, permit).finally(() => this.started.delete(name));
  }

  private async ask(name: string, permit: Permit): Promise<LookupAddress[]> {
    const startedAt = this.now();
    const ending = new AbortController();
    const end = () => {
      ending.abort();
    };
    const deadline = setTimeout(end, this.deadlineMs);
    permit.signal.addEventListener('abort', end);
    try {
      const found = await this.query(name, ending.signal);
      const addresses = sorted(found);
      this.memory.noteFound(name, addresses, minTtlOf(found), this.now());
      return addresses;
    } catch (error) {
      if (!(error instanceof LookUpError)) throw error;
      // Given up in favour of others of its owner, which says nothing about the name.
      if (permit.signal.aborted) throw new LookUpCapacityError(name);
      const failure = new LookUpError(name, error.code);
      this.memory.noteMissing(name, failure, this.now() - startedAt, this.now());
      throw failure;
    } finally {
      clearTimeout(deadline);
    }
  }

  /** The first of the candidates that exists. */
  private async query(name: string, ending: AbortSignal): Promise<FoundAddress[]> {
    let failure = new LookUpError(name, 'ENOTFOUND');
    for (const candidate of candidatesOf(name, this.resolvConf.read())) {
      try {
        const { addresses, server } = await queryNameServers(candidate, this.servers(), ending);
        this.preferredServer = server;
        return addresses;
      } catch (error) {
        // As in the C library, silence ends the search, since a later candidate may be another host.
        if (!(error instanceof LookUpError) || error.code === 'ETIMEOUT') throw error;
        if (error.code === 'EAI_AGAIN') failure = error;
      }
    }
    throw failure;
  }

  private servers(): readonly string[] {
    const own = this.dnsServers.length > 0 ? this.dnsServers : this.resolvConf.read().nameServers;
    const servers = own.length > 0 ? own : getServers();
    const { preferredServer } = this;
    return preferredServer === null || !servers.includes(preferredServer)
      ? servers
      : [preferredServer, ...servers.filter((server) => server !== preferredServer)];
  }
}

/** IPv6 first only where this machine would use it: see RFC 6724. */
function sorted(found: readonly FoundAddress[]): LookupAddress[] {
  const first = prefersIpv6() ? 6 : 4;
  const inOrder = [
    ...found.filter(({ family }) => family === first),
    ...found.filter(({ family }) => family !== first),
  ];
  return inOrder.map(({ address, family }) => ({ address, family }));
}

function minTtlOf(found: readonly FoundAddress[]): number {
  return Math.min(...found.map(({ ttlSeconds }) => ttlSeconds));
}

function addressOf(address: string): LookupAddress {
  return { address, family: isIP(address) };
}
