/** Reads and writes JSON Pointers (RFC 6901), and the references of schemas to their definitions. */

const REFERENCE = /^#\/(\$defs|definitions)\/([^/]+)$/;

export function pointerBelow(pointer: string, segment: string): string {
  return `${pointer}/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The definition that a reference names, as container and name; undefined when it names none. */
export function readReference(reference: string): { container: string; name: string } | undefined {
  const [, container, name] = REFERENCE.exec(reference) ?? [];
  if (container === undefined || name === undefined) return undefined;
  return { container, name: decoded(name) };
}

/** The schema that a reference leads to; undefined when there is none. */
export function definitionAt(root: Readonly<Record<string, unknown>>, reference: string): unknown {
  const named = readReference(reference);
  if (!named) return undefined;
  const definitions = root[named.container];
  if (typeof definitions !== 'object' || definitions === null) return undefined;
  return Object.hasOwn(definitions, named.name)
    ? (definitions as Record<string, unknown>)[named.name]
    : undefined;
}

function decoded(segment: string): string {
  const text = segment.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
