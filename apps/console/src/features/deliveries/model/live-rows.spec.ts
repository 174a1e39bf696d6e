import { beforeEach, describe, expect, it } from 'vitest';
import { LiveRows, MAX_LIVE_ROWS } from './live-rows.js';

const row = (second: number, status = 'pending', attempts = 1) => ({
  attempts,
  deliveryId: `d${String(second).padStart(4, '0')}`,
  createdAt: new Date(Date.UTC(2026, 10, 30) + second * 1_000).toISOString(),
  status,
});
const ids = (rows: readonly { deliveryId: string }[]) =>
  rows.map(({ deliveryId }) => Number(deliveryId.slice(1)));

let rows: LiveRows<ReturnType<typeof row>>;

beforeEach(() => {
  rows = new LiveRows();
  rows.start([row(20), row(10)], false);
});

describe('the rows of a live log', () => {
  it('shows new ones at their place, and tells which they are', () => {
    rows.take(row(30));
    rows.take(row(15));
    expect([...rows.show(false)]).toEqual(['d0030', 'd0015']);
    expect(ids(rows.shown)).toEqual([30, 20, 15, 10]);
  });

  it('changes a row where it is', () => {
    rows.take(row(10, 'success'));
    expect(rows.show(false).size).toBe(0);
    expect(rows.shown.map(({ status }) => status)).toEqual(['pending', 'success']);
  });

  it('keeps what came while the page was loaded again, unless the page knows more', () => {
    rows.take(row(30));
    rows.take(row(20, 'failed', 1));
    rows.take(row(10, 'failed', 3));
    rows.start([row(20, 'success', 2), row(10, 'pending', 2)], false);
    rows.show(false);
    expect(rows.shown.map(({ status }) => status)).toEqual(['pending', 'success', 'failed']);
  });

  it('forgets everything for another log', () => {
    rows.take(row(30));
    rows.clear();
    rows.start([row(5)], false);
    rows.show(false);
    expect(ids(rows.shown)).toEqual([5]);
  });

  it('leaves those of later pages out, unless there are none', () => {
    rows.take(row(5));
    rows.show(false);
    expect(ids(rows.shown)).toEqual([20, 10]);
    rows.start([row(20)], true);
    rows.take(row(5));
    rows.show(false);
    expect(ids(rows.shown)).toEqual([20, 5]);
  });

  it('keeps new ones waiting for a reader who has scrolled, while known ones change', () => {
    rows.take(row(30));
    rows.take(row(20, 'failed'));
    rows.show(true);
    expect(ids(rows.shown)).toEqual([20, 10]);
    expect(rows.shown[0]?.status).toBe('failed');
    expect(rows.waitingCount).toBe(1);
    rows.show(false);
    expect(ids(rows.shown)).toEqual([30, 20, 10]);
    expect(rows.waitingCount).toBe(0);
  });

  it.each([[false], [true]])('loses count of none of many, pinned: %s', (isPinned) => {
    for (let second = 30; second < 1_030; second += 1) {
      rows.take(row(second));
      if (second % 7 === 0) rows.show(isPinned);
    }
    rows.leaveOut(50);
    rows.show(isPinned);
    expect(rows.shown.length).toBeLessThanOrEqual(MAX_LIVE_ROWS);
    expect(rows.waitingCount).toBeLessThanOrEqual(MAX_LIVE_ROWS);
    expect(rows.shown.length + rows.waitingCount + rows.leftOutCount).toBe(2 + 1_000 + 50);
  });
});
