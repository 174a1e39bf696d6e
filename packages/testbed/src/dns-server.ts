/** Runs a small name server on loopback (UDP) that answers what a test or a benchmark wants, or nothing. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4, isIPv6 } from 'node:net';

/** The server's answer for a name. */
export type NameRecord =
  /** IPv4 and IPv6 addresses; without any of a family that question has no answer (NODATA). */
  | { kind: 'addresses'; addresses: readonly string[]; ttl?: number }
  /** An alias of another name; the server answers with that one's addresses too. */
  | { kind: 'alias'; of: string; ttl?: number }
  /** No answer ever comes, as from name servers that are down. */
  | { kind: 'silence' }
  | { kind: 'failure' };

/** By name in lower case, without a dot at the end. Undefined: there is no such name (NXDOMAIN). */
export type NameBook = (name: string) => NameRecord | undefined;

const TYPE_A = 1;
const TYPE_CNAME = 5;
const TYPE_AAAA = 28;
const TYPE_NAMES: Partial<Record<number, string>> = { [TYPE_A]: 'A', [TYPE_AAAA]: 'AAAA' };
const CLASS_IN = 1;
const RCODE_SERVFAIL = 2;
const RCODE_NXDOMAIN = 3;
/** This is a response; recursion was wanted and is available. */
const RESPONSE_FLAGS = 0x8180;
const HEADER_BYTES = 12;
const DEFAULT_TTL_SECONDS = 60;
const MAX_ALIASES = 8;

interface Question {
  name: string;
  type: number;
  /** Where it ends in the query. */
  end: number;
}

interface Answer {
  rcode: number;
  records: Buffer[];
}

export class DnsServer {
  /** Every question so far, e.g. `hooks.example A`. */
  readonly questions: string[] = [];
  /** Questions of these types get no answer: some servers drop those for IPv6. */
  readonly ignoredTypes = new Set<string>();
  private readonly socket: Socket = createSocket('udp4');

  private constructor(public book: NameBook) {
    this.socket.on('message', (query, from) => {
      this.answer(query, from);
    });
  }

  static async start(book: NameBook): Promise<DnsServer> {
    const server = new DnsServer(book);
    server.socket.bind(0, '127.0.0.1');
    await once(server.socket, 'listening');
    return server;
  }

  /** As `DNS_SERVERS` wants it. */
  get address(): string {
    return `127.0.0.1:${String(this.socket.address().port)}`;
  }

  /** How often a name was asked for, for all types. */
  timesAsked(name: string): number {
    return this.questions.filter((question) => question.startsWith(`${name} `)).length;
  }

  async stop(): Promise<void> {
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }

  private answer(query: Buffer, from: RemoteInfo): void {
    const question = readQuestion(query);
    const type = TYPE_NAMES[question.type] ?? String(question.type);
    this.questions.push(`${question.name} ${type}`);
    const answer = this.ignoredTypes.has(type) ? null : this.find(question);
    if (answer) this.socket.send(writeResponse(query, question, answer), from.port, from.address);
  }

  private find({ name, type }: Question): Answer | null {
    const records: Buffer[] = [];
    let current = name;
    for (let aliases = 0; aliases < MAX_ALIASES; aliases += 1) {
      const record = this.book(current);
      if (!record) return { rcode: RCODE_NXDOMAIN, records };
      if (record.kind === 'silence') return null;
      if (record.kind === 'failure') return { rcode: RCODE_SERVFAIL, records: [] };
      const ttl = record.ttl ?? DEFAULT_TTL_SECONDS;
      if (record.kind === 'addresses') {
        const isWanted = type === TYPE_A ? isIPv4 : type === TYPE_AAAA ? isIPv6 : () => false;
        const wanted = record.addresses.filter((address) => isWanted(address));
        return {
          rcode: 0,
          records: [...records, ...wanted.map((a) => writeRecord(current, type, ttl, bytesOf(a)))],
        };
      }
      records.push(writeRecord(current, TYPE_CNAME, ttl, writeName(record.of)));
      current = record.of;
    }
    return { rcode: RCODE_SERVFAIL, records: [] };
  }
}

function readQuestion(query: Buffer): Question {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (;;) {
    const length = query[at] ?? 0;
    at += 1;
    if (length === 0) break;
    labels.push(query.toString('latin1', at, at + length));
    at += length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at), end: at + 4 };
}

function writeResponse(query: Buffer, { end }: Question, { rcode, records }: Answer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(RESPONSE_FLAGS | rcode, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...records]);
}

function writeRecord(name: string, type: number, ttl: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(CLASS_IN, 2);
  fixed.writeUInt32BE(ttl, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([writeName(name), fixed, data]);
}

function writeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function bytesOf(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groupsOf = (text: string | undefined) =>
    text ? text.split(':').map((group) => Number.parseInt(group, 16)) : [];
  const [left, right] = [groupsOf(head), groupsOf(tail)];
  const groups = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
  return Buffer.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}
