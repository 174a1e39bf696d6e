/** Receives callbacks in Fastify. */
import type { FastifyInstance } from 'fastify';
import type { Receiver } from './receiver.js';

export interface FastifyCallbacksOptions {
  receiver: Receiver;
  /** Such as `/callback`. */
  path: string;
}

/** A plugin; the rest of the server keeps its parsers: `app.register(fastifyCallbacks, { receiver, path })`. */
export function fastifyCallbacks(
  app: FastifyInstance,
  { receiver, path }: FastifyCallbacksOptions,
  done: () => void,
): void {
  // What a parser prints again are other bytes.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
  app.post(path, { bodyLimit: receiver.maxBodyBytes }, async (request, reply) => {
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { status, headers, body } = await receiver.handle(request.headers, rawBody);
    return reply.code(status).headers(headers).send(body);
  });
  done();
}
