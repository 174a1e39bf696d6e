/**
 * Resolves host names without threads: the hosts file first, then name servers in the search order of resolv.conf, each
 * name within one deadline. `getaddrinfo` has none, and names that hang would take all of its threads.
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
  /** Called with true when the look-up waits for its permit, with false when the name servers are what is waited for. */
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
  /** For all that one name takes. */
  deadlineMs?: number;
  /** Monotonic milliseconds. */
  now?: () => number;
}

/** A look-up that everyone who wants the name waits for. */
interface LookUp {
  addresses: Promise<LookupAddress[]>;
  isStarted: boolean;
  waiters: ((isWaiting: boolean) => void)[];
}

export class HostResolver {
  private readonly memory = new NameMemory();
  private readonly underWay = new Map<string, LookUp>();
  private readonly limiter: LookUpLimiter;
  private readonly hosts: WatchedFile<Map<string, string[]>>;
  private readonly resolvConf: WatchedFile<ResolvConf>;
  private readonly dnsServers: readonly string[];
  private readonly deadlineMs: number;
  private readonly now: () => number;
  /** The name server that answered last: it is asked first. */
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
    // What is left of Unicode, and other spellings of an address.
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
    // RFC 6761, 6.3: these names mean loopback, whatever a name server says.
    return /(^|\.)localhost$/.test(plain) ? [addressOf('127.0.0.1')] : null;
  }

  private join(name: string, { owner = '', onWaiting }: LookUpRequest): Promise<LookupAddress[]> {
    let lookUp = this.underWay.get(name);
    if (!lookUp) {
      const begun: LookUp = { addresses: Promise.resolve([]), isStarted: false, waiters: [] };
      begun.addresses = this.lookUp(name, owner, begun).finally(() => this.underWay.delete(name));
      this.underWay.set(name, begun);
      lookUp = begun;
    }
    if (!lookUp.isStarted && onWaiting) {
      onWaiting(true);
      lookUp.waiters.push(onWaiting);
    }
    return lookUp.addresses;
  }

  private async lookUp(name: string, owner: string, lookUp: LookUp): Promise<LookupAddress[]> {
    // A name that had addresses does not wait for its owner's names that have none so far.
    const permit = await this.limiter.acquire(`${this.memory.isProven(name) ? 'proven' : 'new'} ${owner}`);
    if (!permit) throw new LookUpCapacityError(name);
    lookUp.isStarted = true;
    for (const onWaiting of lookUp.waiters.splice(0)) onWaiting(false);
    const startedAt = this.now();
    try {
      const found = await this.query(name, permit);
      const addresses = sorted(found);
      this.memory.noteFound(name, addresses, minTtlOf(found), this.now());
      return addresses;
    } catch (error) {
      if (!(error instanceof LookUpError)) throw error;
      const told = new LookUpError(name, error.code);
      this.memory.noteMissing(name, told, this.now() - startedAt, this.now());
      throw permit.signal.aborted ? new LookUpCapacityError(name) : told;
    } finally {
      permit.release();
    }
  }

  /** The first of the candidates that exists. */
  private async query(name: string, permit: Permit): Promise<FoundAddress[]> {
    const ending = AbortSignal.any([AbortSignal.timeout(this.deadlineMs), permit.signal]);
    let failure = new LookUpError(name, 'ENOTFOUND');
    for (const candidate of candidatesOf(name, this.resolvConf.read())) {
      try {
        const { addresses, server } = await queryNameServers(candidate, this.servers(), ending);
        this.preferredServer = server;
        return addresses;
      } catch (error) {
        // As the C library does it: silence ends the search, since what comes later in it may be another host.
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
