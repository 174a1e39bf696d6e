/** Receives callbacks in Express, or in a server of `node:http`. Mount it before any parser of bodies. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Receiver } from './receiver.js';

/** A parser that ran before, such as `express.raw()`, leaves the bytes here. */
type MaybeRead = IncomingMessage & { body?: unknown; rawBody?: unknown };

/** @returns a handler: `app.post('/callback', expressCallbacks(receiver))` */
export function expressCallbacks(
  receiver: Receiver,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const rawBody = await readBody(request, receiver.maxBodyBytes);
    if (rawBody === null) {
      response.writeHead(413, { Connection: 'close' }).end();
      return;
    }
    const { status, headers, body } = await receiver.handle(request.headers, rawBody);
    response.writeHead(status, headers).end(body);
  };
}

/** @returns null when there are more than `maxBytes` */
async function readBody(request: MaybeRead, maxBytes: number): Promise<Buffer | null> {
  const kept = [request.rawBody, request.body].find((body) => Buffer.isBuffer(body));
  if (kept !== undefined) return kept.length > maxBytes ? null : kept;
  if (request.readableEnded) {
    throw new Error('the body was parsed already: mount expressCallbacks before express.json()');
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
