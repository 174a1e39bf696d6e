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
    if (rawBody === 'gone') return;
    if (rawBody === 'too large') {
      response.writeHead(413, { Connection: 'close' }).end();
      return;
    }
    const { status, headers, body } = await receiver.handle(request.headers, rawBody);
    response.writeHead(status, headers).end(body);
  };
}

/** @returns `gone` when the connection ended before the body did: there is no client to answer */
async function readBody(request: MaybeRead, maxBytes: number): Promise<Buffer | 'too large' | 'gone'> {
  const kept = [request.rawBody, request.body].find((body) => Buffer.isBuffer(body));
  if (kept !== undefined) return kept.length > maxBytes ? 'too large' : kept;
  if (request.readableEnded) {
    throw new Error('the body was parsed already: mount expressCallbacks before express.json()');
  }
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) return 'too large';
      chunks.push(chunk);
    }
  } catch {
    // Thrown on, it would be a rejection that node:http handles nowhere, and would end the process.
    return 'gone';
  }
  return Buffer.concat(chunks);
}
