/**
 * Prepares the document for generators of clients, which make a type of each named schema: bodies and members of unions
 * get names, whole constants are integers, and there are no defaults that are objects or lists.
 */
import type { JsonSchema } from './document.js';

const UNIONS = ['oneOf', 'anyOf'] as const;

export class SchemaNames {
  /** @param named the named schemas of the document; those that get a name here are added */
  constructor(
    private readonly named: Record<string, JsonSchema>,
    private readonly baseRef: string,
  ) {}

  /** Names what has no name below all named schemas. */
  nameAll(): void {
    for (const [name, schema] of Object.entries(this.named)) this.named[name] = this.below(schema, name);
  }

  /** @returns a reference to the schema under the name; itself if it is a reference already */
  refer(schema: JsonSchema, name: string): JsonSchema {
    if (schema.$ref !== undefined) return schema;
    // So that a member of it gets another name.
    this.named[name] = schema;
    this.named[name] = this.below(schema, name);
    return { $ref: this.baseRef + name };
  }

  /** @returns the schema with the members of its unions named after `name` */
  below(schema: JsonSchema, name: string): JsonSchema {
    const changed: JsonSchema = { ...withoutTraps(schema) };
    for (const key of UNIONS) {
      const members = changed[key];
      if (Array.isArray(members)) changed[key] = this.members(members as JsonSchema[], name);
    }
    const properties = changed.properties as Record<string, JsonSchema> | undefined;
    if (properties) {
      changed.properties = Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, this.below(value, name + pascal(key))]),
      );
    }
    for (const key of ['items', 'additionalProperties']) {
      if (isSchema(changed[key])) changed[key] = this.below(changed[key], `${name}Item`);
    }
    return changed;
  }

  private members(members: readonly JsonSchema[], name: string): JsonSchema[] {
    const objects = members.filter(isObject);
    return members.map((member) => {
      if (!isObject(member)) return this.below(member, name);
      const suffix = objects.length === 1 ? '' : (constantOf(member) ?? String(objects.indexOf(member) + 1));
      return this.refer(member, this.free(name + pascal(suffix)));
    });
  }

  /** Of a union with a name of its own, the only object is its `Value`. */
  private free(name: string): string {
    return name in this.named ? `${name}Value` : name;
  }
}

/** `createWebhook` as the name of a type: `CreateWebhook`. */
export function pascal(text: string): string {
  return text.replaceAll(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, first: string) => first.toUpperCase());
}

/** Without what generators stumble over. */
export function withoutTraps(schema: JsonSchema): JsonSchema {
  const { default: standard, additionalProperties, ...rest } = withPlainUnions(schema);
  const isScalar = standard === null || typeof standard !== 'object';
  return {
    ...rest,
    ...(standard !== undefined && isScalar && { default: standard }),
    ...(Number.isInteger(schema.const) && { type: 'integer' }),
    // The same here, but openapi-generator takes `additionalProperties: false` for a map.
    ...(additionalProperties === false && { unevaluatedProperties: false }),
    ...(isSchema(additionalProperties) && { additionalProperties }),
  };
}

/**
 * `T or null` as a type that may be null, and no union of a list with something else, since a generic list is no type
 * that such a union can have in Java.
 */
function withPlainUnions(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf)) return schema;
  const others = (anyOf as JsonSchema[]).filter(({ type }) => type !== 'null');
  const [only] = others;
  if (only && others.length === 1 && anyOf.length === 2 && isPlain(only)) {
    return { ...only, ...rest, type: [only.type, 'null'] };
  }
  return others.some(({ type }) => type === 'array') ? rest : schema;
}

/** A type alone, perhaps with bounds. */
function isPlain(schema: JsonSchema): boolean {
  const { type, properties, enum: values, const: value } = schema;
  return typeof type === 'string' && properties === undefined && values === undefined && value === undefined;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isObject(schema: JsonSchema): boolean {
  return schema.properties !== undefined && schema.$ref === undefined;
}

/** What a member of a union is told apart by. */
function constantOf({ properties }: JsonSchema): string | undefined {
  const constants = Object.values(properties as Record<string, JsonSchema>).map((property) => property.const);
  return constants.find((constant) => typeof constant === 'string');
}
