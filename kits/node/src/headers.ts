/** Reads headers in any representation of a framework. */

export type HeaderSource =
  Readonly<Record<string, string | readonly string[] | undefined>> | { get: (name: string) => string | null };

/** @returns the value of a header by its name in any case; empty when it is absent */
export type HeaderReader = (name: string) => string;

export function headerReader(source: HeaderSource): HeaderReader {
  if (isGettable(source)) return (name) => source.get(name) ?? '';
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(source)) {
    if (value !== undefined)
      values.set(name.toLowerCase(), typeof value === 'string' ? value : value.join(', '));
  }
  return (name) => values.get(name.toLowerCase()) ?? '';
}

function isGettable(source: HeaderSource): source is { get: (name: string) => string | null } {
  return typeof source.get === 'function';
}
