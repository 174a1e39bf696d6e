import { describe, expect, it } from 'vitest';
import { sampleTracedEvent } from '../../../testing/sample-trace.js';
import { mainEventOf, timelineOf } from './timeline.js';

const at = (receivedAt: string) => sampleTracedEvent({ receivedAt });

describe('timelineOf', () => {
  it('marks a pause of ten minutes and more after the event before it', () => {
    const events = [at('2026-11-29T15:30:00Z'), at('2026-11-29T15:20:00Z'), at('2026-11-29T15:10:01Z')];
    expect(timelineOf(events).map(({ gapMs }) => gapMs)).toEqual([600_000, null, null]);
  });
});

describe('mainEventOf', () => {
  const sent = sampleTracedEvent({ event: 'message.sent' });
  const read = sampleTracedEvent({ event: 'message.read' });
  const revoked = sampleTracedEvent({ event: 'message.revoked' });

  it.each([
    ['that the message was sent', [revoked, sent, read], sent],
    ['else the first one', [revoked, read], read],
    ['of nothing nothing', [], undefined],
  ])('is %s', (_, events, main) => {
    expect(mainEventOf(events)).toBe(main);
  });
});
