/** Writes rows as lines of a file. */
import { stringify } from 'csv-stringify/sync';

export type ExportedRow = Readonly<Record<string, unknown>>;

/** Without it, Excel assumes the system's own encoding. */
const BYTE_ORDER_MARK = '\uFEFF';

/** RFC 4180; what a spreadsheet would read as a formula gets an apostrophe in front. */
const CSV_OPTIONS = {
  record_delimiter: 'windows',
  quote_record_delimiter: true,
  escape_formulas: true,
  cast: { boolean: String },
} as const;

export function csvHead(columns: readonly string[]): string {
  return BYTE_ORDER_MARK + stringify([[...columns]], CSV_OPTIONS);
}

/** @param columns names of the rows' fields; a field that is absent or null is an empty cell, an object is JSON */
export function csvLines(columns: readonly string[], rows: readonly ExportedRow[]): string {
  return stringify(
    rows.map((row) => columns.map((column) => row[column])),
    CSV_OPTIONS,
  );
}
