import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceRequest } from '../source-kind.js';
import { dootaskAdapter } from './dootask.adapter.js';
import { redactTokens } from './redact-tokens.js';

const BOT = 'BotTokenOfAllSecrets+/=';
const USER = 'UserToken"and\\more';
const SEED = randomInt(2 ** 31);

const redacted = (body: string | Buffer) => redactTokens(Buffer.from(body as string)).toString('utf8');
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

function multipart(parts: [name: string, value: string][], end = '\r\n'): string {
  const lines = parts.map(
    ([name, value]) => `--B42\r\nContent-Disposition: attachment; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${lines.join('')}--B42--${end}`;
}

const USER_PARTS: [string, string][] = ['1', 'u@x.y', 'U', '', 'zh', USER].map((value) => [
  'msg_user',
  value,
]);

describe('taking tokens out', () => {
  it.each([
    [
      'of a form',
      form({ event: 'message', token: BOT, 'msg_user[token]': USER, text: `a ${BOT} b ${USER}` }),
    ],
    [
      'of a form that does not encode',
      `event=message&token=${BOT}&msg_user[token]=${encodeURIComponent(USER)}&z=1`,
    ],
    [
      'of names that are encoded oddly',
      `event=x&%74oken=${encodeURIComponent(BOT)}&msg_user%5b%74oken%5d=${form({ a: USER }).slice(2)}`,
    ],
    ['of parts', multipart([['text', `@${BOT}`], ['token', BOT], ...USER_PARTS])],
    ['of parts that break off', multipart([['text', '@a'], ['token', BOT], ...USER_PARTS]).slice(0, -12)],
    [
      'of JSON',
      JSON.stringify({ event: 'message', token: BOT, msg_user: { token: USER }, text: `a ${USER} ${BOT}` }),
    ],
    [
      'of JSON with keys that are escaped',
      `{"\\u0074oken":${JSON.stringify(BOT)},"msg_user":{"tok\\u0065n":${JSON.stringify(USER)}}}`,
    ],
    ['of JSON with a token that is an object', JSON.stringify({ token: { value: BOT, other: [USER] } })],
    ['of broken JSON', `{"event":"message","token":${JSON.stringify(BOT)},"msg_user":{"token":"Plain`],
    ['of text that is nothing', `<<< token=${BOT}\nand {"token": "${BOT}"} `],
    [
      'of parts whose beginning is missing',
      multipart([['text', '@a'], ['token', BOT], ...USER_PARTS]).slice(20),
    ],
  ])('%s leaves none', (_, body) => {
    const shown = redacted(body);
    expect(shown).toContain('***');
    for (const token of [BOT, USER]) {
      for (const text of [token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1)]) {
        expect(shown).not.toContain(text);
      }
    }
  });

  it('changes nothing else', () => {
    expect(redacted(`event=message&text=a%26token%3Db&token=${encodeURIComponent(BOT)}&msg_id=2`)).toBe(
      'event=message&text=a%26token%3Db&token=***&msg_id=2',
    );
    expect(
      redacted(
        multipart([
          ['text', '@token=abc'],
          ['token', BOT],
        ]),
      ),
    ).toBe(
      multipart([
        ['text', '@token=abc'],
        ['token', '***'],
      ]),
    );
    const plain = Buffer.from('event=message&text=\xff\x00%ff', 'latin1');
    expect(redactTokens(plain)).toBe(plain);
  });

  it('masks a short token where it is named, and not the ids that look like it', () => {
    expect(redacted('event=message&token=12&msg_id=12')).toBe('event=message&token=***&msg_id=12');
  });

  it('also looks at the query and at a header', () => {
    const request: SourceRequest = {
      ...{ method: 'POST', path: '', query: `x=1&token=${BOT}`, receivedAt: new Date() },
      headers: { token: BOT, 'content-type': 'text/plain' },
      body: Buffer.from('a=1'),
    };
    expect(dootaskAdapter.redact(request)).toMatchObject({
      query: 'x=1&token=***',
      headers: { token: '***', 'content-type': 'text/plain' },
    });
  });

  it('of bodies that are made to take long ends', () => {
    const size = 2_097_152;
    const bodies = ['token=', '"token":', '--', 'name="token"\n', '&', '%5Btoken%5D', '{"token":"', '\n--a'];
    for (const body of bodies) {
      const request = { ...BLANK, body: Buffer.from(body.repeat(Math.floor(size / body.length))) };
      expect(dootaskAdapter.redact(request).body.length).toBeGreaterThan(0);
      expect(dootaskAdapter.read(request, {}).kind).toMatch(/events|not_understood/);
    }
  });
});

const BLANK = {
  ...{ method: 'POST', path: '', query: '', headers: {}, receivedAt: new Date() },
} satisfies Omit<SourceRequest, 'body'>;

const name = fc.oneof(
  fc.constantFrom(
    'event',
    'text',
    'token',
    'msg_user',
    'member',
    'msg_user[token]',
    'dialog_id',
    '__proto__',
    'a[][b]',
  ),
  fc.string({ maxLength: 20 }),
);
const value = fc.oneof(
  fc.constantFrom('message', '12', '', 'group', '{"a":1}'),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const pairs = fc.array(fc.tuple(name, value), { maxLength: 20 });
const whole = fc.oneof(
  pairs.map((given) =>
    given
      .map(
        ([key, each]) =>
          `${encodeURIComponent(key.toWellFormed())}=${encodeURIComponent(each.toWellFormed())}`,
      )
      .join('&'),
  ),
  pairs.map((given) => given.map(([key, each]) => `${key}=${each}`).join('&')),
  pairs.map((given) => multipart(given)),
  fc.json(),
  pairs.map((given) => JSON.stringify(Object.fromEntries(given))),
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.tuple(whole, fc.nat(400)).map(([text, length]) => Buffer.from(text).subarray(0, length)),
  whole.map((text) => Buffer.from(text)),
);

it(`reads and redacts whatever it is sent (seed ${String(SEED)})`, () => {
  fc.assert(
    fc.property(body, (bytes) => {
      const request = { ...BLANK, body: bytes };
      const reading = dootaskAdapter.read(request, {});
      const events = reading.kind === 'events' ? reading.events : [];
      for (const { payload, event } of events) {
        expect(event).toMatch(/^[A-Za-z0-9][\w./:-]{0,99}$/);
        expect(JSON.parse(payload)).toBeTypeOf('object');
      }
      const once = dootaskAdapter.redact(request);
      expect(dootaskAdapter.redact(once).body).toEqual(once.body);
    }),
    { seed: SEED, numRuns: 2_000 },
  );
});
