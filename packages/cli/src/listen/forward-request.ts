/** Passes a request of a tunnel to a local server, byte for byte, and reads what it answers. */
import http from 'node:http';
import { MAX_TUNNEL_ANSWER_BYTES, MAX_TUNNEL_ANSWER_HEADERS } from '@im/contracts/api/tunnel-constants';
import type { AnswerTunnelRequest, TunnelRequest } from '@im/contracts/api/tunnels';

export interface LocalTarget {
  host: string;
  port: number;
  path: string;
}

export interface Forwarded {
  answer: AnswerTunnelRequest & { status: number };
  durationMs: number;
  /** Why the local server gave no answer; null: it did. */
  fault: string | null;
}

const MAX_HEADER_CHARACTERS = 4_096;
/** They belong to the connection to the local server. */
const OF_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'date',
]);
/** Time for the answer to reach the service. */
const ON_THE_WAY_MS = 500;
const BAD_GATEWAY = 502;

/**
 * Never rejects: without an answer it returns 502, so that the attempt ends now and the retry policy applies.
 *
 * @param signal ends the request
 */
export async function forwardRequest(
  request: TunnelRequest,
  target: LocalTarget,
  signal: AbortSignal,
): Promise<Forwarded> {
  const beganAt = performance.now();
  const tookMs = (): number => performance.now() - beganAt;
  try {
    const answer = await exchange(request, target, signal);
    return { answer, durationMs: tookMs(), fault: null };
  } catch (error) {
    const fault = faultOf(error);
    const message = `imcb: no answer from http://${target.host}:${String(target.port)} (${fault})`;
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    const answer = { status: BAD_GATEWAY, headers, body: Buffer.from(message).toString('base64') };
    return { answer, durationMs: tookMs(), fault };
  }
}

function exchange(
  request: TunnelRequest,
  target: LocalTarget,
  signal: AbortSignal,
): Promise<Forwarded['answer']> {
  const body = Buffer.from(request.body, 'base64');
  const timeoutMs = Math.max(ON_THE_WAY_MS, request.timeoutMs - ON_THE_WAY_MS);
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      {
        ...target,
        method: request.method,
        // Unchanged: names, values and their order.
        headers: [
          ...['Host', `${target.host}:${String(target.port)}`],
          ...request.headers.flat(),
          ...['Content-Length', String(body.length)],
        ],
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      },
      (incoming) => {
        readAnswer(incoming).then(resolve, reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The error code of Node; that of an aborted signal says nothing. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError') return 'ETIMEDOUT';
  return 'code' in error ? String(error.code) : String(error);
}

async function readAnswer(incoming: http.IncomingMessage): Promise<Forwarded['answer']> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    if (bytes < MAX_TUNNEL_ANSWER_BYTES) chunks.push(chunk);
    bytes += chunk.length;
  }
  const body = Buffer.concat(chunks).subarray(0, MAX_TUNNEL_ANSWER_BYTES);
  return {
    status: incoming.statusCode ?? BAD_GATEWAY,
    headers: headersOf(incoming.headers),
    body: body.toString('base64'),
  };
}

function headersOf(headers: http.IncomingHttpHeaders): Record<string, string> {
  const pairs = Object.entries(headers)
    .filter(([name]) => !OF_CONNECTION.has(name))
    .map(([name, value]): [string, string] => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]);
  return Object.fromEntries(
    pairs
      .slice(0, MAX_TUNNEL_ANSWER_HEADERS)
      .map(([name, value]) => [name, value.slice(0, MAX_HEADER_CHARACTERS)]),
  );
}
