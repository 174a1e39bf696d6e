/**
 * Computes daily partitions of the growing tables, by UUIDv7 (RFC 9562): the first 48 bits of an id are its Unix time
 * in milliseconds, so a day is a range of ids.
 */

const DAY_MS = 86_400_000;

export const PARTITIONED_TABLES = ['events', 'event_users', 'deliveries', 'attempts'] as const;

export type PartitionedTable = (typeof PARTITIONED_TABLES)[number];

export interface DayPartition {
  table: PartitionedTable;
  name: string;
  /** Lowest id of the day, inclusive. */
  fromId: string;
  /** Lowest id of the next day, exclusive. */
  toId: string;
}

/** The lowest UUID that an instant's UUIDv7s can have; also the bound for "created at or after". */
export function lowestIdAt(unixMs: number): string {
  const hex = Math.max(0, Math.floor(unixMs)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}

/** The instant in a UUIDv7, Unix milliseconds. */
export function instantOfId(id: string): number {
  return parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The partitions that should exist for the days from `daysBack` before now to `daysAhead` after it (UTC days). */
export function dayPartitions(nowMs: number, daysBack: number, daysAhead: number): DayPartition[] {
  const today = Math.floor(nowMs / DAY_MS);
  const days = Array.from({ length: daysBack + daysAhead + 1 }, (_, index) => today - daysBack + index);
  return PARTITIONED_TABLES.flatMap((table) =>
    days.map((day) => ({
      table,
      name: `${table}_${new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')}`,
      fromId: lowestIdAt(day * DAY_MS),
      toId: lowestIdAt((day + 1) * DAY_MS),
    })),
  );
}

/** The day of a partition named like ours as the instant it begins; null: the default partition, or none of ours. */
export function dayOfPartition(name: string): number | null {
  const [, year, month, day] = /_(\d{4})(\d\d)(\d\d)$/.exec(name) ?? [];
  return year === undefined ? null : Date.UTC(Number(year), Number(month) - 1, Number(day));
}

/** Whether a whole day lies before an instant. */
export function isDayBefore(dayMs: number, instantMs: number): boolean {
  return dayMs + DAY_MS <= instantMs;
}
