/** Reads a JSON Schema into fields that a person edits one by one, and writes it back without losing anything else. */
import type { Json } from './schema-rows.js';

const PLAIN_TYPES = ['string', 'integer', 'number', 'boolean', 'object'] as const;
/** Types that a person may choose; `any`: any JSON. */
export const FIELD_TYPES = [
  ...PLAIN_TYPES,
  'any',
  ...PLAIN_TYPES.map((type) => `${type}[]` as const),
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];
type PlainType = (typeof PLAIN_TYPES)[number];

export interface FieldDraft {
  /** Of this field for as long as it is edited; names may be the same for a moment. */
  id: number;
  name: string;
  /** `custom`: one that only its JSON describes, such as a choice of forms. */
  type: FieldType | 'custom';
  isRequired: boolean;
  description: string;
  /** The keyword that has the description in the language of the person. */
  descriptionKeyword: string;
  /** Fields of an object, or of the objects in a list. */
  fields: FieldDraft[];
  /** Everything else of its schema, and of that of its items. */
  rest: Json;
  itemRest: Json;
}

export interface SchemaDraft {
  fields: FieldDraft[];
  /** Everything else of the root. */
  rest: Json;
}

let lastId = 0;

/** @returns null when the root is no object with fields, so that only its JSON can be edited */
export function readDraft(schema: Json, locale: 'zh' | 'en'): SchemaDraft | null {
  const { properties = {}, required, type = 'object', ...rest } = schema;
  if (type !== 'object' || !isObject(properties)) return null;
  if (rest.$ref !== undefined || (required !== undefined && !Array.isArray(required))) return null;
  return {
    fields: readFields(properties, required, locale),
    rest: { ...rest, ...strayRequired(properties, required) },
  };
}

export function writeSchema({ fields, rest }: SchemaDraft): Json {
  return withFields({ type: 'object' }, fields, rest);
}

export function newField(name: string): FieldDraft {
  lastId += 1;
  return {
    ...{
      id: lastId,
      name,
      type: 'string',
      isRequired: false,
      description: '',
      descriptionKeyword: 'description',
    },
    ...{ fields: [], rest: {}, itemRest: {} },
  };
}

/** Whether the type has fields of its own. */
export function hasFields({ type }: Pick<FieldDraft, 'type'>): boolean {
  return type === 'object' || type === 'object[]';
}

/** A name that no other field has: `field`, `field2`, … */
export function freeFieldName(fields: readonly FieldDraft[]): string {
  const taken = new Set(fields.map(({ name }) => name));
  let name = 'field';
  for (let count = 2; taken.has(name); count += 1) name = `field${String(count)}`;
  return name;
}

/** With another type: limits that belong to the old one are dropped. */
export function withType(field: FieldDraft, type: FieldType): FieldDraft {
  const keepsFields = hasFields({ type }) && hasFields(field);
  return { ...field, type, rest: {}, itemRest: {}, fields: keepsFields ? field.fields : [] };
}

/** Names that are empty or given twice among the same fields. */
export function faultyNames(fields: readonly FieldDraft[]): Set<number> {
  const seen = new Set<string>();
  const faulty = new Set<number>();
  for (const { id, name, fields: inside } of fields) {
    if (name === '' || seen.has(name)) faulty.add(id);
    seen.add(name);
    for (const each of faultyNames(inside)) faulty.add(each);
  }
  return faulty;
}

function readFields(properties: Json, required: unknown, locale: 'zh' | 'en'): FieldDraft[] {
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(properties).map(([name, schema]) => ({
    ...readField(schema, locale),
    name,
    isRequired: names.includes(name),
  }));
}

function readField(schema: unknown, locale: 'zh' | 'en'): FieldDraft {
  const draft = newField('');
  if (!isObject(schema))
    return { ...draft, type: schema === true ? 'any' : 'custom', rest: { [WHOLE]: schema } };
  const descriptionKeyword = `x-description-${locale}` in schema ? `x-description-${locale}` : 'description';
  const { [descriptionKeyword]: written = '', ...others } = schema;
  const description = typeof written === 'string' ? written : '';
  const words = { ...draft, description, descriptionKeyword };
  const own = readType(others, locale);
  if (own) return { ...words, ...own };
  if (others.type === 'array' && isObject(others.items)) {
    const { type: _, items, ...rest } = others;
    const inside = readType(items, locale);
    if (inside && inside.type !== 'any') {
      return { ...words, type: `${inside.type}[]`, fields: inside.fields, rest, itemRest: inside.rest };
    }
  }
  return { ...words, type: 'custom', rest: others };
}

/** Of a schema that is no list; undefined when it has no type that a person may choose. */
function readType(
  { type, ...others }: Json,
  locale: 'zh' | 'en',
): { type: PlainType | 'any'; fields: FieldDraft[]; rest: Json } | undefined {
  if (type === undefined) {
    return Object.keys(others).every((each) => ANNOTATIONS.test(each))
      ? { type: 'any', fields: [], rest: others }
      : undefined;
  }
  if (!isPlainType(type)) return undefined;
  if (type !== 'object') return { type, fields: [], rest: others };
  const { properties, required, ...rest } = others;
  if (
    (properties !== undefined && !isObject(properties)) ||
    (required !== undefined && !Array.isArray(required))
  ) {
    return undefined;
  }
  const inside = isObject(properties) ? properties : {};
  return {
    ...{ type, fields: readFields(inside, required, locale) },
    rest: { ...rest, ...strayRequired(inside, required) },
  };
}

/** Where a schema that is no object is kept. */
const WHOLE = '';
const ANNOTATIONS = /^(title|description|default|examples|deprecated|\$comment|x-.*)$/;

/** Names of fields that are required but not described. */
function strayRequired(properties: Json, required: unknown): Json {
  const stray = (Array.isArray(required) ? required : []).filter(
    (name) => typeof name !== 'string' || !Object.hasOwn(properties, name),
  );
  return stray.length > 0 ? { required: stray } : {};
}

function writeField(field: FieldDraft): unknown {
  const { type, rest, itemRest, description, descriptionKeyword } = field;
  if (WHOLE in rest) return rest[WHOLE];
  const words = description === '' ? {} : { [descriptionKeyword]: description };
  if (type === 'custom' || type === 'any') return { ...rest, ...words };
  if (type === 'object') return { ...withFields({ type }, field.fields, rest), ...words };
  if (!type.endsWith('[]')) return { type, ...rest, ...words };
  const itemType = type.slice(0, -2);
  const items =
    itemType === 'object'
      ? withFields({ type: itemType }, field.fields, itemRest)
      : { type: itemType, ...itemRest };
  return { type: 'array', items, ...rest, ...words };
}

function withFields(head: Json, fields: readonly FieldDraft[], { required, ...rest }: Json): Json {
  const stray: unknown[] = Array.isArray(required) ? required : [];
  const needed = [...fields.filter(({ isRequired }) => isRequired).map(({ name }) => name), ...stray];
  return {
    ...head,
    properties: Object.fromEntries(fields.map((each) => [each.name, writeField(each)])),
    ...(needed.length > 0 && { required: needed }),
    ...rest,
  };
}

function isPlainType(type: unknown): type is PlainType {
  return PLAIN_TYPES.some((each) => each === type);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
