/**
 * Reaches receivers through a forward proxy. Each gets a tunnel (CONNECT), also without TLS, to the checked address,
 * not to the name: a proxy that resolved the name could be led to a guarded address.
 */
import { connect as connectTcp, isIP, isIPv6, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { NotSentError, notSentFor } from '../limits/not-sent-error.js';
import type { OutgoingTls } from './outgoing-tls.js';
import { isProxyException } from './proxy-exceptions.js';

export interface ProxySettings {
  /** `http://` or `https://`, with user name and password if the proxy requires them. */
  url: string;
  /** See {@link isProxyException}. */
  exceptions: readonly string[];
}

/** The proxy did not reach the receiver. */
export class ProxyError extends Error {
  readonly code: string;

  /** @param status of its answer; null when it closed the connection, as some do for an unreachable receiver */
  constructor(readonly status: string | null) {
    const code = status === null ? 'PROXY_CLOSED' : `PROXY_ANSWERED_${status}`;
    super(code);
    this.name = 'ProxyError';
    this.code = code;
  }
}

const UNUSABLE = {
  unreachable: 'The outgoing proxy cannot be reached right now; nothing was sent',
  noProxy: 'The outgoing proxy does not answer as a proxy does; nothing was sent',
  credentials: 'The outgoing proxy refuses the credentials of this service; nothing was sent',
} as const;

/** The proxy itself failed, so it is no attempt. The message omits its address, since tenants read it. */
export class ProxyUnusableError extends NotSentError {
  constructor(reason: keyof typeof UNUSABLE, options?: ErrorOptions) {
    super(UNUSABLE[reason], options);
  }
}

type TunnelError = ProxyError | NotSentError;

export interface TunnelListener {
  /** The proxy itself is reached; further delays may be the receiver's. */
  onReached: () => void;
  onSettled: (error: TunnelError | null, tunnel: Socket) => void;
}

const MAX_ANSWER_BYTES = 16_384;
const HEAD_END = '\r\n\r\n';

export class OutgoingProxy {
  private readonly url: URL;
  /** A header line; empty if the proxy requires no credentials. */
  private readonly authorization: string;

  /** @throws URIError when the credentials in the URL cannot be decoded */
  constructor(
    private readonly settings: ProxySettings,
    private readonly tls: OutgoingTls,
  ) {
    this.url = new URL(settings.url);
    this.authorization = authorizationOf(this.url);
  }

  isFor(hostname: string, port: number): boolean {
    return !isProxyException(this.settings.exceptions, hostname, port);
  }

  /**
   * Makes a tunnel.
   *
   * @returns the socket to the proxy; destroying it aborts the tunnel without a callback
   */
  open(address: string, port: number, { onReached, onSettled }: TunnelListener): Socket {
    let isReached = false;
    const socket = this.connect(() => {
      isReached = true;
      onReached();
      socket.write(this.request(address, port), 'latin1');
    });
    let answer = '';
    const settle = (error: TunnelError | null) => {
      socket.off('readable', read).off('end', end).off('error', fail);
      // Later errors go to its next owner; an aborted one has none.
      socket.on('error', () => undefined);
      if (error) socket.destroy();
      onSettled(error, socket);
    };
    const read = () => {
      for (let chunk = readFrom(socket); chunk !== null; chunk = readFrom(socket)) {
        answer += chunk.toString('latin1');
      }
      const isWhole = answer.includes(HEAD_END);
      if (isWhole || answer.length > MAX_ANSWER_BYTES) settle(judge(answer));
    };
    const end = () => {
      settle(new ProxyError(null));
    };
    const fail = (cause: Error) => {
      const unreachable = () => new ProxyUnusableError('unreachable', { cause });
      settle(notSentFor(cause) ?? (isReached ? new ProxyError(null) : unreachable()));
    };
    return socket.setNoDelay(true).on('readable', read).on('end', end).on('error', fail);
  }

  private connect(onConnect: () => void): Socket {
    const { protocol, hostname, port } = this.url;
    const host = hostname.replace(/^\[|\]$/g, '');
    if (protocol === 'http:') return connectTcp({ host, port: Number(port || 80) }, onConnect);
    const secureContext = this.tls.contextOf(null);
    // TLS cannot request an address as a name (RFC 6066); the certificate is still compared with it.
    const servername = isIP(host) === 0 ? host : '';
    return connectTls(
      { host, port: Number(port || 443), servername, ...(secureContext && { secureContext }) },
      onConnect,
    );
  }

  private request(address: string, port: number): string {
    const target = `${isIPv6(address) ? `[${address}]` : address}:${String(port)}`;
    return `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${this.authorization}\r\n`;
  }
}

function authorizationOf({ username, password }: URL): string {
  if (username === '') return '';
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Proxy-Authorization: Basic ${Buffer.from(credentials, 'utf8').toString('base64')}\r\n`;
}

function readFrom(socket: Socket): Buffer | null {
  return socket.read() as Buffer | null;
}

/** @returns null for a tunnel; bytes after the head are not the receiver's, since it does not speak first */
function judge(answer: string): TunnelError | null {
  const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(answer) ?? [];
  if (status === undefined || !answer.includes(HEAD_END)) return new ProxyUnusableError('noProxy');
  if (status === '407') return new ProxyUnusableError('credentials');
  if (!status.startsWith('2')) return new ProxyError(status);
  return answer.endsWith(HEAD_END) ? null : new ProxyUnusableError('noProxy');
}
