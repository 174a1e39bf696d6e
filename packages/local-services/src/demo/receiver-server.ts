/** Runs the demo's receivers behind one loopback server: they verify signatures and answer by their behaviour. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import {
  DELIVERY_HEADERS,
  ROTATION_SIGNATURE_HEADERS,
  SIGNATURE_HEADERS,
  SIGNATURE_WINDOW_MS,
} from '@im/contracts/signature';
import { verifySync } from '@im/contracts/signature-node';
import type { Behaviour } from './demo-receivers.js';
import { isBehaviour, ReceiverLog, type ReceiverState } from './receiver-log.js';
import { RECEIVER_PAGE } from './receiver-page.js';

const LOOPBACK = '127.0.0.1';
const LARGEST_BODY_BYTES = 1024 * 1024;
const SLOW_ANSWER_MS = 3_000;

interface Answer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

const ANSWERS: Record<Behaviour, Answer> = {
  ok: { status: 200, body: '{"ok":true}' },
  error: { status: 500, body: '{"error":"database connection lost"}' },
  slow: { status: 200, body: '{"ok":true}' },
  wrong: { status: 302, body: 'Please log in', headers: { Location: '/login' } },
};
const NOT_FOUND: Answer = { status: 404, body: '{"error":"no such receiver"}' };
const REFUSED: Answer = { status: 401, body: '{"error":"signature does not match"}' };

export interface ReceiverKeys {
  appKey: string;
  /** The key that signs what is sent to a receiver. */
  secretOf: (slug: string) => string;
}

export class ReceiverServer {
  private readonly log = new ReceiverLog();
  private readonly server = createServer((request, response) => {
    this.handle(request, response).catch(() => response.destroy());
  });

  constructor(private readonly keys: ReceiverKeys) {}

  /** Returns its URL. */
  listen(port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, LOOPBACK, () => {
        resolve(`http://${LOOPBACK}:${port}`);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, area = '', slug = ''] = (request.url ?? '/').split('?')[0]?.split('/') ?? [];
    const state = this.log.find(slug);
    if (area === '') reply(response, { status: 200, body: RECEIVER_PAGE }, 'text/html; charset=utf-8');
    else if (area === 'states') reply(response, { status: 200, body: JSON.stringify(this.log.all) });
    else if (area === 'behaviours' && state) reply(response, setBehaviour(state, await readBody(request)));
    else if (area === 'receivers' && state) reply(response, await this.receive(state, request));
    else reply(response, NOT_FOUND);
  }

  private async receive(state: ReceiverState, request: IncomingMessage): Promise<Answer> {
    const body = await readBody(request);
    const callbackId = header(request, DELIVERY_HEADERS.callbackId);
    const isSignatureValid = isSigned(request, body, this.keys.appKey, this.keys.secretOf(state.slug));
    const isDuplicate = this.log.hasHandled(callbackId);
    if (state.behaviour === 'slow') await delay(SLOW_ANSWER_MS);
    const answer = isSignatureValid ? ANSWERS[state.behaviour] : REFUSED;
    this.log.record(state, {
      receivedAt: new Date().toISOString(),
      event: header(request, DELIVERY_HEADERS.event),
      callbackId,
      attempt: Number(header(request, DELIVERY_HEADERS.attempt)),
      isSignatureValid,
      isDuplicate,
      answeredStatus: answer.status,
      body: body.toString(),
    });
    return answer;
  }
}

function setBehaviour(state: ReceiverState, body: Buffer): Answer {
  const wanted = body.toString().trim();
  if (!isBehaviour(wanted)) return { status: 422, body: '{"error":"one of ok, error, slow, wrong"}' };
  state.behaviour = wanted;
  return { status: 200, body: JSON.stringify({ slug: state.slug, behaviour: wanted }) };
}

/** Any of them is accepted, so that the secret can be rotated while the receiver knows only one. */
const ACCEPTED_SIGNATURES = [SIGNATURE_HEADERS.signature, ...Object.values(ROTATION_SIGNATURE_HEADERS)];

function isSigned(request: IncomingMessage, body: Buffer, appKey: string, secret: string): boolean {
  const timestamp = header(request, SIGNATURE_HEADERS.timestamp);
  if (!(Math.abs(Date.now() - Number(timestamp)) <= SIGNATURE_WINDOW_MS)) return false;
  if (header(request, SIGNATURE_HEADERS.appKey) !== appKey) return false;
  const input = { appKey, timestamp, nonce: header(request, SIGNATURE_HEADERS.nonce) };
  return ACCEPTED_SIGNATURES.some((name) => verifySync(secret, input, body, header(request, name)));
}

function header(request: IncomingMessage, name: string): string {
  return String(request.headers[name.toLowerCase()] ?? '');
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) throw new Error('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reply(response: ServerResponse, answer: Answer, contentType = 'application/json'): void {
  response.writeHead(answer.status, { 'Content-Type': contentType, ...answer.headers }).end(answer.body);
}
