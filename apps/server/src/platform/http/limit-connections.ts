/** Bounds the connections of senders, so that file descriptors are left for the database, receivers and files. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { addressBlockOf } from './address-block.js';

const MAX_CONNECTIONS = 10_000;
const SHARE_OF_DESCRIPTORS = 0.5;
/** Of `/proc/self/limits`; Node raises its soft limit to the hard one at start. */
const OPEN_FILES = /^Max open files +(?<soft>\d+)/m;

/** As many as leave half of the file descriptors to everything else. */
export function maxConnectionsHere(): number {
  const descriptors = Number(OPEN_FILES.exec(readLimits())?.groups?.soft ?? Infinity);
  return Math.max(1, Math.min(MAX_CONNECTIONS, Math.floor(descriptors * SHARE_OF_DESCRIPTORS)));
}

function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    // Only Linux has it.
    return '';
  }
}

/**
 * A new connection beyond the limit takes the place of one that has no request, or only a part of one, and comes from
 * where most come from: sockets that are merely held open never keep a sender out. When all are at work, the new one is
 * closed.
 */
export function limitConnections(server: Server, maxConnections: number): void {
  const connections = new Connections();
  server.on('connection', (socket: Socket) => {
    if (connections.size >= maxConnections && !connections.closeOneAtRest()) {
      socket.destroy();
      return;
    }
    connections.add(socket);
  });
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    connections.begin(request, response);
  });
}

class Connections {
  size = 0;
  /** By the block of addresses they come from, the oldest first. */
  private readonly byOrigin = new Map<string, Set<Socket>>();
  private readonly requests = new WeakMap<Socket, IncomingMessage>();

  add(socket: Socket): void {
    const origin = addressBlockOf(socket.remoteAddress ?? '');
    const sockets = this.byOrigin.get(origin) ?? new Set();
    this.byOrigin.set(origin, sockets.add(socket));
    this.size += 1;
    socket.once('close', () => {
      this.remove(origin, socket);
    });
  }

  begin(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    this.requests.set(socket, request);
    response.once('close', () => {
      if (this.requests.get(socket) === request) this.requests.delete(socket);
    });
  }

  /** @returns false when every connection is at work */
  closeOneAtRest(): boolean {
    const origins = [...this.byOrigin].sort(([, one], [, other]) => other.size - one.size);
    for (const [origin, sockets] of origins) {
      for (const socket of sockets) {
        if (this.isAtWork(socket)) continue;
        this.remove(origin, socket);
        socket.destroy();
        return true;
      }
    }
    return false;
  }

  private isAtWork(socket: Socket): boolean {
    return this.requests.get(socket)?.complete === true;
  }

  private remove(origin: string, socket: Socket): void {
    const sockets = this.byOrigin.get(origin);
    if (sockets?.delete(socket) !== true) return;
    this.size -= 1;
    if (sockets.size === 0) this.byOrigin.delete(origin);
  }
}
