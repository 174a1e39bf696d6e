/**
 * Hands new connections to the HTTP server a few per iteration of the event loop. Many that arrive together would
 * otherwise all be served in one iteration, and everything else would wait for it.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Serving one, from its first byte to its answer, takes a fraction of a millisecond. */
const MAX_PER_ITERATION = 4;
/** A connection that ended while it waited is only reported. */
const ignoreError = (): void => undefined;

/** Call before other listeners for connections are added: those are told of a connection at once. */
export function paceConnections(server: Server): void {
  const serve = server.listeners('connection') as ((this: Server, socket: Socket) => void)[];
  const waiting: Socket[] = [];
  let isScheduled = false;

  const serveSome = (): void => {
    for (const socket of waiting.splice(0, MAX_PER_ITERATION)) {
      socket.off('error', ignoreError);
      if (!socket.destroyed) for (const listener of serve) listener.call(server, socket);
    }
    isScheduled = waiting.length > 0;
    if (isScheduled) setImmediate(serveSome);
  };

  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    socket.on('error', ignoreError);
    waiting.push(socket);
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(serveSome);
  });
}
