/** Writes results: lines for people, or one JSON value a line. */

export class Output {
  isJson = false;

  constructor(
    private readonly stdout: Pick<NodeJS.WriteStream, 'write'>,
    private readonly stderr: Pick<NodeJS.WriteStream, 'write'>,
  ) {}

  /** @param lines what people read instead */
  result(value: unknown, ...lines: string[]): void {
    if (this.isJson) this.stdout.write(`${JSON.stringify(value)}\n`);
    else for (const line of lines) this.stdout.write(`${line}\n`);
  }

  /** As it is, in either form. */
  text(text: string): void {
    this.stdout.write(text);
  }

  /** For people only; scripts read the results. */
  note(line: string): void {
    if (!this.isJson) this.stderr.write(`${line}\n`);
  }

  error(line: string, details: Record<string, unknown>): void {
    this.stderr.write(
      this.isJson ? `${JSON.stringify({ error: { message: line, ...details } })}\n` : `imcb: ${line}\n`,
    );
  }
}

/** The local time of day, for lines that scroll by. */
export function clockText(at: Date): string {
  return [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** Columns of a table, padded; the last one is not. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (sofar, row) => row.map((cell, index) => Math.max(sofar[index] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  '),
  );
}
