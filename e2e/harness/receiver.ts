/** Runs an app's receiver: a real HTTP server on loopback that answers as the test wants and records its requests. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { isSignedWith } from './app-signature.js';

export interface Answer {
  status: number;
  delayMs: number;
  body: string;
}

interface Envelope {
  callbackId: string;
  event: string;
  appKey: string;
  timestamp: string;
  webhookId: string;
  deliveryId: string;
  data: Record<string, unknown>;
}

export interface ReceivedRequest {
  method: string;
  headers: IncomingHttpHeaders;
  body: string;
  envelope: Envelope;
  isSignedWith: (key: string) => boolean;
}

export class Receiver {
  readonly requests: ReceivedRequest[] = [];
  private answer: Answer = { status: 200, delayMs: 0, body: '{"ok":true}' };

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Receiver> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const receiver = new Receiver(server, `http://127.0.0.1:${port}/im/callback`);
    server.on('request', (request, response) => {
      void receiver.receive(request).then(({ status, body }) => {
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
      });
    });
    return receiver;
  }

  /** From now on; what is not named stays as it is. */
  answerWith(answer: Partial<Answer>): void {
    this.answer = { ...this.answer, ...answer };
  }

  /** The newest request. */
  get last(): ReceivedRequest | undefined {
    return this.requests.at(-1);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(request: IncomingMessage): Promise<Answer> {
    const { answer } = this;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { headers, method = '' } = request;
    this.requests.push({
      method,
      headers,
      body,
      envelope: JSON.parse(body) as Envelope,
      isSignedWith: (key) => isSignedWith(key, headers, body),
    });
    if (answer.delayMs > 0) await delay(answer.delayMs);
    return answer;
  }
}
