/** Describes what a chart draws. */
import type { Cell } from './csv.js';

export interface ChartLine {
  name: string;
  label: string;
  /** A custom property of the theme, so that the colour follows it. */
  colour: `--${string}`;
  isDashed?: boolean;
}

/** `bars`: counts that are stacked; `percent`: 0 to 100; `duration`: milliseconds on a logarithmic scale. */
export type ChartKind = 'bars' | 'percent' | 'duration';

/** Something that happened, drawn as a vertical line. */
export interface ChartMarker {
  atMs: number;
  colour: `--${string}`;
  text: string;
}

export interface ChartSpan {
  fromMs: number;
  toMs: number;
}

/** The rows of the table beside a chart. Each is written when it is asked for: a chart alone needs one at most. */
export interface ChartTable {
  count: number;
  rowAt: (index: number) => ChartRow | undefined;
}

/** A bucket in the table beside a chart. */
export interface ChartRow {
  key: string;
  time: string;
  texts: readonly string[];
  /** The deliveries behind it. */
  to: string;
  /** For a spreadsheet. */
  cells: readonly Cell[];
}
