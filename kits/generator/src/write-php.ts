/** Writes the payloads as PHP classes, a file for each. */
import type { Catalogue, Field, FieldType, ObjectType } from './describe-catalogue.js';

const HEAD = [
  '<?php',
  '// Written by `pnpm kits` from the contracts: do not edit.',
  'declare(strict_types=1);',
  '',
  'namespace ImCallback\\Payload;',
  '',
];

/** @returns the texts by file name */
export function writePhp({ types, events }: Catalogue): Map<string, string> {
  const files = new Map(types.map((type) => [`${type.name}.php`, classOf(type)]));
  const cases = events.map(({ event, type }) => `            '${event}' => ${type}::of($data),`);
  const lines = [
    ...HEAD,
    '/** Finds the class of an event. */',
    'final class Payloads',
    '{',
    '    /** The payload of a built-in event; null for any other one. */',
    '    public static function of(string $event, array $data): ?object',
    '    {',
    '        return match ($event) {',
    ...cases,
    '            default => null,',
    '        };',
    '    }',
    '}',
    '',
  ];
  return files.set('Payloads.php', lines.join('\n'));
}

function classOf({ name, fields }: ObjectType): string {
  // Parameters with a default come last.
  const ordered = [
    ...fields.filter(({ isRequired }) => isRequired),
    ...fields.filter(({ isRequired }) => !isRequired),
  ];
  return [
    ...HEAD,
    `final class ${name}`,
    '{',
    `    private const FIELDS = [${ordered.map((field) => `'${field.name}'`).join(', ')}];`,
    '',
    '    public function __construct(',
    ...ordered.flatMap(parameterOf),
    '        /** The fields that a newer service adds. */',
    '        public readonly array $other = [],',
    '    ) {',
    '    }',
    '',
    '    /** @throws \\TypeError when a field is missing or has another type */',
    '    public static function of(array $data): self',
    '    {',
    '        return new self(',
    ...ordered.map((field) => `            ${readerOf(field)},`),
    '            array_diff_key($data, array_flip(self::FIELDS)),',
    '        );',
    '    }',
    '}',
    '',
  ].join('\n');
}

function parameterOf(field: Field): string[] {
  const { name, isRequired, text, type } = field;
  const docType = type.kind === 'list' ? '@var string[] ' : '';
  const php = typeText(type);
  const isNullable = !isRequired && php !== 'mixed';
  return [
    `        /** ${docType}${text.en} */`,
    `        public readonly ${isNullable ? '?' : ''}${php} $${name}${isRequired ? '' : ' = null'},`,
  ];
}

function readerOf({ name, type, isRequired }: Field): string {
  const value = `$data['${name}'] ?? null`;
  if (type.kind !== 'type') return value;
  return isRequired
    ? `${type.name}::of($data['${name}'] ?? [])`
    : `isset($data['${name}']) ? ${type.name}::of($data['${name}']) : null`;
}

function typeText(type: FieldType): string {
  switch (type.kind) {
    case 'text':
    case 'instant':
    case 'words':
      return 'string';
    case 'integer':
      return 'int';
    case 'number':
      return 'float';
    case 'boolean':
      return 'bool';
    case 'json':
      return 'mixed';
    case 'object':
    case 'list':
      return 'array';
    case 'type':
      return type.name;
  }
}
