/** Runs a small HTTP server that keeps what it gets and answers as told. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Recorded {
  target: string;
  /** Name and value in turn, as sent. */
  rawHeaders: string[];
  body: Buffer;
  /** Counts from 1; requests with the same number came on the same connection. */
  connection: number;
}

export interface Reply {
  status: number;
  body: string;
  /** The answer is held back until this resolves. */
  after?: Promise<unknown>;
}

export class RecordingServer {
  readonly requests: Recorded[] = [];
  connections = 0;
  private readonly numbers = new WeakMap<object, number>();
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', rawHeaders, socket } = request;
      const recorded = {
        target: url,
        rawHeaders,
        body: Buffer.concat(chunks),
        connection: this.numbers.get(socket) ?? 0,
      };
      this.requests.push(recorded);
      const { status, body, after } = this.reply(recorded, this.requests.length - 1);
      void Promise.resolve(after).then(() => {
        response.writeHead(status, { 'Content-Length': Buffer.byteLength(body) }).end(body);
      });
    });
  });

  /** @param reply to request n, from 0 */
  constructor(private readonly reply: (request: Recorded, index: number) => Reply) {
    this.server.on('connection', (socket) => this.numbers.set(socket, ++this.connections));
  }

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
