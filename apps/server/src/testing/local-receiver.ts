/** Runs receivers on loopback for specs of the webhook client, and clients that may reach them. */
import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import { HostResolver } from '../platform/dns/host-resolver.js';
import type { PreparedRequest } from '../platform/outgoing-http/http-outcome.js';
import { WebhookClient, type WebhookClientOptions } from '../platform/outgoing-http/webhook-client.js';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const cleanups: (() => Promise<unknown>)[] = [];

/** Call once at the top of a spec: what a test opened is closed after it. */
export function closeAfterEach(): void {
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
}

export function openClient(options: Partial<WebhookClientOptions> = {}): WebhookClient {
  const resolveHost = new HostResolver().resolve;
  const client = new WebhookClient({ allowedCidrs: LOOPBACK, resolveHost, ...options });
  cleanups.push(() => client.close());
  return client;
}

/** @returns the URL of the server, on a free port */
export async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

export function httpReceiver(handler: RequestListener): Promise<string> {
  return listen(createServer(handler));
}

/** A receiver that speaks bytes: `answer` is called for every chunk it gets. */
export function tcpReceiver(answer: (socket: Socket) => void): Promise<string> {
  return listen(
    createTcpServer((socket) =>
      socket.on('data', () => {
        answer(socket);
      }),
    ),
  );
}

export function post(url: string, override: Partial<PreparedRequest> = {}): PreparedRequest {
  return {
    url,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from('{"a":1}'),
    timeoutMs: 5_000,
    ...override,
  };
}

/** Resolves when the receiver sees its connection end. */
export function closed(response: ServerResponse): Promise<unknown> {
  return once(response, 'close');
}
