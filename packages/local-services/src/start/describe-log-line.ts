/** Shortens the server's JSON log lines for a terminal; only warnings and errors are shown. */

const WARN_LEVEL = 40;
const ERROR_LEVEL = 50;
const MAX_VALUE_CHARS = 160;
/** Fields that the beginning of the line has, or that are of no use at the terminal. */
const HIDDEN_FIELDS = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'err']);

/** Null when the line is not worth a person's attention. */
export function describeLogLine(line: string): string | null {
  const entry = parseEntry(line);
  if (entry === null) return line.trim() === '' ? null : line;
  const level = Number(entry.level);
  if (!(level >= WARN_LEVEL)) return null;
  const fields = Object.entries(entry)
    .filter(([name, value]) => !HIDDEN_FIELDS.has(name) && value !== null && typeof value !== 'object')
    .map(([name, value]) => `${name}=${shorten(String(value))}`);
  const time = typeof entry.time === 'string' ? entry.time.slice(11, 19) : '';
  const parts = [time, level >= ERROR_LEVEL ? 'error' : 'warn', text(entry.msg), ...fields, causeOf(entry)];
  return parts.filter((part) => part !== '').join(' ');
}

function parseEntry(line: string): Record<string, unknown> | null {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null ? { ...entry } : null;
  } catch {
    return null;
  }
}

function causeOf(entry: Record<string, unknown>): string {
  const error = entry.err;
  if (typeof error === 'string') return shorten(error);
  if (typeof error !== 'object' || error === null || !('message' in error)) return '';
  return shorten(text(error.message));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function shorten(value: string): string {
  const oneLine = value.replaceAll(/\s+/g, ' ').trim();
  return oneLine.length > MAX_VALUE_CHARS ? `${oneLine.slice(0, MAX_VALUE_CHARS)}…` : oneLine;
}
