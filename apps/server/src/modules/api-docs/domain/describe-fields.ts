/** Describes every property and parameter of the document, with an example of each that has no properties of its own. */
import type { JsonSchema, Language } from './document.js';
import { EMAIL, ID, TIME, type FieldText, type FieldTexts } from './field-texts/field-text.js';

interface Name {
  key: string;
  /** What the schema's name has in it, if anything. */
  word: string;
  schema: RegExp;
  /** What the path to a property ends with, such as `.skipped.total`. */
  path: string;
  text: FieldText;
}

interface Described {
  description?: string;
  examples?: [unknown];
}

const LANGUAGES = { en: 0, zh: 1 } as const satisfies Record<Language, number>;
const ABOUT_NULL = {
  en: /(?<=\.) null: [^.]*\.$/,
  zh: /(?<=。)null 表示[^。]*。$/,
} as const satisfies Record<Language, RegExp>;
const EXAMPLES_OF_FORMATS: Readonly<Record<string, string>> = { 'date-time': TIME, uuid: ID, email: EMAIL };

export class FieldDescriptions {
  /** Names that described something. */
  readonly used = new Set<string>();
  /** By the last part of their paths, the most exact first. */
  private readonly names = new Map<string, Name[]>();

  constructor(
    texts: FieldTexts,
    private readonly language: Language,
  ) {
    const names = Object.entries(texts).map(([key, text]) => nameOf(key, text));
    for (const name of names.sort(moreExactFirst)) {
      const last = lastOf(name.path);
      this.names.set(last, [...(this.names.get(last) ?? []), name]);
    }
  }

  /** @returns the schema with its properties described, and theirs */
  describe(schema: JsonSchema, schemaName: string, path = ''): JsonSchema {
    const inside = (inner: JsonSchema): JsonSchema => this.describe(inner, schemaName, path);
    const changed = { ...schema };
    for (const key of ['oneOf', 'anyOf', 'allOf']) {
      if (Array.isArray(changed[key])) changed[key] = (changed[key] as JsonSchema[]).map(inside);
    }
    for (const key of ['items', 'additionalProperties']) {
      if (typeof changed[key] === 'object') changed[key] = inside(changed[key] as JsonSchema);
    }
    if (changed.properties) {
      const properties = Object.entries(changed.properties as Record<string, JsonSchema>);
      changed.properties = Object.fromEntries(
        properties.map(([name, property]) => {
          const place = `${path}.${name}`;
          const described = this.describe(property, schemaName, place);
          return [name, { ...described, ...this.textsOf(property, schemaName, place) }];
        }),
      );
    }
    return changed;
  }

  /** @returns the parameter with an example, and a description if it has none yet */
  describeParameter(parameter: JsonSchema, schemaName: string): JsonSchema {
    const schema = parameter.schema as JsonSchema;
    const { examples, ...description } = this.textsOf(schema, schemaName, `.${String(parameter.name)}`);
    return { ...description, ...parameter, ...(examples && { example: examples[0] }) };
  }

  private textsOf(schema: JsonSchema, schemaName: string, path: string): Described {
    const name = this.names.get(lastOf(path))?.find((each) => fits(each, schemaName, path));
    if (name) this.used.add(name.key);
    const [example] = needsExample(schema) ? [name?.text[2] ?? exampleInItself(schema)] : [];
    return {
      ...(name && { description: this.descriptionOf(schema, name) }),
      ...(example !== undefined && { examples: [example] }),
    };
  }

  private descriptionOf(schema: JsonSchema, { text }: Name): string {
    const description = text[LANGUAGES[this.language]];
    return mayBeNull(schema) ? description : description.replace(ABOUT_NULL[this.language], '');
  }
}

/** Whether it has more than one value, and no properties, which have examples of their own. */
export function needsExample({ $ref, const: constant, properties, ...schema }: JsonSchema): boolean {
  if ($ref !== undefined || constant !== undefined || properties !== undefined) return false;
  const inner = [schema.items, schema.additionalProperties].filter((each) => typeof each === 'object');
  return [...(inner as JsonSchema[]), ...membersOf(schema)].every(
    (each) => each.const !== undefined || needsExample(each),
  );
}

/** Whether null is among its values. */
export function mayBeNull(schema: JsonSchema): boolean {
  const { $ref, const: constant, enum: values, type } = schema;
  const members = membersOf(schema);
  if (members.length > 0) return members.some(mayBeNull);
  if ($ref !== undefined || constant !== undefined) return constant === null;
  if (Array.isArray(values)) return values.includes(null);
  return type === undefined || type === 'null' || (Array.isArray(type) && type.includes('null'));
}

function membersOf({ anyOf, oneOf }: JsonSchema): JsonSchema[] {
  return (anyOf ?? oneOf ?? []) as JsonSchema[];
}

/** An example that the schema itself gives. */
function exampleInItself(schema: JsonSchema): unknown {
  const { default: standard, enum: values, type, format, items } = schema;
  if (standard !== undefined && standard !== null) return standard;
  if (Array.isArray(values)) return values[0] as unknown;
  if (type === 'boolean') return true;
  if (type === 'array') {
    const item = exampleInItself(items as JsonSchema);
    return item === undefined ? undefined : [item];
  }
  const ofMembers = membersOf(schema).map(exampleInItself);
  return ofMembers.find((example) => example !== undefined) ?? EXAMPLES_OF_FORMATS[String(format)];
}

function nameOf(key: string, text: FieldText): Name {
  const [first = '', ...rest] = key.split('.');
  const word = rest.length > 0 && /^[A-Z]/.test(first) ? first : '';
  const path = `.${word === '' ? key : rest.join('.')}`;
  // The word ends where the next one begins: `App` is in `CreateAppRequest`, and not in `Apple`.
  const schema = word === '' ? /^/ : new RegExp(`${word}(?![a-z])`);
  return { key, word, schema, path, text };
}

function fits({ schema, path: end }: Name, schemaName: string, path: string): boolean {
  return path.endsWith(end) && schema.test(schemaName);
}

function moreExactFirst(one: Name, other: Name): number {
  const parts = ({ path }: Name): number => path.split('.').length;
  return parts(other) - parts(one) || other.word.length - one.word.length;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
