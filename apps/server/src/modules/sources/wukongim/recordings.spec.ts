/** Checks what every recorded request of both versions becomes. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findEvent } from '@im/contracts/events/catalogue';
import { describe, expect, it } from 'vitest';
import type { SourceEvent, SourceRequest } from '../source-kind.js';
import { wukongimAdapter } from './wukongim.adapter.js';

interface Recording {
  method: string;
  path: string;
  headers: [string, string][];
  bodyBase64: string;
  note: string;
}

const FOLDER = path.join(import.meta.dirname, 'fixtures');

/** Files by the beginnings of their names; equal neighbours are counted. */
const V2: Record<string, string[]> = {
  c001: ['message.offline u5>u2 single:u2:u5 text, 1 recipient'],
  c004: ['user.online u5'],
  c005: ['user.offline u5'],
  'grpc-0001': ['message.sent u1>u2 single:u1:u2 text'],
  'grpc-0002': ['message.offline u1>u2 single:u1:u2 text, 1 recipient'],
  'grpc-0003': ['user.online u5'],
  w001: ['message.offline u1>u2 single:u1:u2 text, 1 recipient'],
  w002: ['message.sent u1>u2 single:u1:u2 text'],
  w003: ['message.offline u1>u2 single:u1:u2 text, 1 recipient'],
  w004: ['message.sent u1>u2 single:u1:u2 text'],
  w007: ['wukongim.msg.notify'],
  w008: ['message.offline ____system>u2 single:____system:u2 text, 1 recipient'],
  w010: ['wukongim.msg.notify'],
  w011: [],
  w012: ['message.sent u2>u2 single:u2:u2 text'],
  w013: ['message.offline u1>u2 single:u1:u2 text, 1 recipient'],
  w014: ['system.notification u1>u2 single:u1:u2 cmd'],
  w015: ['system.notification u1>- - cmd'],
  w016: ['message.offline u1>u2 single:u1:u2 custom, 1 recipient'],
  w017: ['message.sent u1>u2 single:u1:u2 custom'],
  w019: ['message.offline u1>- group:g1 text, 3 recipients'],
  w020: ['message.offline u9>- group:g1 text, 4 recipients'],
  w022: ['message.offline ____system>- group:g1 text, 4 recipients'],
  w024: ['100 × message.sent u1>u2 single:u1:u2 text'],
  w277: ['user.online u5'],
  w278: ['user.online u5', 'user.online u-6-1'],
  w279: ['user.offline u-6-1', 'user.offline u5'],
  w280: ['user.offline u5'],
  w285: ['message.offline u1>u2 single:u1:u2 text, 1 recipient'],
  w290: [
    'message.sent ____system>r1 single:____system:r1 text',
    '3 × wukongim.msg.notify',
    'message.sent ____system>r5 single:____system:r5 text',
    'wukongim.msg.notify',
    'message.sent u1>u2 single:u1:u2 text',
    '2 × wukongim.msg.notify',
  ],
  w308: ['system.notification u1>- - cmd'],
  w309: ['system.notification u1>- - cmd'],
  w310: ['message.offline u1>- group:gbig text, 1100 recipients'],
  w312: ['message.offline u1>u2 single:u1:u2 text, 1 recipient'],
  w313: ['message.sent u1>u2 single:u1:u2 text'],
  w317: ['message.sent u1>u2 single:u1:u2 text'],
  w337: ['5 × message.sent u1>u2 single:u1:u2 text'],
  w344: ['3 × message.sent u1>u2 single:u1:u2 custom'],
  w346: ['5 × message.sent u1>u2 single:u1:u2 custom'],
  w360: ['wukongim.msg.offline'],
};

const V3: Record<string, string[] | null> = {
  w001: ['message.offline u1>u2 single:u1:u2 text, 1 recipient'],
  w002: ['message.sent u1>u2 single:u1:u2 text'],
  w003: ['message.offline u1>u2 single:u1:u2 text, 1 recipient'],
  w004: ['message.sent u1>u2 single:u1:u2 text'],
  w005: ['message.offline ____system>u2 single:____system:u2 text, 1 recipient'],
  w007: [],
  w008: ['message.sent u2>u2 single:u2:u2 text'],
  w009: ['system.notification u1>u2 single:u1:u2 cmd'],
  w010: ['message.offline u1>u2 single:u1:u2 custom, 1 recipient'],
  w011: ['message.sent u1>u2 single:u1:u2 custom'],
  w013: ['message.sent u1>- group:g1 text'],
  w014: ['message.offline ____system>- group:g1 text, 4 recipients'],
  w015: ['message.sent ____system>- group:g1 text'],
  w016: ['message.offline u1>- group:gbig text, 511 recipients'],
  w018: ['message.offline u1>- group:gbig text, 77 recipients'],
  w019: ['message.sent u1>- group:gbig text'],
  w022: ['72 × message.sent u1>u2 single:u1:u2 text'],
  w035: ['user.online u5'],
  w036: ['user.online u-6-1', 'user.online u5'],
  w037: ['user.offline u-6-1'],
  w038: ['user.offline u5'],
  w040: ['user.offline u5', 'user.online u5'],
  w044: [],
  w047: ['message.offline u1>u2 single:u1:u2 text, 1 recipient'],
  w048: ['message.offline u1>u2 single:u1:u2 text, 1 recipient'],
  w050: ['message.sent u1>u2 single:u1:u2 text'],
  w052: ['message.sent u1>u2 single:u1:u2 text'],
  w082: null,
};

function recorded(version: string, name: string): SourceRequest {
  const file = readdirSync(path.join(FOLDER, version)).find((each) => each.startsWith(`${name}-`));
  const text = readFileSync(path.join(FOLDER, version, file ?? name), 'utf8');
  const recording = JSON.parse(text) as Recording;
  const event = /EventReq\{event: "([^"]+)"/.exec(recording.note)?.[1];
  return {
    method: recording.method,
    path: '',
    query: event === undefined ? (recording.path.split('?')[1] ?? '') : `event=${event}`,
    headers: Object.fromEntries(recording.headers.map(([header, value]) => [header.toLowerCase(), value])),
    body: Buffer.from(recording.bodyBase64, 'base64'),
    receivedAt: new Date('2026-11-29T16:00:00Z'),
  };
}

function eventsOf(version: string, name: string): SourceEvent[] {
  const reading = wukongimAdapter.read(recorded(version, name), { version });
  return reading.kind === 'events' ? reading.events : [];
}

function describeEvent({ event, data }: SourceEvent): string {
  if (event.startsWith('wukongim.')) return event;
  if (event.startsWith('user.')) return `${event} ${String(data.userId)}`;
  const message = (data.message ?? data) as Record<string, string | undefined>;
  const { senderId, receiverId = '-', conversationId = '-', contentType, notificationType } = message;
  const kind = contentType ?? notificationType ?? '';
  const recipients = data.recipientIds as string[] | undefined;
  const to = recipients
    ? `, ${String(recipients.length)} recipient${recipients.length === 1 ? '' : 's'}`
    : '';
  return `${event} ${senderId ?? '-'}>${receiverId} ${conversationId} ${kind}${to}`;
}

function counted(lines: readonly string[]): string[] {
  const runs: { line: string; count: number }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.line === line) last.count += 1;
    else runs.push({ line, count: 1 });
  }
  return runs.map(({ line, count }) => (count === 1 ? line : `${String(count)} × ${line}`));
}

describe.each([
  ['v2', V2],
  ['v3', V3],
])('recordings of %s', (version, expected) => {
  it('are all listed', () => {
    const names = readdirSync(path.join(FOLDER, version)).map(
      (file) => /^(?:grpc-)?[^-]+/.exec(file)?.[0] ?? file,
    );
    expect(Object.keys(expected).toSorted()).toEqual(names.toSorted());
  });

  it.each(Object.entries(expected))('%s becomes %j', (name, lines) => {
    const reading = wukongimAdapter.read(recorded(version, name), { version });
    expect(reading.kind).toBe(lines === null ? 'not_understood' : 'events');
    const events = eventsOf(version, name);
    expect(counted(events.map(describeEvent))).toEqual(lines ?? []);
    for (const { event, data, payload } of events) {
      expect(JSON.stringify(data)).toBe(payload);
      expect(findEvent(event)?.schema.safeParse(JSON.parse(payload)).error).toBeUndefined();
    }
  });
});

describe('a message that was recorded', () => {
  it.each([
    ['v2', { header: { no_persist: 0, red_dot: 1, sync_once: 0 }, channel_id: 'u2' }],
    ['v3', { header: { no_persist: 0, red_dot: 0, sync_once: 0 }, channel_id: 'u2@u1', topic: 't1' }],
  ])('%s keeps in extra what the catalogue has no field for', (version, kept) => {
    const [event] = eventsOf(version, 'w004');
    expect(event?.data).toMatchObject({
      clientMessageId: 'c-1',
      content: { type: 1, content: 'with fields' },
      text: 'with fields',
      seq: 2,
      status: 'normal',
    });
    expect(event?.data.extra).toEqual({
      wukongim: { setting: 0, expire: 3600, channel_type: 1, ...kept },
    });
    expect(event?.occurredAt?.toISOString()).toBe(event?.data.sentAt);
  });

  it('has its id to the digit, beyond 2^53', () => {
    const [sent] = eventsOf('v3', 'w002');
    expect(sent?.data.messageId).toBe('2127058933028753408');
    const [lost] = eventsOf('v2', 'w007');
    expect(lost?.payload).toBe(recorded('v2', 'w007').body.toString().slice(1, -1));
  });

  it('is in one conversation in both directions, versions and requests', () => {
    const names: [string, string][] = [
      ['v2', 'w001'],
      ['v2', 'w002'],
      ['v3', 'w001'],
      ['v3', 'w002'],
    ];
    const ids = names.map(([version, name]) => {
      const data = eventsOf(version, name)[0]?.data;
      return ((data?.message ?? data) as Record<string, unknown>).conversationId;
    });
    expect(new Set(ids)).toEqual(new Set(['single:u1:u2']));
  });

  it('whose payload is no JSON keeps its bytes', () => {
    const [event] = eventsOf('v3', 'w011');
    expect(event?.data).toMatchObject({ contentType: 'custom', content: { base64: 'AAEgcGxhaW4gYnl0ZXM=' } });
    expect(event?.data).not.toHaveProperty('text');
  });

  it('that was not stored has no sequence number', () => {
    const [event] = eventsOf('v2', 'w013');
    expect(event?.data.message).not.toHaveProperty('seq');
  });
});

describe('repeats', () => {
  function keysOf(version: string, name: string): (string | undefined)[] {
    return eventsOf(version, name).map(({ repeat }) => repeat?.key);
  }

  it('of a batch are known message by message, with new ones mixed in', () => {
    const before = keysOf('v2', 'w344');
    const after = keysOf('v2', 'w346');
    expect(after.filter((key) => before.includes(key))).toHaveLength(2);
    expect(new Set([...before, ...after]).size).toBe(6);
    expect(eventsOf('v2', 'w346').map(({ repeat }) => repeat?.withinMs)).toEqual(Array(5).fill(null));
  });

  it.each([
    ['v3', 'w047', 'w048'],
    ['v3', 'w050', 'w052'],
    ['v2', 'w313', 'w317'],
  ])('of %s %s and %s have one key', (version, first, again) => {
    expect(keysOf(version, first)).toEqual(keysOf(version, again));
  });

  it('of msg.notify and msg.offline differ, so that both are delivered', () => {
    expect(keysOf('v3', 'w047')).not.toEqual(keysOf('v3', 'w050'));
  });

  it('of statuses are known by user, connection and state for ten seconds', () => {
    expect(eventsOf('v3', 'w040').map(({ repeat }) => repeat)).toEqual([
      { key: 'user.onlinestatus:u5|5|offline', withinMs: 10_000 },
      { key: 'user.onlinestatus:u5|6|online', withinMs: 10_000 },
    ]);
  });
});
