/** Prints the tables at the end. */
import type { Limits } from '../limits/limit-commands.js';
import type { CaseResult, Figure } from './case-result.js';

export function formatResults(results: readonly CaseResult[], limits: Limits | null): string {
  const tables = [limitRows(limits), figureRows(results, limits), cpuRows(results)];
  return [...tables.filter((rows) => rows.length > 1).map(formatTable), noteLines(results).join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

const LIMITS: { key: keyof Limits; what: string; short: string }[] = [
  { key: 'httpPerSecond', what: 'bare undici loop to the same receiver', short: 'of HTTP' },
  {
    key: 'postgresPerSecond',
    what: 'PostgreSQL, the rows of a delivery, commits of 100',
    short: 'of PostgreSQL',
  },
  { key: 'bullPerSecond', what: 'Bull, one job each, no database', short: 'of Bull' },
];

function limitRows(limits: Limits | null): string[][] {
  if (!limits) return [];
  return [
    ['limit, measured alone', 'rate'],
    ...LIMITS.map(({ key, what }) => [what, `${formatNumber(limits[key])} /s`]),
  ];
}

function figureRows(results: readonly CaseResult[], limits: Limits | null): string[][] {
  const shorts = limits ? LIMITS.map(({ short }) => short) : [];
  const head = [
    'case',
    'figure',
    'measured',
    'wanted',
    ...shorts,
    'lost',
    'duplicates (other callbackId)',
    '',
  ];
  const rows = results.flatMap(({ name, figures, integrity }) =>
    figures.map((figure, index) => [
      index === 0 ? name : '',
      figure.name,
      `${formatNumber(figure.value)} ${figure.unit}`,
      figure.wanted ?? '',
      ...ratios(figure, limits),
      index === 0 && integrity
        ? `${String(integrity.lost)} of ${integrity.expected.toLocaleString('en')}`
        : '',
      index === 0 && integrity
        ? `${String(integrity.duplicates)} (${String(integrity.duplicatesWithOtherId)})`
        : '',
      figure.remark ?? '',
    ]),
  );
  return [head, ...rows];
}

function ratios(figure: Figure, limits: Limits | null): string[] {
  if (!limits) return [];
  return LIMITS.map(({ key }) => (figure.hasLimits ? (figure.value / limits[key]).toFixed(2) : ''));
}

function cpuRows(results: readonly CaseResult[]): string[][] {
  const measured = results.filter(({ cpuSecondsPer1000 }) => Object.keys(cpuSecondsPer1000).length > 0);
  const processes = [...new Set(measured.flatMap(({ cpuSecondsPer1000 }) => Object.keys(cpuSecondsPer1000)))];
  const rows = measured.map(({ name, cpuSecondsPer1000 }) => {
    const seconds = processes.map((process) => cpuSecondsPer1000[process]);
    const total = seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    return [name, ...[...seconds, total].map((each) => each?.toFixed(3) ?? '')];
  });
  return [['CPU seconds for 1,000 deliveries', ...processes, 'total'], ...rows];
}

function noteLines(results: readonly CaseResult[]): string[] {
  return results.flatMap(({ name, notes, integrity }) => {
    const refusals = Object.entries(integrity?.refusals ?? {}).map(
      ([what, count]) => `${what}: ${String(count)}`,
    );
    const missing = integrity?.lost ?? 0;
    const all = [
      ...notes,
      ...(missing > 0 ? [`${missing} had not come when nothing had come for 45 s`] : []),
      ...(refusals.length > 0 ? [`not accepted: ${refusals.join(', ')}`] : []),
    ];
    return all.map((note) => `${name}: ${note}`);
  });
}

function formatNumber(value: number): string {
  const digits = Number.isInteger(value) ? 0 : digitsOf(Math.abs(value));
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Three significant ones. */
function digitsOf(size: number): number {
  if (size < 1) return 3;
  if (size < 10) return 2;
  return size < 100 ? 1 : 0;
}

function formatTable(rows: readonly string[][]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}
