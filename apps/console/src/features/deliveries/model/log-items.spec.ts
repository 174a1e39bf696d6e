import { expect, it } from 'vitest';
import { logItems } from './log-items.js';

const row = (deliveryId: string, ...at: [day: number, hour: number]) => ({
  deliveryId,
  attempts: 1,
  createdAt: new Date(2026, 10, ...at).toISOString(),
});

it('puts a heading before the first row of each day', () => {
  const rows = [row('c', 30, 9), row('b', 30, 0), row('a', 29, 23)];
  expect(logItems(rows).map((item) => item.row?.deliveryId ?? new Date(item.day ?? '').getDate())).toEqual([
    30,
    'c',
    'b',
    29,
    'a',
  ]);
});

it('has none without rows', () => {
  expect(logItems([])).toEqual([]);
});
