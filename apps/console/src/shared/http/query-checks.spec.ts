import { listDeliveriesQuerySchema } from '@im/contracts/api/deliveries';
import { isEventPattern } from '@im/contracts/events/names';
import { DELIVERY_STATUSES } from '@im/contracts/api/delivery-constants';
import { describe, expect, it } from 'vitest';
import { isInstant, isSearch, isText, isUuid, isWholeNumber, keepValid, oneOf } from './query-checks.js';

const { shape } = listDeliveriesQuerySchema;
const UUID = '0198c1f2-0000-7000-8000-000000000001';

/** Some fit, most nearly do; every check gets all of them. */
const TEXTS = [
  ...['', ' ', 'a', ' a ', 'pending', 'Pending', 'message.sent', 'message.*', 'message.', 'a b', '群聊'],
  ...[UUID, UUID.toUpperCase(), `${UUID}0`, UUID.replaceAll('-', ''), `{${UUID}}`, `${UUID}\n`],
  ...['200', '99', '100', '599', '600', '200.5', '2e2', ' 200', '-200', '0200', '0x64', '1'.repeat(16)],
  ...[
    '2026-11-20',
    '2026-11-20T08:00:00Z',
    '2026-11-20T08:00Z',
    '2026-11-20T08:00:00',
    '2026-11-20 08:00:00Z',
  ],
  ...['2026-11-20T08:00:00.123456Z', '2026-11-20T08:00:00+08:00', '2026-11-20T08:00:00+0800'],
  ...['2026-11-20T24:00:00Z', '2026-11-20T08:60:00Z', '2026-11-20T08:00:60Z', '2026-11-20T08:00:00+24:00'],
  ...['2026-02-29T00:00:00Z', '2024-02-29T00:00:00Z', '2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z'],
  ...['2026-04-31T00:00:00Z', '2026-00-10T00:00:00Z', '2026-11-00T00:00:00Z', '2100-02-29T00:00:00Z'],
  ...[
    '1970-01-01T00:00:00Z',
    '1970-01-01T00:00:00+01:00',
    '1969-12-31T23:00:00-02:00',
    '0000-01-01T00:00:00Z',
  ],
  ...['9999-12-31T23:59:59Z', '9999-12-31T23:59:59-01:00', '2026-11-20t08:00:00z', '2026-11-20T08:00:00Z\n'],
  ...[
    'x'.repeat(200),
    'x'.repeat(201),
    `${'x'.repeat(199)}  `,
    'a\u0000b',
    '\ud800',
    'a\u200bb',
    '\u200b',
    '\u3164',
  ],
];

describe('a value counts as set exactly when the API takes it', () => {
  it.each([
    ['a choice', oneOf(DELIVERY_STATUSES), shape.status],
    ['an event or a family', isEventPattern, shape.event],
    ['a whole number', isWholeNumber(100, 599), shape.responseStatus],
    ['an instant', isInstant, shape.from],
    ['a UUID', isUuid, shape.callbackId],
    ['an id of another system', isText, shape.messageId],
    ['a search', isSearch, shape.q],
  ])('%s', (_, check, schema) => {
    const taken = TEXTS.filter((text) => schema.safeParse(text).success);
    expect(TEXTS.filter(check)).toEqual(taken);
    expect(taken).not.toEqual([]);
  });
});

it('blanks what does not fit, and leaves out what has no check', () => {
  const checks = { status: oneOf(DELIVERY_STATUSES), callbackId: isUuid };
  const values = { status: 'lost', callbackId: UUID, range: '1h' };
  expect(keepValid(checks, values)).toEqual({ status: '', callbackId: UUID });
});
