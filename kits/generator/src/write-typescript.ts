/** Writes the payloads as TypeScript interfaces. */
import type { Catalogue, Field, FieldType, ObjectType } from './describe-catalogue.js';

export function writeTypeScript({ types, events }: Catalogue): string {
  return [
    '/** The payloads of the built-in events. Written by `pnpm kits` from the contracts: do not edit. */',
    '',
    types.map(interfaceOf).join('\n'),
    '/** The payload of each built-in event. */',
    'export interface EventPayloads {',
    ...events.flatMap(({ event, type, text }) => [`  /** ${text.en} */`, `  '${event}': ${type};`]),
    '}',
    '',
  ].join('\n');
}

function interfaceOf({ name, fields }: ObjectType): string {
  return [
    `export interface ${name} {`,
    ...fields.flatMap((field) => [`  /** ${field.text.en} */`, `  ${propertyOf(field)};`]),
    '  /** What a newer service adds is kept. */',
    '  [field: string]: unknown;',
    '}',
    '',
  ].join('\n');
}

function propertyOf({ name, type, isRequired }: Field): string {
  return `${name}${isRequired ? '' : '?'}: ${typeText(type)}`;
}

function typeText(type: FieldType): string {
  switch (type.kind) {
    case 'text':
    case 'instant':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'json':
      return 'unknown';
    case 'object':
      return 'Record<string, unknown>';
    case 'words':
      return type.words.map((word) => `'${word}'`).join(' | ');
    case 'list':
      return `${typeText(type.of)}[]`;
    case 'type':
      return type.name;
  }
}
