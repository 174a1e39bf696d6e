/** Adds TLS to a service without it, like a managed PostgreSQL or Redis. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificate } from './certificates.js';

export interface TlsFront {
  port: number;
  /** Successful handshakes. */
  secured: () => number;
  stop: () => Promise<void>;
}

interface TlsFrontOptions {
  /** Port on loopback of the service behind. */
  port: number;
  certificate: Certificate;
  /** PostgreSQL's clients ask unencrypted whether TLS may begin; Redis's begin at once. */
  protocol: 'postgresql' | 'redis';
}

export async function startTlsFront({ port, certificate, protocol }: TlsFrontOptions): Promise<TlsFront> {
  const sockets = new Set<Socket>();
  let handshakes = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    return socket;
  };
  const secure = (plain: Socket): void => {
    const outside = keep(new TLSSocket(plain, { ...certificate, isServer: true }));
    const inside = keep(connect(port, '127.0.0.1'));
    outside.on('secure', () => (handshakes += 1));
    outside.pipe(inside).pipe(outside);
    outside.on('close', () => inside.destroy());
    inside.on('close', () => outside.destroy());
  };
  const server = createServer((plain) => {
    keep(plain);
    if (protocol === 'redis') secure(plain);
    else plain.once('data', () => plain.write('S', () => secure(plain)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    secured: () => handshakes,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
