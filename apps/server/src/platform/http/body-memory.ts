/** Bounds what the bodies of all requests under way may take together, so that many large ones cannot fill the memory. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** A parsed body takes several times its bytes. */
const MOST_BYTES = 48 * 1024 * 1024;
/** Smaller bodies pass: their number is bounded by connections, and ordinary traffic must not pay for large batches. */
const COUNTED_FROM_BYTES = 64 * 1024;

/**
 * Further large bodies are refused before they are read; a single one is always let in.
 *
 * @param refuse answers that the sender should come again
 */
export function boundBodyMemory(
  fastify: FastifyInstance,
  refuse: (request: FastifyRequest, reply: FastifyReply) => void,
  mostBytes = MOST_BYTES,
): void {
  let bytes = 0;
  fastify.addHook('onRequest', (request, reply, done) => {
    const size = announcedBytes(request);
    if (size < COUNTED_FROM_BYTES) {
      done();
      return;
    }
    if (bytes > 0 && bytes + size > mostBytes) {
      refuse(request, reply);
      return;
    }
    bytes += size;
    // However it ends: answered, refused or broken off.
    reply.raw.once('close', () => {
      bytes -= size;
    });
    done();
  });
}

/** A body that does not say how long it is may be as long as its route allows. */
function announcedBytes(request: FastifyRequest): number {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  const { bodyLimit } = request.routeOptions;
  if (length === undefined) return encoding === undefined ? 0 : bodyLimit;
  return Math.min(Number(length) || 0, bodyLimit);
}
