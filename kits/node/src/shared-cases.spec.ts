import { describe, expect, it } from 'vitest';
import { CallbackError } from './errors.js';
import { parseJson, printJson } from './json.js';
import { isEvent, parseCallbacks } from './parse.js';
import { signRequest } from './sign.js';
import { bodyOf, CASES } from './testing/test-cases.js';
import { verify } from './verify.js';

function outcome(work: () => unknown): string {
  try {
    work();
    return 'ok';
  } catch (error) {
    return error instanceof CallbackError ? error.code : String(error);
  }
}

describe('verify', () => {
  it.each(CASES.verify)('$name: $expected', ({ headers, bodyBase64, nowMs, expected, ...options }) => {
    const given = outcome(() => verify(headers, bodyOf(bodyBase64), { ...options, now: () => nowMs }));
    expect(given).toBe(expected);
  });

  it.each([['', []], [['']]])('has no opinion without a secret: %j', (...secrets) => {
    expect(() => verify({}, Buffer.alloc(0), { secrets: secrets.flat() })).toThrow(TypeError);
  });

  it('reads the headers of fetch too', () => {
    const [{ headers, bodyBase64, nowMs, secrets }] = CASES.verify as [(typeof CASES.verify)[number]];
    const verified = verify(new Headers(headers), bodyOf(bodyBase64), { secrets, now: () => nowMs });
    expect(verified.secretIndex).toBe(0);
  });

  it('takes another window', () => {
    const [{ headers, bodyBase64, nowMs, secrets }] = CASES.verify as [(typeof CASES.verify)[number]];
    const check = (lateMs: number) =>
      outcome(() =>
        verify(headers, bodyOf(bodyBase64), { secrets, windowMs: 1_000, now: () => nowMs + lateMs }),
      );
    expect([check(1_000), check(1_001)]).toEqual(['ok', 'outside_window']);
  });
});

describe('signRequest', () => {
  const { appKey, secret: appSecret, timestamp, nonce, body, signature } = CASES.sign;

  it('signs as the vectors say', () => {
    const headers = signRequest(body, { appKey, appSecret, timestampMs: Number(timestamp), nonce });
    expect(headers).toMatchObject({ 'X-App-Signature': signature, 'X-App-Timestamp': timestamp });
  });

  it('takes a new nonce each time, and no empty secret', () => {
    const [first, second] = [1, 2].map(() => signRequest(body, { appKey, appSecret })['X-App-Nonce']);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(second).not.toBe(first);
    expect(() => signRequest(body, { appKey, appSecret: '' })).toThrow(TypeError);
  });
});

describe('parseCallbacks', () => {
  it.each(CASES.parse)('$name', ({ headers, body, expected }) => {
    const parse = () => parseCallbacks(headers, Buffer.from(body));
    const wanted = expected && {
      ...expected,
      callbacks: expected.callbacks.map(({ dataText, ...callback }) => ({
        ...callback,
        data: parseJson(dataText),
        rawBody: expected.format === 'raw' ? Buffer.from(body) : null,
      })),
    };
    expect(wanted === null ? outcome(parse) : parse()).toEqual(wanted ?? 'malformed_body');
  });

  it('refuses what is not UTF-8, but for raw bodies', () => {
    const bytes = Buffer.from([0x22, 0xff, 0x22]);
    expect(outcome(() => parseCallbacks({}, bytes))).toBe('malformed_body');
    const raw = { 'X-App-Format': 'raw', 'X-App-Callback-Id': 'c1', 'X-App-Event': 'openim.x' };
    const [callback] = parseCallbacks(raw, bytes).callbacks;
    expect(callback).toMatchObject({ callbackId: 'c1', data: undefined, rawBody: bytes });
  });

  it('gives built-in events their types', () => {
    const [callback] = parseCallbacks(
      {},
      Buffer.from('{"callbackId":"c1","event":"message.sent","data":{"text":"hi"}}'),
    ).callbacks;
    const text: string | undefined =
      callback && isEvent(callback, 'message.sent') ? callback.data.text : undefined;
    expect(text).toBe('hi');
  });
});

describe('JSON', () => {
  it.each([
    '{"a":9007199254740993,"b":[-9007199254740993,1]}',
    '["\\\\",9007199254740993,"9007199254740993","\\"9007199254740993"]',
    '12345678901234567890123',
    '[1,0.5,"x"]',
  ])('%s is printed as it was read', (text) => {
    expect(printJson(parseJson(text))).toBe(text);
  });

  it('has bigint only where a number is too large for a double', () => {
    const text = '[9007199254740991,9007199254740993,1234567890123456.5,1e21,0.1234567890123456789]';
    expect(parseJson(text)).toEqual([
      Number.MAX_SAFE_INTEGER,
      9007199254740993n,
      1234567890123456.5,
      1e21,
      Number('0.1234567890123456789'),
    ]);
  });

  it.each(['0123456789012345678', '1-9007199254740993', '{"a":9007199254740993', '"9007199254740993'])(
    'of %s is undefined',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );
});
