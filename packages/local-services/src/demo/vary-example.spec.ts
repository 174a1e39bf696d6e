import { describe, expect, it } from 'vitest';
import { EVENT_CATALOGUE } from '@im/contracts/events/catalogue';
import { varyExample } from './vary-example.js';

const AT = new Date('2026-11-21T08:00:00.000Z');

describe('an event of the demo', () => {
  it('happens now, under an id of its own, between the same people', () => {
    const example = {
      messageId: 'm1',
      senderId: 'u1',
      sentAt: '2020-01-01T00:00:00Z',
      message: { messageId: 'm2' },
    };
    expect(varyExample(example, AT, 'x7')).toEqual({
      messageId: 'm1-x7',
      senderId: 'u1',
      sentAt: AT.toISOString(),
      message: { messageId: 'm2-x7' },
    });
  });

  it.each(EVENT_CATALOGUE.map((definition) => [definition.event, definition] as const))(
    'is a valid %s',
    (_event, { schema, example }) => {
      expect(schema.safeParse(varyExample(example, AT, 'x7')).error).toBeUndefined();
    },
  );
});
