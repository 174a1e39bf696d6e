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
  it('shows new ones at their place, and marks them as new', () => {
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

  it('keeps what was shown or left out while the page was loaded again, unless the page has it', () => {
    rows.take(row(30));
    rows.take(row(40));
    rows.show(false);
    rows.leaveOut('d0035');
    rows.leaveOut('d0045');
    rows.leaveOut('d0005');
    rows.start([row(35), row(30), row(20)], false);
    rows.show(false);
    expect(ids(rows.shown)).toEqual([40, 35, 30, 20]);
    expect(rows.leftOutCount).toBe(1);
  });

  it('drops what the page does not have any more', () => {
    rows.start([row(20)], true);
    expect(ids(rows.shown)).toEqual([20]);
    rows.start([], true);
    rows.show(false);
    expect(ids(rows.shown)).toEqual([]);
  });

  it('counts one that was left out only once when it is tried again', () => {
    rows.leaveOut('d0030');
    rows.take(row(30, 'success', 2), true);
    rows.show(false);
    expect(rows.leftOutCount).toBe(0);
    expect(ids(rows.shown)).toEqual([30, 20, 10]);
    rows.take(row(30, 'success', 3), true);
    rows.leaveOut('d0040');
    rows.take(row(5, 'success', 2), true);
    expect(rows.leftOutCount).toBe(1);
  });

  it('shows only the newest of very many new ones', () => {
    for (let second = 30; second < 80; second += 1) rows.take(row(second));
    rows.show(false);
    expect(rows.shown.length).toBe(52);
    for (let second = 80; second < 140; second += 1) rows.take(row(second));
    rows.show(false);
    expect(ids(rows.shown)).toEqual(Array.from({ length: 50 }, (_, index) => 139 - index));
    expect(rows.leftOutCount).toBe(52 + 60 - 50);
  });

  it('counts a late one that is older than those shown, unless it is on a later page', () => {
    for (let second = 30; second < 90; second += 1) rows.take(row(second));
    rows.show(false);
    const before = rows.leftOutCount;
    rows.take(row(25));
    expect(rows.leftOutCount).toBe(before + 1);
    rows.take(row(5));
    rows.leaveOut('d0006');
    expect(rows.leftOutCount).toBe(before + 1);
  });

  it('marks new ones only while they are few', () => {
    for (let second = 30; second < 50; second += 1) rows.take(row(second));
    expect(rows.show(false).size).toBe(20);
    for (let second = 50; second < 71; second += 1) rows.take(row(second));
    expect(rows.show(false).size).toBe(0);
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
    rows.clear();
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
    for (let second = 2_000; second < 2_050; second += 1) rows.leaveOut(row(second).deliveryId);
    rows.show(isPinned);
    expect(rows.shown.length).toBeLessThanOrEqual(MAX_LIVE_ROWS);
    expect(rows.waitingCount).toBeLessThanOrEqual(MAX_LIVE_ROWS);
    expect(rows.shown.length + rows.waitingCount + rows.leftOutCount).toBe(2 + 1_000 + 50);
  });
});
