/** Runs a forward proxy on loopback that supports CONNECT only, and records its requests. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Certificate } from './certificates.js';

export interface ConnectProxy {
  port: number;
  /** The targets asked for, in order. */
  asked: string[];
  /** `Proxy-Authorization` of each. */
  credentials: (string | undefined)[];
  stop: () => Promise<void>;
}

interface ConnectProxyOptions {
  /** Answered instead of making a connection; null: nothing is answered. */
  refuseWith?: string | null;
  /** The proxy itself speaks TLS. */
  certificate?: Certificate;
}

export async function startConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    return socket;
  };
  const server: Server = options.certificate ? createTlsServer(options.certificate) : createServer();
  server.on('connection', keep);
  server.on('connect', (request: IncomingMessage, inside: Socket) => {
    const target = request.url ?? '';
    asked.push(target);
    credentials.push(request.headers['proxy-authorization']);
    if (options.refuseWith !== undefined) {
      if (options.refuseWith !== null) inside.end(options.refuseWith);
      return;
    }
    const { hostname, port } = new URL(`http://${target}`);
    const outside = keep(connect(Number(port || 80), hostname.replace(/^\[|\]$/g, '')));
    outside.once('connect', () => {
      inside.write('HTTP/1.1 200 Connection established\r\nProxy-Agent: test\r\n\r\n');
      outside.pipe(inside).pipe(outside);
    });
    outside.on('close', () => inside.destroy());
    inside.on('error', () => undefined).on('close', () => outside.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    credentials,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
