/** Writes the payloads as Python TypedDicts. */
import type { Catalogue, Field, FieldType, ObjectType } from './describe-catalogue.js';

export function writePython({ types, events }: Catalogue): string {
  return [
    '"""The payloads of the built-in events. Written by `pnpm kits` from the contracts: do not edit.',
    '',
    'They describe the parsed JSON: fields that a newer service adds stay in it.',
    '"""',
    'from __future__ import annotations',
    '',
    'from typing import Any, Dict, List, Literal, TypedDict',
    '',
    ...types.flatMap(classesOf),
    '',
    '#: The payload of each built-in event.',
    'EVENT_PAYLOADS: Dict[str, type] = {',
    ...events.map(({ event, type }) => `    "${event}": ${type},`),
    '}',
    '',
  ].join('\n');
}

/** Required fields are in a class of their own: `NotRequired` is there from Python 3.11 on only. */
function classesOf({ name, fields }: ObjectType): string[] {
  const required = fields.filter(({ isRequired }) => isRequired);
  const optional = fields.filter(({ isRequired }) => !isRequired);
  return [
    '',
    `class _${name}(TypedDict):`,
    ...required.flatMap(linesOf),
    '',
    '',
    `class ${name}(_${name}, total=False):`,
    ...optional.flatMap(linesOf),
    '',
  ];
}

function linesOf({ name, type, text }: Field): string[] {
  return [`    #: ${text.en}`, `    ${name}: ${typeText(type)}`];
}

function typeText(type: FieldType): string {
  switch (type.kind) {
    case 'text':
    case 'instant':
      return 'str';
    case 'integer':
      return 'int';
    case 'number':
      return 'float';
    case 'boolean':
      return 'bool';
    case 'json':
      return 'Any';
    case 'object':
      return 'Dict[str, Any]';
    case 'words':
      return `Literal[${type.words.map((word) => `"${word}"`).join(', ')}]`;
    case 'list':
      return `List[${typeText(type.of)}]`;
    case 'type':
      return type.name;
  }
}
