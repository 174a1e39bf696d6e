import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { eventsIn, messageWith } from '../../../testing/wukongim-requests.js';

describe('recipients of msg.offline', () => {
  const group = { from_uid: 'u1', channel_id: 'g1', channel_type: 2 };

  function recipientsIn(fields: Record<string, unknown>): unknown[] {
    return eventsIn('msg.offline', messageWith({ ...group, ...fields })).map(
      ({ event, data }) => data.recipientIds ?? event,
    );
  }

  function inGzip(list: unknown): Record<string, unknown> {
    return { compress: 'gzip', compress_to_uids: gzipSync(JSON.stringify(list)).toString('base64') };
  }

  it.each([
    [{ to_uids: ['u2', 'u1', '____system', 'u2'] }, [['u2']]],
    [{ to_uids: [] }, []],
    [{ to_uids: null }, []],
    [{ to_uids: ['u1'] }, []],
    [{ from_uid: '', to_uids: ['____system', 'u2'] }, [['u2']]],
    [{ to_uids: [], ...inGzip(['u3', 'u1']) }, [['u3']]],
    [inGzip(['u3']), [['u3']]],
  ])('%j are %j', (fields, lists) => {
    expect(recipientsIn(fields)).toEqual(lists);
  });

  it.each([
    [{ to_uids: [], compress: 'gzip', compress_to_uids: 'H4sIAAAAAAAA/w==' }],
    [{ compress: 'zstd', compress_to_uids: 'AAAA' }],
    [{ compress: 'gzip' }],
    [inGzip({ not: 'a list' })],
    [inGzip(['x'.repeat(10_000_000)])],
    [{ to_uids: 'u2' }],
    [{ to_uids: ['u2', 5] }],
    [{ to_uids: ['x'.repeat(201)] }],
  ])('%.80j cannot be read: the original is delivered', (fields) => {
    expect(recipientsIn(fields)).toEqual(['wukongim.msg.offline']);
  });

  it('in three requests of one message are 1,101 together, each request known by its recipients', () => {
    const uids = Array.from({ length: 1_101 }, (_, index) => `m${String(index)}`);
    const parts = [
      { ...inGzip(uids.slice(0, 512)) },
      { ...inGzip(uids.slice(512, 1_024)) },
      { to_uids: uids.slice(1_024) },
    ];
    const bodies = [...parts, ...parts].map((part) => messageWith({ ...group, ...part }));
    const events = bodies.flatMap((body) => eventsIn('msg.offline', body));
    const byPart = new Map(events.map((event) => [event.repeat?.part, event.data.recipientIds]));
    expect(byPart.size).toBe(3);
    expect(new Set(events.map(({ repeat }) => repeat?.key)).size).toBe(1);
    expect(new Set([...byPart.values()].flat())).toEqual(new Set(uids));
  });

  it('are the same part in any order', () => {
    const parts = [
      ['u2', 'u3'],
      ['u3', 'u2'],
    ].map((to_uids) => eventsIn('msg.offline', messageWith({ ...group, to_uids }))[0]?.repeat?.part);
    expect(parts[0]).toBe(parts[1]);
  });

  it('of a group that is too large for one event come in several', () => {
    const uids = Array.from({ length: 30_000 }, (_, index) => `user-${String(index)}`);
    const events = eventsIn('msg.offline', messageWith({ ...group, to_uids: uids }));
    expect(events.length).toBeGreaterThan(1);
    expect(Math.max(...events.map(({ payload }) => payload.length))).toBeLessThan(262_144);
    expect(events.flatMap(({ data }) => data.recipientIds)).toEqual(uids);
    expect(new Set(events.map(({ repeat }) => repeat?.part)).size).toBe(events.length);
  });
});
