import { isEventName } from '@im/contracts/events/names';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsIn, messageWith, requestOf } from '../../../testing/wukongim-requests.js';
import type { SourceRequest } from '../source-kind.js';
import { wukongimAdapter } from './wukongim.adapter.js';

const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe('a status', () => {
  it.each([
    ['u5-1-1-2-1-3', 'user.online', { userId: 'u5', deviceFlag: 1, platform: 'web', connectionId: '2' }],
    ['u-6-1-2-0-3-0-0', 'user.offline', { userId: 'u-6-1', connectionId: '3', totalOnlineCount: 0 }],
    ['u1-0-0-18446744073709551615-0-0', 'user.offline', { connectionId: '18446744073709551615' }],
    ['uid1-0-1', 'user.online', { userId: 'uid1', deviceFlag: 0, platform: 'app' }],
    ['a-b-99-0', 'user.offline', { userId: 'a-b', deviceFlag: 99 }],
  ])('%s is %s', (status, event, data) => {
    expect(eventsIn('user.onlinestatus', [status])).toMatchObject([{ event, data }]);
  });

  it('of the older form, without a connection, is never taken for a repeat', () => {
    expect(eventsIn('user.onlinestatus', ['uid1-0-1'])[0]?.repeat).toBeNull();
  });

  it('among others that cannot be read is delivered as it came, in order', () => {
    const events = eventsIn('user.onlinestatus', ['u5-1-0-5-0-0', 'nonsense', 'u5-1-1-6-1-1']);
    expect(events).toMatchObject([
      { event: 'user.offline' },
      { event: 'wukongim.user.onlinestatus', payload: '{"item":"nonsense"}' },
      { event: 'user.online' },
    ]);
  });
});

describe('an event that has no mapping', () => {
  it.each([
    ['msg.stream', '{"a":12345678901234567890}', ['{"a":12345678901234567890}'], 'wukongim.msg.stream'],
    [
      'constructor',
      '[{"a":1},"u1",[2]]',
      ['{"a":1}', '{"item":"u1"}', '{"item":[2]}'],
      'wukongim.constructor',
    ],
    ['用户/..x?', '7', ['{"item":7}'], 'wukongim._.x_'],
    ['.', '{}', ['{}'], 'wukongim.unknown'],
    ['m'.repeat(5_000), '{}', ['{}'], `wukongim.${'m'.repeat(80)}`],
    ['msg.pin', '[]', [], null],
    [
      'msg.pin',
      JSON.stringify(Array(1_001).fill(1)),
      [`{"items":${JSON.stringify(Array(1_001).fill(1))}}`],
      'wukongim.msg.pin',
    ],
  ])('%.20s with %.40s is delivered as it came', (event, body, payloads, name) => {
    const events = eventsIn(encodeURIComponent(event), body);
    expect(events.map(({ payload }) => payload)).toEqual(payloads);
    for (const each of events) {
      expect(each.event).toBe(name);
      expect(isEventName(each.event)).toBe(true);
    }
  });

  it('is one event with the same one of a retry, and not with its neighbour', () => {
    const keys = () => eventsIn('msg.pin', '[{"a":1},{"a":1}]').map(({ repeat }) => repeat);
    const [one, other] = keys();
    expect(keys()).toEqual([one, other]);
    expect(one).not.toEqual(other);
    expect(one?.withinMs).toBe(10_000);
  });
});

describe('what is not understood', () => {
  it.each<[string, SourceRequest]>([
    ['GET', requestOf('msg.notify', '', { method: 'GET' })],
    ['no event', requestOf('', '[]', { query: '' })],
    ['an unknown event without JSON', requestOf('msg.stream', 'hi')],
    ['no body', requestOf('msg.notify', '')],
    ['broken JSON', requestOf('msg.notify', '[{"a":')],
    ['no UTF-8', requestOf('msg.notify', Buffer.from([0x22, 0xff, 0x22]))],
    ['no objects', requestOf('msg.notify', '[1,2]')],
    ['a large number', requestOf('msg.notify', '[12345678901234567890]')],
    ['no texts', requestOf('user.onlinestatus', '[{}]')],
    ['no statuses', requestOf('user.onlinestatus', '["a","b"]')],
    ['deep JSON', requestOf('msg.notify', `[{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`)],
  ])('%s is answered like the rest', (_, request) => {
    expect(wukongimAdapter.read(request, {}).kind).toBe('not_understood');
    expect(wukongimAdapter.allow(request)).toEqual({ status: 200, contentType: null, body: '' });
  });

  it('is nothing that the query of the configured address causes', () => {
    const request = requestOf('', '["u5-1-1-2-1-3"]', { query: 'a=1?event=user.onlinestatus' });
    expect(wukongimAdapter.read(request, {})).toMatchObject({ kind: 'events', command: 'user.onlinestatus' });
  });

  it(`hostile input of seed ${String(SEED)} never throws, and its events can be written`, () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.string(),
      fc.constantFrom('u1', 'u2@u1', 1, 2, '____cmd'),
    );
    const names = Object.keys(
      messageWith({ to_uids: [], compress: '', compress_to_uids: '', message_id: 1 }),
    );
    const message = fc
      .dictionary(fc.constantFrom(...names, '__proto__', 'x'), value)
      .chain((fields) => fc.constantFrom(fields, messageWith(fields)));
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
    const body = fc.oneof(
      bytes,
      fc.json().map((text) => Buffer.from(text)),
      fc.oneof(message, fc.array(message, { maxLength: 3 })).map((json) => Buffer.from(JSON.stringify(json))),
      fc.array(fc.string()).map((texts) => Buffer.from(JSON.stringify(texts))),
    );
    const query = fc.oneof(
      fc.constantFrom('event=msg.notify', 'event=msg.offline', 'event=user.onlinestatus'),
      fc.string().map((text) => `event=${text}`),
    );
    const result = fc.check(
      fc.property(query, body, (text, content) => {
        const request = requestOf('', content, { query: text });
        wukongimAdapter.appended(request);
        const reading = wukongimAdapter.read(request, {});
        const events = reading.kind === 'events' ? reading.events : [];
        return events.every(({ payload, conversationId }) => {
          const written: unknown = JSON.parse(payload);
          return typeof written === 'object' && (conversationId ?? '').length <= 200;
        });
      }),
      { seed: SEED, numRuns: 2_000 },
    );
    expect(result.failed ? fc.defaultReportMessage(result) : '').toBe('');
  });
});

describe('the adapter', () => {
  it('makes the server try again while nothing can be stored', () => {
    const request = requestOf('msg.notify', '[]');
    expect(wukongimAdapter.unavailable(request)).toEqual({ status: 503, contentType: null, body: '' });
    expect(wukongimAdapter.resends).toBe(true);
  });

  it('appends to the address of a receiver what the server would, without other parameters', () => {
    const request = requestOf('', '[]', { query: 'event=msg.offline&src=a+b' });
    expect(wukongimAdapter.appended(request)).toEqual({ pathSuffix: null, query: 'event=msg.offline' });
    expect(wukongimAdapter.appended({ ...request, query: '' }).query).toBeNull();
  });

  it.each([
    ['v2', undefined, 'message.sent'],
    ['v2', 'msg.offline', 'message.offline'],
    ['v2', 'user.onlinestatus', 'user.online'],
    ['v3', 'msg.notify', 'message.sent'],
    ['v3', 'msg.offline', 'message.offline'],
    ['v3', 'user.onlinestatus', 'user.online'],
  ])('plays a request of %s: %s', (version, command, event) => {
    const sample = wukongimAdapter.sample(command, { version }, new Date('2026-11-29T16:00:00.123Z'));
    const reading = sample && wukongimAdapter.read(sample, { version });
    expect(reading).toMatchObject({ kind: 'events', events: [{ event }] });
    expect(wukongimAdapter.sample('msg.stream', { version }, new Date())).toBeNull();
  });

  it('writes the settings of v3 with a queue that keeps offline events', () => {
    const { snippet, file, notes, version } = wukongimAdapter.snippet(
      'https://a.example/in/wukongim/t',
      undefined,
      {},
    );
    expect({ version, file }).toEqual({ version: 'v3', file: 'wukongim.toml' });
    expect(snippet).toBe(`[webhook]
http_addr = "https://a.example/in/wukongim/t"
focus_events = ["msg.notify", "msg.offline", "user.onlinestatus"]
queue_size = 65536
`);
    expect(notes.every(({ en, zh }) => en !== '' && zh !== '')).toBe(true);
  });

  it.each([
    [null, '  httpAddr: "https://a.example/in/wukongim/t"\n'],
    ['hook.example:6979', '  grpcAddr: "hook.example:6979"\n'],
  ])('writes the settings of v2 with the gRPC authority %j', (grpcAuthority, line) => {
    const { snippet, file } = wukongimAdapter.snippet('https://a.example/in/wukongim/t', 'v2', {
      grpcAuthority,
    });
    expect(file).toBe('wk.yaml');
    expect(snippet).toBe(`webhook:\n${line}  msgNotifyEventPushInterval: 500ms\n`);
  });
});
