import { signBodySync, signStandardWebhookSync, signSync } from '@im/contracts/signature-node';
import { describe, expect, it } from 'vitest';
import { judgeSignature, type Signer } from './judge-signature.js';

const NOW_MS = 1_800_000_000_000;
const BODY = Buffer.from('{"n":1}');
const KEY = 'the key';
const INPUT = { appKey: 'ak_1', timestamp: String(NOW_MS), nonce: 'a'.repeat(32) };
const SIGNER: Signer = {
  webhookId: null,
  scheme: 'x-app',
  prefix: 'X-Pole',
  appKey: 'ak_1',
  keys: ['an older key', KEY],
};

const X_APP = {
  'x-app-key': INPUT.appKey,
  'x-app-timestamp': INPUT.timestamp,
  'x-app-nonce': INPUT.nonce,
  'x-app-signature': signSync(KEY, INPUT, BODY),
};
const SECONDS = String(NOW_MS / 1000);
const STANDARD = {
  'webhook-id': 'cb_1',
  'webhook-timestamp': SECONDS,
  'webhook-signature': signStandardWebhookSync(KEY, { id: 'cb_1', timestamp: SECONDS }, BODY),
};
const BODY_HMAC = { 'x-pole-signature-256': signBodySync(KEY, BODY) };

const judge = (headers: Record<string, string>, scheme: Signer['scheme'], nowMs = NOW_MS) =>
  judgeSignature({ headers: new Map(Object.entries(headers)), body: BODY }, { ...SIGNER, scheme }, nowMs);

describe('a signature', () => {
  it.each([
    ['x-app', X_APP],
    ['x-app', { ...X_APP, 'x-app-signature': '00', 'x-app-signature-next': X_APP['x-app-signature'] }],
    ['standard-webhooks', STANDARD],
    ['body-hmac', BODY_HMAC],
  ] as const)('of the scheme %s is valid with any live key', (scheme, headers) => {
    expect(judge(headers, scheme)).toBeNull();
  });

  it.each([
    ['x-app', {}, 'header_missing'],
    ['x-app', STANDARD, 'header_missing'],
    ['x-app', { ...X_APP, 'x-app-key': 'ak_2' }, 'other_app_key'],
    ['x-app', { ...X_APP, 'x-app-timestamp': 'yesterday' }, 'timestamp_out_of_window'],
    ['x-app', { ...X_APP, 'x-app-nonce': 'b' }, 'signature_differs'],
    ['standard-webhooks', X_APP, 'header_missing'],
    ['standard-webhooks', { ...STANDARD, 'webhook-id': 'cb_2' }, 'signature_differs'],
    ['body-hmac', X_APP, 'header_missing'],
    ['body-hmac', { 'x-pole-signature-256': 'sha256=00' }, 'signature_differs'],
  ] as const)('of the scheme %s in %j is judged %s', (scheme, headers, fault) => {
    expect(judge(headers, scheme)).toBe(fault);
  });

  it.each([
    ['x-app', X_APP],
    ['standard-webhooks', STANDARD],
  ] as const)('of the scheme %s is refused outside of the window', (scheme, headers) => {
    expect(judge(headers, scheme, NOW_MS + 300_001)).toBe('timestamp_out_of_window');
    expect(judge(headers, scheme, NOW_MS - 300_001)).toBe('timestamp_out_of_window');
  });
});
