/** Makes the requests that every kit has to accept, or refuse for the right reason. */
import {
  signBodySync,
  signDigestSync,
  signStandardWebhookSync,
  sha256Hex,
} from '@im/contracts/signature-node';
import type { Vectors } from './vectors.js';

export interface VerifyCase {
  name: string;
  scheme: 'x-app' | 'standard-webhooks' | 'body-hmac';
  /** Of `body-hmac`. */
  prefix: string;
  secrets: string[];
  headers: Record<string, string>;
  /** Null: 256 KiB of the letter x. */
  bodyBase64: string | null;
  nowMs: number;
  /** `ok`, or the code of the error. */
  expected: 'ok' | 'missing_header' | 'malformed_header' | 'outside_window' | 'wrong_signature';
}

const WINDOW_MS = 300_000;
const AT = '1763712000123';
const SECRET = '密钥-secret';
const NEXT = 'the next one';
const BODY = Buffer.from('{"callbackId":"c1","event":"message.sent","data":{"text":"你好"}}');

export function verifyCases(vectors: Vectors): VerifyCase[] {
  return [...xAppCases(vectors), ...standardWebhooksCases(vectors), ...bodyHmacCases(vectors)];
}

function xAppCases(vectors: Vectors): VerifyCase[] {
  const input = { appKey: 'ak_demo_0001', timestamp: AT, nonce: '0'.repeat(32) };
  const digest = sha256Hex(BODY);
  const [current, next] = [SECRET, NEXT].map((key) => signDigestSync(key, input, digest));
  const plain = {
    'X-App-Key': input.appKey,
    'X-App-Timestamp': AT,
    'X-App-Nonce': input.nonce,
    'X-App-Signature': String(current),
  };
  const make = caseMaker('x-app', plain);
  return [
    ...vectors.xApp.map((vector) =>
      make(`vector: ${vector.name}`, 'ok', {
        secrets: [vector.key],
        headers: {
          'X-App-Key': vector.appKey,
          'X-App-Timestamp': vector.timestamp,
          'X-App-Nonce': vector.nonce,
          'X-App-Signature': vector.signatureHex,
        },
        bodyBase64: vector.bodyBase64,
        nowMs: Number(vector.timestamp),
      }),
    ),
    make('names of headers in lower case', 'ok', {
      headers: Object.fromEntries(Object.entries(plain).map(([name, value]) => [name.toLowerCase(), value])),
    }),
    make('while a rotation is staged, with the old secret', 'ok', {
      headers: { ...plain, 'X-App-Signature-Next': String(next) },
    }),
    make('while a rotation is staged, with the new secret', 'ok', {
      headers: { ...plain, 'X-App-Signature-Next': String(next) },
      secrets: [NEXT],
    }),
    make('after a rotation, with the old secret', 'ok', {
      headers: { ...plain, 'X-App-Signature': String(next), 'X-App-Signature-Previous': String(current) },
    }),
    make('with the second of two secrets', 'ok', { secrets: [NEXT, SECRET] }),
    ...windowCases(make),
    ...xAppRefusals(make, plain, String(current)),
  ];
}

function xAppRefusals(make: Make, plain: Record<string, string>, signature: string): VerifyCase[] {
  return refused(make, plain, {
    missing: ['X-App-Key', 'X-App-Timestamp', 'X-App-Nonce', 'X-App-Signature'],
    malformed: [
      ['X-App-Timestamp', '1e12'],
      ['X-App-Timestamp', `-${AT}`],
      ['X-App-Timestamp', `${AT}\u0660`],
      ['X-App-Timestamp', '9'.repeat(16)],
      ['X-App-Nonce', 'F'.repeat(32)],
      ['X-App-Nonce', '0'.repeat(31)],
      ['X-App-Signature', signature.toUpperCase()],
      ['X-App-Signature', signature.slice(1)],
      ['X-App-Signature', '签'.repeat(64)],
    ],
    wrong: [
      ['X-App-Key', 'ak_demo_0002'],
      ['X-App-Timestamp', '1763712000124'],
      ['X-App-Nonce', '1'.repeat(32)],
      ['X-App-Signature', 'f'.repeat(64)],
    ],
  });
}

function standardWebhooksCases(vectors: Vectors): VerifyCase[] {
  const input = { id: 'c1', timestamp: AT.slice(0, -3) };
  const [current, next] = [SECRET, NEXT].map((key) => signStandardWebhookSync(key, input, BODY));
  const plain = {
    'webhook-id': input.id,
    'webhook-timestamp': input.timestamp,
    'webhook-signature': String(current),
  };
  const make = caseMaker('standard-webhooks', plain);
  return [
    ...vectors.standardWebhooks.map((vector) =>
      make(`vector: ${vector.name}`, 'ok', {
        secrets: [vector.secret],
        headers: {
          'webhook-id': vector.webhookId,
          'webhook-timestamp': vector.webhookTimestamp,
          'webhook-signature': vector.webhookSignature,
        },
        bodyBase64: vector.bodyBase64,
        nowMs: Number(vector.webhookTimestamp) * 1000,
      }),
    ),
    make('a secret that is no whsec_ one', 'ok', {}),
    make('that secret as whsec_', 'ok', { secrets: [`whsec_${Buffer.from(SECRET).toString('base64')}`] }),
    make('several signatures', 'ok', {
      headers: { ...plain, 'webhook-signature': `v1,AAAA ${String(next)} v1a,BBBB ${String(current)}` },
    }),
    make('with the second of two secrets', 'ok', { secrets: [NEXT, SECRET] }),
    make('at the end of the window', 'ok', { nowMs: Number(input.timestamp) * 1000 + WINDOW_MS }),
    make('too old', 'outside_window', { nowMs: Number(input.timestamp) * 1000 + WINDOW_MS + 1 }),
    make('too new', 'outside_window', { nowMs: Number(input.timestamp) * 1000 - WINDOW_MS - 1 }),
    ...refused(make, plain, {
      missing: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
      malformed: [['webhook-timestamp', 'yesterday']],
      wrong: [
        ['webhook-id', 'c2'],
        ['webhook-timestamp', String(Number(input.timestamp) + 1)],
        ['webhook-signature', 'v1,AAAA'],
        ['webhook-signature', String(current).slice(3)],
      ],
    }),
  ];
}

function bodyHmacCases(vectors: Vectors): VerifyCase[] {
  const [current, next] = [SECRET, NEXT].map((key) => signBodySync(key, BODY));
  const plain = { 'X-App-Signature-256': String(current), 'X-App-Timestamp': AT };
  const make = caseMaker('body-hmac', plain);
  return [
    ...vectors.bodyHmac.map((vector) =>
      make(`vector: ${vector.name}`, 'ok', {
        secrets: [vector.key],
        headers: { 'X-App-Signature-256': vector.signature },
        bodyBase64: vector.bodyBase64,
      }),
    ),
    make('another prefix', 'ok', { prefix: 'X-Acme', headers: { 'x-acme-signature-256': String(current) } }),
    make('the new secret while a rotation is staged', 'ok', {
      headers: { ...plain, 'X-App-Signature-256-Next': String(next) },
      secrets: [NEXT],
    }),
    make('the old secret after a rotation', 'ok', {
      headers: {
        ...plain,
        'X-App-Signature-256': String(next),
        'X-App-Signature-256-Previous': String(current),
      },
    }),
    ...windowCases(make),
    ...refused(make, plain, {
      missing: ['X-App-Signature-256'],
      malformed: [
        ['X-App-Signature-256', String(current).slice(7)],
        ['X-App-Timestamp', 'now'],
      ],
      wrong: [['X-App-Signature-256', `sha256=${'0'.repeat(64)}`]],
    }),
  ];
}

type Make = (name: string, expected: VerifyCase['expected'], changes: Partial<VerifyCase>) => VerifyCase;

function caseMaker(scheme: VerifyCase['scheme'], headers: Record<string, string>): Make {
  return (name, expected, changes) => ({
    name: `${scheme}, ${name}`,
    scheme,
    prefix: 'X-App',
    secrets: [SECRET],
    headers,
    bodyBase64: BODY.toString('base64'),
    nowMs: Number(AT),
    expected,
    ...changes,
  });
}

function windowCases(make: Make): VerifyCase[] {
  return [
    make('at the end of the window', 'ok', { nowMs: Number(AT) + WINDOW_MS }),
    make('at its beginning', 'ok', { nowMs: Number(AT) - WINDOW_MS }),
    make('too old', 'outside_window', { nowMs: Number(AT) + WINDOW_MS + 1 }),
    make('too new', 'outside_window', { nowMs: Number(AT) - WINDOW_MS - 1 }),
  ];
}

interface Refusals {
  missing: string[];
  malformed: [header: string, value: string][];
  wrong: [header: string, value: string][];
}

function refused(make: Make, plain: Record<string, string>, refusals: Refusals): VerifyCase[] {
  const change = ([header, value]: [string, string]) => ({ headers: { ...plain, [header]: value } });
  const without = (header: string) =>
    Object.fromEntries(Object.entries(plain).filter(([name]) => name !== header));
  return [
    ...refusals.missing.flatMap((header) => [
      make(`without ${header}`, 'missing_header', { headers: without(header) }),
      make(`with an empty ${header}`, 'missing_header', change([header, ''])),
    ]),
    ...refusals.malformed.map((pair) => make(pair.join(': '), 'malformed_header', change(pair))),
    ...refusals.wrong.map((pair) => make(pair.join(': '), 'wrong_signature', change(pair))),
    make('another secret', 'wrong_signature', { secrets: [`${SECRET} `] }),
    make('a changed body', 'wrong_signature', {
      bodyBase64: Buffer.concat([BODY, Buffer.from('\n')]).toString('base64'),
    }),
    make('an empty body', 'wrong_signature', { bodyBase64: '' }),
  ];
}
