/** Asks a sample to sign, and whether it accepts: the vectors, and what has to be refused. */
import { createHmac } from 'node:crypto';
import vectors from '../../test/vectors/signature.json' with { type: 'json' };
import { sha256Hex } from '../signature-node.js';
import { canonicalString, SIGNATURE_WINDOW_MS } from '../signature.js';

export interface Question {
  name: string;
  key: string;
  /** Undefined: there is no such header. */
  appKey: string | undefined;
  timestamp: string | undefined;
  nonce: string | undefined;
  body: Buffer;
  header: string;
  signature: string | undefined;
  nowMs: number;
  isAccepted: boolean;
  /** What it has to sign with; absent: the question is only about accepting. */
  signatureHex?: string;
}

/** What a driver prints where the sample does not sign. */
const REFUSED = 'refused';

const [PLAIN_VECTOR] = vectors.xApp;
if (!PLAIN_VECTOR) throw new Error('there are no vectors');
const PLAIN = questionOf(PLAIN_VECTOR);

export const QUESTIONS: readonly Question[] = [
  ...vectors.xApp.map(questionOf),
  change('with the next key', { header: 'X-App-Signature-Next' }),
  change('with the previous key', { header: 'X-App-Signature-Previous' }),
  change('at the end of the window', { nowMs: PLAIN.nowMs + SIGNATURE_WINDOW_MS }),
  change('at its beginning', { nowMs: PLAIN.nowMs - SIGNATURE_WINDOW_MS }),
  refuse('too old', { nowMs: PLAIN.nowMs + SIGNATURE_WINDOW_MS + 1 }),
  refuse('too new', { nowMs: PLAIN.nowMs - SIGNATURE_WINDOW_MS - 1 }),
  refuse('another secret', { key: `${PLAIN.key} ` }),
  refuse('no secret, signed with an empty key', {
    key: '',
    signature: signatureOfEmptyKey(),
    signatureHex: REFUSED,
  }),
  refuse('another AppKey', { appKey: 'ak_demo_0002' }),
  refuse('another nonce', { nonce: 'f'.repeat(32) }),
  refuse('another body', { body: Buffer.concat([PLAIN.body, Buffer.from('\n')]) }),
  refuse('the signature under another name', { header: 'X-App-Signature-256' }),
  refuse('an empty signature', { signature: '' }),
  refuse('a signature in upper case', { signature: PLAIN.signature?.toUpperCase() }),
  refuse('a signature that is not ASCII', { signature: '签'.repeat(64) }),
  refuse('a cut signature', { signature: PLAIN.signature?.slice(0, -1) }),
  refuse('an empty timestamp', { timestamp: '' }),
  refuse('a timestamp that is no number', { timestamp: '1e12' }),
  refuse('no signature', { signature: undefined }),
  refuse('no timestamp', { timestamp: undefined }),
  refuse('no nonce', { nonce: undefined }),
  refuse('no AppKey', { appKey: undefined }),
  refuse('no header at all', {
    appKey: undefined,
    timestamp: undefined,
    nonce: undefined,
    signature: undefined,
  }),
];

function questionOf(vector: (typeof vectors.xApp)[number]): Question & { timestamp: string; nonce: string } {
  const { name, key, appKey, timestamp, nonce, bodyBase64, signatureHex } = vector;
  // The one vector without a body means 256 KiB of the letter x.
  const body = bodyBase64 === null ? Buffer.alloc(262_144, 'x') : Buffer.from(bodyBase64, 'base64');
  const nowMs = Number(timestamp);
  const signature = signatureHex;
  return {
    ...{ name, key, appKey, timestamp, nonce, body, signature, nowMs, signatureHex },
    header: 'X-App-Signature',
    isAccepted: true,
  };
}

function change(name: string, changes: Partial<Question>): Question {
  const { signatureHex: _, ...question } = PLAIN;
  return { ...question, name, ...changes };
}

function refuse(name: string, changes: Partial<Question>): Question {
  return change(name, { ...changes, isAccepted: false });
}

function signatureOfEmptyKey(): string {
  const { timestamp, nonce, body } = PLAIN;
  const input = { appKey: PLAIN.appKey ?? '', timestamp, nonce };
  return createHmac('sha256', '')
    .update(canonicalString(input, sha256Hex(body)))
    .digest('hex');
}

/** Base64 of each field behind a mark, so that an empty one is a field too; one that is absent has another mark. */
export function toLine(question: Question): string {
  const { key, appKey, timestamp, nonce, body, header, signature, nowMs } = question;
  const fields = [key, appKey, timestamp, nonce, body, header, signature, String(nowMs)];
  const encoded = fields.map((field) =>
    field === undefined ? '~' : `-${Buffer.from(field).toString('base64')}`,
  );
  return `${encoded.join(' ')}\n`;
}
