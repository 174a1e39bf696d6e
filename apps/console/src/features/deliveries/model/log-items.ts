/** Puts a heading before the first row of each day. */
import type { LogRow } from './live-rows.js';

export type LogItem<Row> =
  { key: string; row: Row; day?: undefined } | { key: string; day: string; row?: undefined };

export function logItems<Row extends LogRow>(rows: readonly Row[]): LogItem<Row>[] {
  let shownDay = '';
  return rows.flatMap((row): LogItem<Row>[] => {
    const day = new Date(row.createdAt).toDateString();
    const item = { key: row.deliveryId, row };
    if (day === shownDay) return [item];
    shownDay = day;
    return [{ key: `day ${day}`, day: row.createdAt }, item];
  });
}
