/** The tables at the end. */
import type { CaseResult, Figure } from './case-result.js';

export function formatResults(results: readonly CaseResult[]): string {
  return [formatTable(figureRows(results)), formatTable(cpuRows(results)), ...noteLines(results)].join(
    '\n\n',
  );
}

function figureRows(results: readonly CaseResult[]): string[][] {
  const head = ['case', 'figure', 'measured', 'wanted', 'lost', 'duplicates', 'with another callbackId'];
  const rows = results.flatMap(({ name, figures, integrity }) =>
    figures.map((figure, index) =>
      index > 0
        ? ['', figure.name, formatFigure(figure), figure.wanted ?? '']
        : [
            name,
            figure.name,
            formatFigure(figure),
            figure.wanted ?? '',
            `${String(integrity.lost)} of ${integrity.expected.toLocaleString('en')}`,
            String(integrity.duplicates),
            String(integrity.duplicatesWithOtherId),
          ],
    ),
  );
  return [head, ...rows];
}

function cpuRows(results: readonly CaseResult[]): string[][] {
  const processes = [...new Set(results.flatMap(({ cpuSecondsPer1000 }) => Object.keys(cpuSecondsPer1000)))];
  const rows = results.map(({ name, cpuSecondsPer1000 }) => {
    const seconds = processes.map((process) => cpuSecondsPer1000[process]);
    const total = seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    return [name, ...[...seconds, total].map((each) => each?.toFixed(3) ?? '')];
  });
  return [['CPU seconds for 1,000 deliveries', ...processes, 'total'], ...rows];
}

function noteLines(results: readonly CaseResult[]): string[] {
  return results.flatMap(({ name, notes, integrity }) => {
    const refusals = Object.entries(integrity.refusals).map(([what, count]) => `${what}: ${String(count)}`);
    const all = [...notes, ...(refusals.length > 0 ? [`not accepted: ${refusals.join(', ')}`] : [])];
    return all.map((note) => `${name}: ${note}`);
  });
}

function formatFigure({ value, unit }: Figure): string {
  const digits = value < 100 && !Number.isInteger(value) ? 1 : 0;
  return `${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
}

function formatTable(rows: readonly string[][]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
