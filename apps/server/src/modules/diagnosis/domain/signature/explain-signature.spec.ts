import { createHmac, hash } from 'node:crypto';
import type { SignatureExplanation, SignatureFindingCode } from '@im/contracts/api/signature-explanation';
import { describe, expect, it } from 'vitest';
import { explainSignature } from './explain-signature.js';
import { signedRequest, type NamedKey } from './signed-request.js';

const NOW_MS = Date.parse('2026-11-21T08:00:00.000Z');
const APP_KEY = 'ak_Chat7';
const APP_SECRET = 'as_p4ssw0rd-Ünïcode';
const WEBHOOK_SECRET = 'own-secret-of-the-webhook';
const WHSEC = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
const NONCE = '00112233445566778899aabbccddeeff';
const BODY = '{"event":"message.sent","data":{"text":"你好 / hi <b>","n":1.5,"a":[1,2]}}';

const sha256 = (body: string | Buffer) => hash('sha256', body, 'hex');
const hmac = (key: string | Buffer, text: string | Buffer) => createHmac('sha256', key).update(text).digest();

function key(name: string, secret: string, override: Partial<NamedKey> = {}): NamedKey {
  return { key: secret, owner: 'app', role: 'current', webhookId: null, name, ...override };
}
const appKeyPair = key('AppSecret', APP_SECRET);
const webhookKey = key('https://hooks.example', WEBHOOK_SECRET, { owner: 'webhook', webhookId: 'w-1' });
const given = (secret: string) => key('the secret given', secret, { owner: 'given', role: null });

/** What was signed, and what arrived. */
interface Made {
  secret?: string | Buffer;
  /** The body that was signed, as far as it differs from the one that arrived. */
  signedBody?: string | Buffer;
  body?: string | Buffer;
  appKey?: string;
  timestamp?: string;
  nonce?: string;
  canonical?: (parts: { appKey: string; timestamp: string; nonce: string; hash: string }) => string | Buffer;
  write?: (signature: Buffer) => string;
  headers?: Record<string, string>;
}

function explainXApp(made: Made, keys: NamedKey[] = [appKeyPair, webhookKey]): SignatureExplanation {
  const appKey = made.appKey ?? APP_KEY;
  const timestamp = made.timestamp ?? String(NOW_MS - 2_000);
  const nonce = made.nonce ?? NONCE;
  const body = made.body ?? BODY;
  const hash = sha256(made.signedBody ?? body);
  const canonical =
    made.canonical ?? ((parts) => [parts.appKey, parts.timestamp, parts.nonce, parts.hash].join('\n'));
  const signature = hmac(made.secret ?? APP_SECRET, canonical({ appKey, timestamp, nonce, hash }));
  const write = made.write ?? ((bytes) => bytes.toString('hex'));
  const headers = {
    'x-APP-key': appKey,
    'X-App-Timestamp': timestamp,
    'X-App-Nonce': nonce,
    'X-App-Signature': write(signature),
    ...made.headers,
  };
  const request = signedRequest(headers, Buffer.from(body));
  const [scheme] = explainSignature({ request, keys, appKey: APP_KEY, nowMs: NOW_MS }).schemes;
  if (!scheme) throw new Error('Nothing was explained');
  return scheme;
}

function codes({ findings }: SignatureExplanation): SignatureFindingCode[] {
  return findings.map(({ code }) => code);
}

const compactAscii = BODY.replace(
  /[\u007f-\uffff]/g,
  (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
);

describe('a right X-App signature', () => {
  it('is valid, with the key that made it by name and every part in order', () => {
    const scheme = explainXApp({ secret: WEBHOOK_SECRET });
    expect(scheme).toMatchObject({
      verdict: 'valid',
      findings: [],
      clockOffsetMs: -2_000,
      expectedSignature: null,
    });
    expect(scheme.fittingKey).toEqual({
      owner: 'webhook',
      role: 'current',
      webhookId: 'w-1',
      name: 'https://hooks.example',
    });
    expect(scheme.canonicalString).toBe(`${APP_KEY}\n${String(NOW_MS - 2_000)}\n${NONCE}\n${sha256(BODY)}`);
    expect(scheme.parts.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
  });

  it('never shows a secret, and what it would sign only with the secret given', () => {
    const scheme = explainXApp({ secret: 'unrelated' }, [given('mine'), appKeyPair, webhookKey]);
    expect(scheme.expectedSignature).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(scheme)).not.toContain(APP_SECRET);
    expect(JSON.stringify(scheme)).not.toContain(WEBHOOK_SECRET);
    expect(explainXApp({}).expectedSignature).toBeNull();
  });

  it('made with the next secret says so and is valid', () => {
    const next = key('AppSecret (next)', 'next-one', { role: 'next' });
    const scheme = explainXApp({ secret: 'next-one' }, [appKeyPair, next]);
    expect(scheme).toMatchObject({ verdict: 'valid', fittingKey: { role: 'next' } });
    expect(codes(scheme)).toEqual(['key_role']);
  });

  it.each([
    [600_000, /10 minutes ahead of/],
    [-431_000, /7 minutes 11 seconds behind/],
  ])('%i ms off the clock is mentioned and still valid', (offset, text) => {
    const scheme = explainXApp({ timestamp: String(NOW_MS + offset) });
    expect(scheme).toMatchObject({ verdict: 'valid', clockOffsetMs: offset });
    expect(codes(scheme)).toEqual(['clock_off']);
    expect(scheme.summary.en).toMatch(text);
  });
});

describe('a mistake with X-App is found', () => {
  it.each<[what: string, made: Made, code: SignatureFindingCode, part: string]>([
    [
      'upper-case hex',
      { write: (s) => s.toString('hex').toUpperCase() },
      'signature_upper_case',
      'signature',
    ],
    ['base64', { write: (s) => s.toString('base64') }, 'signature_encoding', 'signature'],
    ['base64url', { write: (s) => s.toString('base64url') }, 'signature_encoding', 'signature'],
    ['a prefix', { write: (s) => `sha256=${s.toString('hex')}` }, 'signature_decorated', 'signature'],
    ['a blank behind it', { write: (s) => `${s.toString('hex')} ` }, 'signature_decorated', 'signature'],
    ['seconds', { timestamp: String(NOW_MS / 1_000) }, 'timestamp_seconds', 'timestamp'],
    ['a date', { timestamp: '2026-11-21T08:00:00Z' }, 'timestamp_form', 'timestamp'],
    [
      'seconds signed and milliseconds sent',
      { canonical: (p) => [p.appKey, p.timestamp.slice(0, -3), p.nonce, p.hash].join('\n') },
      'canonical_timestamp',
      'timestamp',
    ],
    ['another app’s key', { appKey: 'ak_Other' }, 'app_key_wrong', 'appKey'],
    ['an AppKey in another case', { appKey: 'AK_CHAT7' }, 'app_key_form', 'appKey'],
    [
      'the right AppKey signed and another sent',
      { appKey: 'ak_chat7', canonical: (p) => [APP_KEY, p.timestamp, p.nonce, p.hash].join('\n') },
      'canonical_app_key',
      'appKey',
    ],
    ['a key with a line end', { secret: `${APP_SECRET}\n` }, 'key_whitespace', 'key'],
    ['a key with a blank', { secret: ` ${APP_SECRET}` }, 'key_whitespace', 'key'],
    ['a key decoded as base64', { secret: Buffer.from(APP_SECRET, 'base64') }, 'key_encoding', 'key'],
    ['a key in quotes', { secret: `"${APP_SECRET}"` }, 'key_encoding', 'key'],
    ['a line end lost', { body: BODY, signedBody: `${BODY}\n` }, 'body_newline', 'body'],
    ['a line end added', { body: `${BODY}\r\n`, signedBody: BODY }, 'body_newline', 'body'],
    [
      'LF made CRLF',
      { body: BODY.replaceAll(',', ',\r\n'), signedBody: BODY.replaceAll(',', ',\n') },
      'body_newline',
      'body',
    ],
    [
      'JSON pretty-printed',
      { body: JSON.stringify(JSON.parse(BODY), null, 2), signedBody: BODY },
      'body_reserialised',
      'body',
    ],
    [
      'JSON written by Python',
      { body: BODY, signedBody: BODY.replace(/([:,])(?=["[{0-9])/g, '$1 ') },
      'body_reserialised',
      'body',
    ],
    [
      'keys sorted',
      {
        body: BODY,
        signedBody: '{"data":{"a":[1,2],"n":1.5,"text":"你好 / hi <b>"},"event":"message.sent"}',
      },
      'body_reserialised',
      'body',
    ],
    ['text escaped to ASCII', { body: BODY, signedBody: compactAscii }, 'body_escapes', 'body'],
    ['text unescaped', { body: compactAscii, signedBody: BODY }, 'body_reserialised', 'body'],
    [
      'slashes escaped by PHP',
      { body: BODY, signedBody: BODY.replaceAll('/', '\\/') },
      'body_escapes',
      'body',
    ],
    [
      'HTML escaped by Go',
      { body: BODY, signedBody: BODY.replace('<', '\\u003c').replace('>', '\\u003e') },
      'body_escapes',
      'body',
    ],
    ['a byte order mark', { body: `\uFEFF${BODY}`, signedBody: BODY }, 'body_charset', 'body'],
    [
      'UTF-8 read as Latin-1',
      { body: Buffer.from(BODY).toString('latin1'), signedBody: BODY },
      'body_charset',
      'body',
    ],
    [
      'a body transcoded to GBK',
      { body: Buffer.from('7b2274223a22c4e3bac3227d', 'hex'), signedBody: '{"t":"你好"}' },
      'body_charset',
      'body',
    ],
    ['an empty body signed', { signedBody: '' }, 'body_missing', 'body'],
    [
      'no separators',
      { canonical: (p) => p.appKey + p.timestamp + p.nonce + p.hash },
      'canonical_separator',
      'signature',
    ],
    [
      'a backslash and an n',
      { canonical: (p) => Object.values(p).join('\\n') },
      'canonical_separator',
      'signature',
    ],
    [
      'a line feed at the end',
      { canonical: (p) => `${Object.values(p).join('\n')}\n` },
      'canonical_separator',
      'signature',
    ],
    [
      'another order',
      { canonical: (p) => [p.timestamp, p.nonce, p.appKey, p.hash].join('\n') },
      'canonical_order',
      'signature',
    ],
    [
      'no nonce',
      { canonical: (p) => [p.appKey, p.timestamp, p.hash].join('\n') },
      'canonical_order',
      'signature',
    ],
    [
      'an upper-case digest',
      { canonical: (p) => [p.appKey, p.timestamp, p.nonce, p.hash.toUpperCase()].join('\n') },
      'canonical_body',
      'body',
    ],
    [
      'the body instead of its digest',
      { canonical: (p) => [p.appKey, p.timestamp, p.nonce, BODY].join('\n') },
      'canonical_body',
      'body',
    ],
    ['the body alone', { canonical: () => BODY }, 'canonical_body', 'body'],
    ['an unknown key', { secret: 'who knows' }, 'nothing_fits', 'signature'],
    [
      'a body altered in its words',
      { body: BODY, signedBody: BODY.replace('hi', 'ho') },
      'nothing_fits',
      'signature',
    ],
  ])('%s', (_what, made, code, part) => {
    const scheme = explainXApp(made);
    expect(scheme.verdict).toBe('invalid');
    expect(codes(scheme)).toContain(code);
    expect(scheme.parts.find((each) => each.part === part)?.status).toBe('wrong');
    const finding = scheme.findings.find((each) => each.code === code);
    expect(finding?.text.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(finding?.text.en.length).toBeGreaterThan(20);
  });

  it('two at once: a wrong unit and a wrong case', () => {
    const scheme = explainXApp({
      timestamp: String(NOW_MS / 1_000),
      write: (s) => s.toString('hex').toUpperCase(),
    });
    expect(codes(scheme)).toEqual(['timestamp_seconds', 'signature_upper_case']);
  });

  it('the AppSecret given where the webhook’s own signs', () => {
    const scheme = explainXApp({ secret: WEBHOOK_SECRET }, [given(APP_SECRET), appKeyPair, webhookKey]);
    expect(scheme).toMatchObject({ verdict: 'invalid', fittingKey: { owner: 'webhook' } });
    expect(codes(scheme)).toEqual(['key_other']);
    expect(scheme.summary.en).toContain('made with https://hooks.example');
  });

  it('the next secret given while the current one signs', () => {
    const canonical = `${APP_KEY}\n${String(NOW_MS)}\n${NONCE}\n${sha256(BODY)}`;
    const headers = { 'X-App-Signature-Next': hmac('next-one', canonical).toString('hex') };
    const scheme = explainXApp({ timestamp: String(NOW_MS), headers }, [given('next-one'), appKeyPair]);
    expect(codes(scheme)).toEqual(['key_other', 'key_role']);
    expect(scheme.findings[1]?.text.en).toContain('X-App-Signature-Next');
  });

  it('a given secret with a blank at its end', () => {
    const scheme = explainXApp({}, [given(`${APP_SECRET} `)]);
    expect(codes(scheme)).toEqual(['key_invisible', 'key_whitespace']);
    expect(scheme.findings[0]?.text.en).toContain('ends with a space (U+0020)');
  });

  it.each([
    [`\ufeff${APP_SECRET}`, 'begins with a byte order mark (U+FEFF)'],
    [`as_\u200b${APP_SECRET.slice(3)}`, 'has a zero width space (U+200B) at character 4'],
  ])('a given secret %j with an invisible character, named', (secret, fault) => {
    const scheme = explainXApp({}, [given(secret)]);
    expect(codes(scheme)).toContain('key_invisible');
    expect(scheme.findings[0]).toMatchObject({ code: 'key_invisible', part: 'key' });
    expect(scheme.findings[0]?.text.en).toContain(fault);
    expect(scheme.findings[0]?.text.zh).toMatch(/U\+(FEFF|200B)/);
  });

  it('a stored secret with a character that the receiver does not have', () => {
    const stored = key('AppSecret', 'as_\u00a0stored');
    expect(codes(explainXApp({ secret: 'as_stored' }, [stored]))).toEqual(['key_invisible']);
  });

  it('a given secret with such a character that does not fit even without it', () => {
    const scheme = explainXApp({ secret: 'another' }, [given('as_\u200bwrong')]);
    expect(codes(scheme)).toEqual(['nothing_fits', 'key_invisible']);
  });

  it.each(['X-App-Key', 'X-App-Timestamp', 'X-App-Nonce', 'X-App-Signature'])('%s missing', (name) => {
    const all = {
      'X-App-Key': APP_KEY,
      'X-App-Timestamp': String(NOW_MS),
      'X-App-Nonce': NONCE,
      'X-App-Signature': 'x',
    };
    const headers = Object.fromEntries(Object.entries(all).filter(([each]) => each !== name));
    const question = { keys: [appKeyPair], appKey: APP_KEY, nowMs: NOW_MS };
    const [scheme] = explainSignature({
      ...question,
      request: signedRequest(headers, Buffer.from(BODY)),
    }).schemes;
    expect(scheme).toMatchObject({ verdict: 'incomplete' });
    expect(scheme?.summary.en).toContain(name);
  });
});

describe('a question that is meant to take long', () => {
  const many = Array.from({ length: 100 }, (_, index) => key(`k${String(index)}`, `secret ${String(index)}`));

  it.each([
    ['nesting', '['.repeat(500_000)],
    ['nesting that ends', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['line ends', `${'\n'.repeat(900_000)}x`],
    ['texts', JSON.stringify(Array.from({ length: 50_000 }, () => 'ab\\"/'))],
    ['one long text', JSON.stringify('\\'.repeat(250_000))],
    ['blanks', ' '.repeat(900_000)],
  ])('%s: is answered anyway', (_what, body) => {
    const scheme = explainXApp({ secret: 'unrelated', body }, many);
    expect(codes(scheme)).toEqual(['nothing_fits']);
  });
});

describe('Standard Webhooks', () => {
  const ID = 'msg_1';
  const SECONDS = String(NOW_MS / 1_000 - 1);

  function explain(
    made: {
      secret?: string | Buffer;
      timestamp?: string;
      body?: string;
      signed?: string;
      write?: (signature: Buffer) => string;
    },
    keys: NamedKey[] = [key('AppSecret', WHSEC)],
  ): SignatureExplanation | undefined {
    const timestamp = made.timestamp ?? SECONDS;
    const body = made.body ?? BODY;
    const secret = made.secret ?? Buffer.from(WHSEC.slice(6), 'base64');
    const signature = hmac(secret, made.signed ?? `${ID}.${timestamp}.${body}`);
    const write = made.write ?? ((bytes) => `v1,${bytes.toString('base64')}`);
    const headers = {
      'Webhook-Id': ID,
      'Webhook-Timestamp': timestamp,
      'Webhook-Signature': write(signature),
    };
    const request = signedRequest(headers, Buffer.from(body));
    return explainSignature({ request, keys, appKey: APP_KEY, nowMs: NOW_MS }).schemes.at(0);
  }

  it('signed right is valid, alone or among other signatures', () => {
    expect(explain({})).toMatchObject({ scheme: 'standard-webhooks', verdict: 'valid', findings: [] });
    const among = (s: Buffer) => `v1,AAAA v1,${s.toString('base64')}`;
    expect(explain({ write: among })).toMatchObject({ verdict: 'valid' });
  });

  it('of a secret that is plain text takes its UTF-8', () => {
    expect(explain({ secret: APP_SECRET }, [appKeyPair])).toMatchObject({ verdict: 'valid' });
  });

  it.each<[what: string, made: Parameters<typeof explain>[0], code: SignatureFindingCode]>([
    ['the secret as text', { secret: WHSEC }, 'key_encoding'],
    ['the base64 as text', { secret: WHSEC.slice(6) }, 'key_encoding'],
    ['hex', { write: (s) => `v1,${s.toString('hex')}` }, 'signature_encoding'],
    ['no version', { write: (s) => s.toString('base64') }, 'signature_decorated'],
    ['milliseconds', { timestamp: String(NOW_MS) }, 'timestamp_milliseconds'],
    ['no id', { signed: `${SECONDS}.${BODY}` }, 'canonical_order'],
    ['the body alone', { signed: BODY }, 'canonical_body'],
    ['a line end lost', { signed: `${ID}.${SECONDS}.${BODY}\n` }, 'body_newline'],
    ['another key', { secret: 'who knows' }, 'nothing_fits'],
  ])('%s is found', (_what, made, code) => {
    const scheme = explain(made);
    expect(scheme?.verdict).toBe('invalid');
    expect(scheme?.findings.map((finding) => finding.code)).toContain(code);
  });

  it.each<[secret: string, codes: SignatureFindingCode[]]>([
    [` ${WHSEC}`, ['key_invisible']],
    [`whsec_\u200b${WHSEC.slice(6)}`, ['key_invisible']],
    [`v1,${WHSEC}`, ['key_prefix']],
  ])('signed with %j for a secret is found, and named', (secret, found) => {
    const scheme = explain({}, [given(secret)]);
    expect(scheme?.verdict).toBe('invalid');
    expect(scheme?.findings.map(({ code }) => code)).toEqual(found);
  });

  describe('with the secrets of a hundred webhooks', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      key(`k${String(index)}`, `secret ${String(index)}`),
    );

    it.each([
      ['an ordinary body', 1_000, 299],
      ['a body of 100 KB', 100_000, 299],
      ['a body of 1 MB', 1_000_000, 6],
    ])('%s: is tried with all that are likely', (_what, bytes, index) => {
      const made = { secret: `secret ${String(index)}`, body: 'x'.repeat(bytes) };
      expect(explain(made, many)).toMatchObject({
        verdict: 'valid',
        fittingKey: { name: `k${String(index)}` },
      });
    });

    it('a large body is tried with the first of them only, so that others do not wait for the answer', () => {
      const made = { secret: 'secret 299', body: 'x'.repeat(1_000_000) };
      expect(explain(made, many)?.findings.map(({ code }) => code)).toContain('nothing_fits');
      expect(explain(made, [given('secret 299'), ...many])).toMatchObject({ verdict: 'valid' });
    });
  });

  it('next to X-App headers each scheme is explained', () => {
    const headers = { 'X-App-Key': APP_KEY, 'webhook-id': ID };
    const request = signedRequest(headers, Buffer.alloc(0));
    const { schemes } = explainSignature({ request, keys: [], appKey: APP_KEY, nowMs: NOW_MS });
    expect(schemes.map(({ scheme }) => scheme)).toEqual(['x-app', 'standard-webhooks']);
  });
});
