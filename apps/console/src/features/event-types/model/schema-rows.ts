/** Lists the fields of a JSON Schema with type, whether they are required, words and limits: a tree, row by row. */
import { definitionAt } from '@im/contracts/json-schema/schema-pointers';

export type Json = Record<string, unknown>;

/** A limit of a field, by the kind of it; texts name the kinds. */
export interface FieldLimit {
  kind:
    'length' | 'range' | 'items' | 'properties' | 'format' | 'pattern' | 'choices' | 'multipleOf' | 'unique';
  value: string;
}

export interface SchemaRow {
  /** From the payload down, such as `message.senderId`; `[]` marks the items of a list. */
  path: string;
  name: string;
  depth: number;
  /** Such as `string`, `integer[]`, `object`; `any`: any JSON. */
  type: string;
  isRequired: boolean;
  description: { zh: string; en: string };
  limits: FieldLimit[];
}

/** As deep as the service accepts schemas, and more rows than a person reads. */
const MAX_DEPTH = 32;
const MAX_ROWS = 1_000;
const NAMED_CHOICES = 20;

export function schemaRows(schema: Json): SchemaRow[] {
  return rowsOf(schema, schema, '', 0).slice(0, MAX_ROWS);
}

function rowsOf(root: Json, schema: Json, prefix: string, depth: number): SchemaRow[] {
  if (depth > MAX_DEPTH) return [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(asObject(schema.properties)).flatMap(([name, written]) => {
    const field = resolved(root, written);
    const path = `${prefix}${name}`;
    const { type, inner, suffix } = typeOf(root, field);
    return [
      {
        ...{ path, name, depth, type },
        isRequired: required.includes(name),
        description: descriptionOf(asObject(written), field),
        limits: limitsOf(field),
      },
      ...rowsOf(root, inner, `${path}${suffix}.`, depth + 1),
    ];
  });
}

/** The type with that of items, and the schema whose fields are one level deeper. */
function typeOf(root: Json, field: Json, levels = 0): { type: string; inner: Json; suffix: string } {
  if (field.type === 'array' && levels < MAX_DEPTH) {
    const items = typeOf(root, resolved(root, field.items), levels + 1);
    return { type: `${items.type}[]`, inner: items.inner, suffix: `[]${items.suffix}` };
  }
  const types = Array.isArray(field.type) ? field.type : field.type === undefined ? [] : [field.type];
  return { type: types.map(String).join(' | ') || guessedType(field), inner: field, suffix: '' };
}

function guessedType(field: Json): string {
  if (field.properties !== undefined) return 'object';
  if (field.const !== undefined) return typeof field.const;
  const kinds = Array.isArray(field.enum) ? [...new Set(field.enum.map((each) => typeof each))] : [];
  return kinds.length === 1 ? String(kinds[0]) : 'any';
}

function resolved(root: Json, written: unknown): Json {
  let schema = asObject(written);
  for (let hops = 0; typeof schema.$ref === 'string' && hops < MAX_DEPTH; hops += 1) {
    const { $ref, ...beside } = schema;
    schema = { ...asObject(definitionAt(root, $ref)), ...beside };
  }
  return schema;
}

/** Built-in schemas have their Chinese words in an annotation; a tenant's own may have them there, too. */
function descriptionOf(written: Json, field: Json): SchemaRow['description'] {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const en = text(written.description) || text(field.description) || text(field.title);
  return { zh: text(written['x-description-zh']) || text(field['x-description-zh']) || en, en };
}

function limitsOf(field: Json): FieldLimit[] {
  const inside = field.type === 'array' ? asObject(field.items) : field;
  const limits: [FieldLimit['kind'], string][] = [
    ['items', rangeText(field.minItems, field.maxItems)],
    ['unique', field.uniqueItems === true ? ' ' : ''],
    ['length', rangeText(inside.minLength, inside.maxLength)],
    ['range', rangeText(inside.minimum, inside.maximum, inside.exclusiveMinimum, inside.exclusiveMaximum)],
    ['properties', rangeText(inside.minProperties, inside.maxProperties)],
    ['multipleOf', shown(inside.multipleOf)],
    ['format', shown(inside.format)],
    // A format says the same in fewer words.
    ['pattern', inside.format === undefined ? shown(inside.pattern) : ''],
    ['choices', choicesOf(inside)],
  ];
  return limits.filter(([, value]) => value !== '').map(([kind, value]) => ({ kind, value: value.trim() }));
}

function choicesOf(field: Json): string {
  if (field.const !== undefined) return JSON.stringify(field.const);
  if (!Array.isArray(field.enum)) return '';
  const named = field.enum.slice(0, NAMED_CHOICES).map((each) => JSON.stringify(each));
  return [...named, ...(field.enum.length > NAMED_CHOICES ? ['…'] : [])].join(', ');
}

function rangeText(min: unknown, max: unknown, above?: unknown, below?: unknown): string {
  if (above === undefined && below === undefined && min !== undefined && max !== undefined) {
    return min === max ? `= ${shown(min)}` : `${shown(min)} – ${shown(max)}`;
  }
  const parts: [string, unknown][] = [
    ['≥', min],
    ['>', above],
    ['≤', max],
    ['<', below],
  ];
  return parts
    .filter(([, value]) => value !== undefined)
    .map(([sign, value]) => `${sign} ${shown(value)}`)
    .join(', ');
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
