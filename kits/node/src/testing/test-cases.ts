/** Reads the cases that the tests of all kits share, and makes requests. */
import { readFileSync } from 'node:fs';
import { signRequest } from '../sign.js';
import type { SignatureScheme } from '../verify.js';

interface TestCases {
  verify: {
    name: string;
    scheme: SignatureScheme;
    prefix: string;
    secrets: string[];
    headers: Record<string, string>;
    bodyBase64: string | null;
    nowMs: number;
    expected: string;
  }[];
  sign: {
    appKey: string;
    timestamp: string;
    nonce: string;
    secret: string;
    body: string;
    signature: string;
  };
  parse: {
    name: string;
    headers: Record<string, string>;
    body: string;
    expected: {
      kind: string;
      format: string;
      attempt: number;
      batchId: string | null;
      callbacks: ({ dataText: string } & Record<string, unknown>)[];
    } | null;
  }[];
}

const file = new URL('../../../test-cases.json', import.meta.url);

export const CASES = JSON.parse(readFileSync(file, 'utf8')) as TestCases;

/** The one case without a body means 256 KiB of the letter x. */
export function bodyOf(bodyBase64: string | null): Buffer {
  return bodyBase64 === null ? Buffer.alloc(262_144, 'x') : Buffer.from(bodyBase64, 'base64');
}

export const SECRET = '密钥-secret';

/** Headers of a callback; those of requests to the API are the same. */
export function signed(body: string, more: Record<string, string> = {}): Record<string, string> {
  return { ...signRequest(body, { appKey: 'ak_demo_0001', appSecret: SECRET }), ...more };
}

export function envelope(callbackId: string, data: unknown = {}): string {
  return JSON.stringify({ callbackId, event: 'message.sent', data });
}

export function batch(...callbackIds: string[]): string {
  return `{"batchId":"b1","events":[${callbackIds.map((id) => envelope(id)).join(',')}]}`;
}
