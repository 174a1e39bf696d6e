/** Bounds incoming connections, so that file descriptors are left for the database, receivers and files. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { addressBlockOf } from './address-block.js';

const MAX_CONNECTIONS = 10_000;
const SHARE_OF_DESCRIPTORS = 0.5;
/** Of `/proc/self/limits`; Node raises its soft limit to the hard one at start. */
const OPEN_FILES = /^Max open files +(?<soft>\d+)/m;

/** Leaves half of the file descriptors to everything else. */
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

/** A new connection has this time to send its request. */
const GRACE_MS = 1_000;

/** After this time without progress, an answer counts as unread. */
const UNREAD_MS = 10_000;

/** The time limits. */
export interface ConnectionTimes {
  graceMs: number;
  unreadMs: number;
}

/**
 * A new connection beyond the limit evicts an idle one: first one that never sent a whole request, then one kept alive
 * between two; the oldest of them, and of new ones one from the address block with the most. So idle sockets keep no
 * sender out. If none is idle, one with an unread answer is evicted, again from the block with the most; without any,
 * the new one is closed.
 */
export function limitConnections(
  server: Server,
  maxConnections: number,
  { graceMs = GRACE_MS, unreadMs = UNREAD_MS }: Partial<ConnectionTimes> = {},
): void {
  const newcomers = new Connections(graceMs);
  const senders = new Connections(graceMs);
  const unread = new UnreadAnswers(unreadMs);
  const takeUnread = (): Socket | undefined => {
    const isRead = unread.look(() => [...newcomers.sockets(), ...senders.sockets()]);
    return newcomers.takeFromLargestBlock(isRead) ?? senders.takeFromLargestBlock(isRead);
  };

  server.on('connection', (socket: Socket) => {
    const isFull = newcomers.size + senders.size >= maxConnections;
    if (isFull) {
      const given = newcomers.takeOldest(isAtWork) ?? senders.takeOldest(isAtWork) ?? takeUnread();
      given?.destroy();
      if (!given) {
        socket.destroy();
        return;
      }
    }
    newcomers.add(socket);
    socket.once('close', () => {
      newcomers.remove(socket);
      senders.remove(socket);
    });
  });
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    (socket as ServingSocket)[LAST_ANSWER] = response;
    if (!newcomers.has(socket)) return;
    response.once('close', () => {
      if (request.complete && newcomers.remove(socket)) senders.add(socket);
    });
  });
}

const LAST_ANSWER = Symbol('the last answer of a connection');

/** A property instead of a map: it is set for each request. */
interface ServingSocket extends Socket {
  [LAST_ANSWER]?: ServerResponse;
}

/** It has sent a whole request and waits for the answer. */
function isAtWork(socket: ServingSocket): boolean {
  const answer = socket[LAST_ANSWER];
  return answer?.req.complete === true && !answer.closed;
}

interface Connection {
  addedAtMs: number;
  /** The block of addresses it comes from. */
  origin: string;
}

class Connections {
  /** The oldest first. */
  private readonly all = new Map<Socket, Connection>();
  private readonly byOrigin = new Map<string, Set<Socket>>();

  constructor(private readonly graceMs: number) {}

  get size(): number {
    return this.all.size;
  }

  has(socket: Socket): boolean {
    return this.all.has(socket);
  }

  sockets(): Iterable<Socket> {
    return this.all.keys();
  }

  add(socket: Socket): void {
    const origin = addressBlockOf(socket.remoteAddress ?? '');
    const sockets = this.byOrigin.get(origin) ?? new Set();
    this.byOrigin.set(origin, sockets.add(socket));
    this.all.set(socket, { addedAtMs: performance.now(), origin });
  }

  /** @returns false when it was not among them */
  remove(socket: Socket): boolean {
    const origin = this.all.get(socket)?.origin ?? '';
    const sockets = this.byOrigin.get(origin);
    sockets?.delete(socket);
    if (sockets?.size === 0) this.byOrigin.delete(origin);
    return this.all.delete(socket);
  }

  /** @param isSpared connections that must not be evicted */
  takeOldest(isSpared: (socket: Socket) => boolean): Socket | undefined {
    const socket = this.findOldest(isSpared);
    if (!socket) return this.takeFromLargestBlock(isSpared);
    this.remove(socket);
    return socket;
  }

  takeFromLargestBlock(isSpared: (socket: Socket) => boolean): Socket | undefined {
    const socket = this.findInLargestBlock(isSpared);
    if (socket) this.remove(socket);
    return socket;
  }

  private findOldest(isSpared: (socket: Socket) => boolean): Socket | undefined {
    const beforeMs = performance.now() - this.graceMs;
    for (const [socket, { addedAtMs }] of this.all) {
      if (addedAtMs > beforeMs) return undefined;
      if (!isSpared(socket)) return socket;
    }
    return undefined;
  }

  private findInLargestBlock(isSpared: (socket: Socket) => boolean): Socket | undefined {
    const origins = [...this.byOrigin.values()].sort((one, other) => other.size - one.size);
    for (const sockets of origins) {
      for (const socket of sockets) if (!isSpared(socket)) return socket;
    }
    return undefined;
  }
}

/** The interval of checks of all connections. */
const MAX_LOOKS_PER_UNREAD = 10;

interface Progress {
  /** Bytes that the peer has read. */
  taken: number;
  sinceMs: number;
}

/** Detects answers that are no longer read. It checks only when asked, so that it costs nothing otherwise. */
class UnreadAnswers {
  /** Weak, so that it does not keep closed sockets in memory. */
  private known = new WeakMap<Socket, Progress>();
  private lookedAtMs = -Infinity;

  constructor(private readonly unreadMs: number) {}

  /** @returns whether the answer is being read, or there is nothing to read */
  look(sockets: () => Iterable<Socket>): (socket: Socket) => boolean {
    const nowMs = performance.now();
    if (nowMs - this.lookedAtMs >= this.unreadMs / MAX_LOOKS_PER_UNREAD) {
      this.lookedAtMs = nowMs;
      this.known = this.progressOf(sockets(), nowMs);
    }
    const beforeMs = nowMs - this.unreadMs;
    return (socket) => (this.known.get(socket)?.sinceMs ?? nowMs) > beforeMs;
  }

  private progressOf(sockets: Iterable<Socket>, nowMs: number): WeakMap<Socket, Progress> {
    const progress = new WeakMap<Socket, Progress>();
    for (const socket of sockets) {
      if (socket.writableLength === 0) continue;
      const taken = socket.bytesWritten - socket.writableLength;
      const before = this.known.get(socket);
      progress.set(socket, before?.taken === taken ? before : { taken, sinceMs: nowMs });
    }
    return progress;
  }
}
