/** Runs a receiver on loopback that verifies signatures with node:crypto only, and answers as the test wants. */
import { createHmac, hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallbackEnvelope } from '@im/contracts/envelope';

export interface ReceivedCallback {
  path: string;
  headers: IncomingHttpHeaders;
  /** The body's bytes as text. */
  text: string;
  envelope: CallbackEnvelope;
  /** Whether `X-App-Signature` fits the receiver's key of that moment. */
  isSignatureValid: boolean;
  /** The signature headers it carries, and those of them that fit the receiver's key of that moment. */
  signatures: { sent: string[]; fitting: string[] };
  /** Monotonic milliseconds. */
  atMs: number;
}

/** @param count how many callbacks have come so far, this one included */
type Answer = (response: ServerResponse, callback: ReceivedCallback, count: number) => void;

export class CallbackReceiver {
  readonly callbacks: ReceivedCallback[] = [];
  /** The signing key that it knows. */
  key = '';
  private answer: Answer = (response) => response.end('ok');

  private constructor(private readonly server: Server) {}

  /** @param port 0: a free one */
  static async start(key = '', port = 0): Promise<CallbackReceiver> {
    const server = createServer();
    const receiver = new CallbackReceiver(server);
    receiver.key = key;
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => receiver.receive(request.url ?? '', request.headers, chunks, response));
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/callback`;
  }

  /** Each event once, however often it came. */
  get callbackIds(): Set<string> {
    return new Set(this.callbacks.map((callback) => callback.envelope.callbackId));
  }

  answerWith(status: number, headers: Record<string, string> = {}, body = ''): void {
    this.answer = (response) => response.writeHead(status, headers).end(body);
  }

  answerBy(answer: Answer): void {
    this.answer = answer;
  }

  /** Ends every connection at once; the port refuses from now on. */
  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private receive(
    path: string,
    headers: IncomingHttpHeaders,
    chunks: Buffer[],
    response: ServerResponse,
  ): void {
    const body = Buffer.concat(chunks);
    const text = body.toString('utf8');
    const signature = signatureOf(this.key, headers, body);
    const sent = Object.keys(headers).filter((name) => name.startsWith('x-app-signature'));
    const callback: ReceivedCallback = {
      path,
      headers,
      text,
      envelope: JSON.parse(text) as CallbackEnvelope,
      isSignatureValid: headers['x-app-signature'] === signature,
      signatures: { sent, fitting: sent.filter((name) => headers[name] === signature) },
      atMs: performance.now(),
    };
    this.callbacks.push(callback);
    this.answer(response, callback, this.callbacks.length);
  }
}

/** Written from the documented format alone; the product's own signing code must agree with it. */
function signatureOf(key: string, headers: IncomingHttpHeaders, body: Buffer): string {
  const lines = [headers['x-app-key'], headers['x-app-timestamp'], headers['x-app-nonce']].map(String);
  const bodyHash = hash('sha256', body, 'hex');
  return createHmac('sha256', Buffer.from(key, 'utf8'))
    .update([...lines, bodyHash].join('\n'))
    .digest('hex');
}

/** The headers with which an app signs its own request. */
export function signedHeaders(
  appKey: string,
  appSecret: string,
  body: string,
  nonce: string,
): Record<string, string> {
  const headers = { 'x-app-key': appKey, 'x-app-timestamp': String(Date.now()), 'x-app-nonce': nonce };
  return { ...headers, 'x-app-signature': signatureOf(appSecret, headers, Buffer.from(body)) };
}
