/** Posts bytes as an IM server does: the headers it sends and no others, in its order, on connections kept or not. */
import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface WireRequest {
  /** What follows the host, query included, exactly as it goes out. */
  target: string;
  /** In this order; `Host` and `Content-Length` with {@link HOST} and {@link LENGTH} where the server has them. */
  headers: Record<string, string>;
  body: Buffer;
  /** From beginning to end. */
  timeoutMs: number;
}

export interface WireAnswer {
  /** 0: there was none. */
  status: number;
  text: string;
  /** Why there was none: `timeout`, or an error code. */
  error: string | null;
  tookMs: number;
}

export interface WireClientOptions {
  /** At most this many at once; 0: a new connection for each request. */
  keptConnections: number;
  /** A server that never reads answers can only use the connection again after an empty one. Default: it reads them. */
  readsAnswers?: boolean;
}

/** Stand for the values that depend on the address and the body. */
export const HOST = '<host>';
export const LENGTH = '<length>';

/** More of an answer is of no interest. */
const KEPT_ANSWER_CHARACTERS = 64 * 1024;
const ADDRESS = /^(https?:\/\/[^/?#]+)(.*)$/i;

export class WireClient {
  /** What the configured address has after the host, as it was written. */
  readonly target: string;
  private readonly origin: URL;
  private readonly agent: HttpAgent | HttpsAgent;
  private readonly readsAnswers: boolean;

  /** @throws Error when the address is none */
  constructor(url: string, { keptConnections, readsAnswers = true }: WireClientOptions) {
    const [, origin, target = ''] = ADDRESS.exec(url) ?? [];
    if (origin === undefined) throw new Error(`${url} is no http or https address`);
    this.origin = new URL(origin);
    this.target = target.replace(/#.*$/, '');
    this.readsAnswers = readsAnswers;
    const isKept = keptConnections > 0;
    const options = { keepAlive: isKept, ...(isKept && { maxSockets: keptConnections }) };
    this.agent = this.isTls ? new HttpsAgent(options) : new HttpAgent(options);
  }

  /** Never rejects. */
  post(request: WireRequest): Promise<WireAnswer> {
    const startedAt = performance.now();
    const { promise, resolve } = Promise.withResolvers<WireAnswer>();
    const settle = (answer: Omit<WireAnswer, 'tookMs'>): void =>
      resolve({ ...answer, tookMs: performance.now() - startedAt });
    const fail = (error: Error & { code?: string }): void =>
      settle({
        status: 0,
        text: '',
        error: error.name === 'AbortError' ? 'timeout' : (error.code ?? error.message),
      });
    const outgoing = this.open(request);
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        if (!this.readsAnswers) outgoing.shouldKeepAlive = false;
        if (text.length < KEPT_ANSWER_CHARACTERS) text += chunk;
      });
      incoming.on('end', () => {
        settle({ status: statusOf(incoming), text, error: null });
      });
      incoming.on('error', fail);
    });
    outgoing.end(request.body);
    return promise;
  }

  close(): void {
    this.agent.destroy();
  }

  private get isTls(): boolean {
    return this.origin.protocol === 'https:';
  }

  private open({ target, headers, body, timeoutMs }: WireRequest): ClientRequest {
    const filled = Object.entries(headers).map(([name, value]) => [
      name,
      value.replace(HOST, this.origin.host).replace(LENGTH, String(body.length)),
    ]);
    const outgoing = (this.isTls ? httpsRequest : httpRequest)({
      protocol: this.origin.protocol,
      host: this.origin.hostname.replace(/^\[|\]$/g, ''),
      port: this.origin.port,
      method: 'POST',
      path: target.startsWith('/') ? target : `/${target}`,
      headers: Object.fromEntries(filled) as Record<string, string>,
      agent: this.agent,
      signal: AbortSignal.timeout(timeoutMs),
    });
    // None of these servers says what becomes of the connection.
    outgoing.removeHeader('Connection');
    return outgoing;
  }
}

function statusOf(incoming: IncomingMessage): number {
  return incoming.statusCode ?? 0;
}
