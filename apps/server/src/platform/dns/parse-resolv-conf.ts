/** Reads resolv.conf(5): which name servers to ask, and which domains to try for short names. */
import { isIP } from 'node:net';

export interface ResolvConf {
  nameServers: string[];
  search: string[];
  /** A name with at least this many dots is looked up as it is first. */
  ndots: number;
}

/** As the C library has it. */
const MAX_NDOTS = 15;
/** Kubernetes allows as many search domains. */
const MAX_SEARCH_DOMAINS = 32;
const MAX_NAME_SERVERS = 8;
const MAX_NAME_LENGTH = 253;

/** @param hostname of this machine: where neither `search` nor `domain` is set, its domain is searched */
export function parseResolvConf(text: string, hostname: string): ResolvConf {
  const nameServers: string[] = [];
  let search = hostname.includes('.') ? [hostname.slice(hostname.indexOf('.') + 1)] : [];
  let ndots = 1;
  for (const line of text.split('\n')) {
    const [keyword, ...values] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/);
    const [first] = values;
    if (first === undefined) continue;
    // The last of several `domain` and `search` lines counts.
    if (keyword === 'search') search = values;
    else if (keyword === 'domain') search = [first];
    else if (keyword === 'nameserver' && isIP(first) !== 0) nameServers.push(first);
    else if (keyword === 'options') ndots = ndotsOf(values) ?? ndots;
  }
  return {
    nameServers: nameServers.slice(0, MAX_NAME_SERVERS),
    search: search.slice(0, MAX_SEARCH_DOMAINS).map((domain) => domain.replace(/^\.|\.$/g, '').toLowerCase()),
    ndots,
  };
}

/**
 * The names to look up, one after another until one exists.
 *
 * @param name a dot at its end says that it is complete
 */
export function candidatesOf(name: string, { search, ndots }: ResolvConf): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  // A search domain `.` is the root: the name as it is.
  const longer = search.map((domain) => (domain === '' ? name : `${name}.${domain}`));
  const isLong = name.split('.').length - 1 >= ndots;
  const candidates = isLong ? [name, ...longer] : [...longer, name];
  return [...new Set(candidates)].filter((candidate) => candidate.length <= MAX_NAME_LENGTH);
}

function ndotsOf(options: readonly string[]): number | undefined {
  const value = options.findLast((option) => option.startsWith('ndots:'))?.slice('ndots:'.length);
  if (value === undefined || !/^\d+$/.test(value)) return undefined;
  return Math.min(MAX_NDOTS, Number(value));
}
