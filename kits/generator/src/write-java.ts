/** Writes the payloads as Java records. */
import type { Catalogue, Field, FieldType, ObjectType } from './describe-catalogue.js';

export function writeJava({ types, events }: Catalogue): string {
  return [
    'package imcallback;',
    '',
    'import java.util.List;',
    'import java.util.Map;',
    'import java.util.Set;',
    '',
    '/** The payloads of the built-in events. Written by {@code pnpm kits} from the contracts: do not edit. */',
    'public final class Payloads {',
    '    private Payloads() {}',
    '',
    ...types.flatMap(recordOf),
    '    /** The payload of a built-in event; null for any other one. */',
    '    static Object of(String event, Map<String, Object> data) {',
    '        return switch (event) {',
    ...events.map(({ event, type }) => `            case "${event}" -> ${type}.of(data);`),
    '            default -> null;',
    '        };',
    '    }',
    '}',
    '',
  ].join('\n');
}

function recordOf({ name, fields }: ObjectType): string[] {
  const parameters = fields.map((field) => `        ${typeText(field.type)} ${field.name}`);
  return [
    '    /**',
    '     * Fields that are absent are null.',
    '     *',
    ...fields.map(({ name: field, text }) => `     * @param ${field} ${text.en}`),
    '     * @param other the fields that a newer service adds',
    '     */',
    `    public record ${name}(`,
    [...parameters, '        Map<String, Object> other'].join(',\n'),
    '    ) {',
    `        private static final Set<String> FIELDS = Set.of(`,
    fields.map(({ name: field }) => `            "${field}"`).join(',\n'),
    '        );',
    '',
    '        /** @throws CallbackException when a field has another type */',
    `        public static ${name} of(Map<String, Object> data) {`,
    '            Fields fields = new Fields(data);',
    `            return new ${name}(`,
    [
      ...fields.map((field) => `                ${readerOf(field)}`),
      '                fields.other(FIELDS)',
    ].join(',\n'),
    '            );',
    '        }',
    '    }',
    '',
  ];
}

function readerOf({ name, type }: Field): string {
  const key = `"${name}"`;
  switch (type.kind) {
    case 'text':
    case 'instant':
    case 'words':
      return `fields.text(${key})`;
    case 'integer':
      return `fields.integer(${key})`;
    case 'number':
      return `fields.number(${key})`;
    case 'boolean':
      return `fields.truth(${key})`;
    case 'json':
      return `fields.json(${key})`;
    case 'object':
      return `fields.object(${key})`;
    case 'list':
      return `fields.texts(${key})`;
    case 'type':
      return `fields.nested(${key}, ${type.name}::of)`;
  }
}

function typeText(type: FieldType): string {
  switch (type.kind) {
    case 'text':
    case 'instant':
    case 'words':
      return 'String';
    case 'integer':
      return 'Long';
    case 'number':
      return 'Double';
    case 'boolean':
      return 'Boolean';
    case 'json':
      return 'Object';
    case 'object':
      return 'Map<String, Object>';
    case 'list':
      // No payload has a list of anything else; the compiler would say so.
      if (typeText(type.of) !== 'String') throw new TypeError('only lists of text can be read');
      return 'List<String>';
    case 'type':
      return type.name;
  }
}
