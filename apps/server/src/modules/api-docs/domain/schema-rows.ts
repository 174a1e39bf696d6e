/** A JSON Schema as the rows of a table: one property a row, nested ones directly after what holds them. */
import type { JsonSchema } from './document.js';

export interface SchemaRow {
  /** Such as `data.items[].url`. */
  path: string;
  depth: number;
  type: string;
  isRequired: boolean;
  description: string;
  /** Bounds, defaults and the like, in words of JSON Schema: `1 … 200`, `= 50`. */
  limits: string;
}

/** Deeper than that nobody reads; the document itself has everything. */
const MAX_DEPTH = 5;

export class SchemaRows {
  /** @param named what `#/components/schemas/…` stands for */
  constructor(private readonly named: Readonly<Record<string, JsonSchema>>) {}

  of(schema: JsonSchema): SchemaRow[] {
    return this.rowsOf(this.resolved(schema), '', 0);
  }

  private rowsOf(schema: JsonSchema, prefix: string, depth: number): SchemaRow[] {
    const object = this.objectIn(schema);
    if (!object || depth > MAX_DEPTH) return [];
    const required = new Set((object.schema.required ?? []) as string[]);
    const properties = Object.entries((object.schema.properties ?? {}) as Record<string, JsonSchema>);
    return properties.flatMap(([name, property]) => {
      const path = `${prefix}${object.suffix}${prefix === '' && object.suffix === '' ? '' : '.'}${name}`;
      const resolved = this.resolved(property);
      const row = {
        path,
        depth,
        type: this.typeOf(resolved),
        isRequired: required.has(name),
        description: typeof resolved.description === 'string' ? resolved.description : '',
        limits: limitsOf(resolved),
      };
      return [row, ...this.rowsOf(resolved, path, depth + 1)];
    });
  }

  /** The object a value is or holds; `suffix` says how it is held. */
  private objectIn(schema: JsonSchema): { schema: JsonSchema; suffix: string } | undefined {
    if (schema.properties) return { schema, suffix: '' };
    if (schema.items) {
      const held = this.objectIn(this.resolved(schema.items as JsonSchema));
      return held && { schema: held.schema, suffix: `[]${held.suffix}` };
    }
    for (const choice of choicesOf(schema)) {
      const held = this.objectIn(this.resolved(choice));
      if (held) return held;
    }
    return undefined;
  }

  private typeOf(schema: JsonSchema): string {
    if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
    if ('const' in schema) return JSON.stringify(schema.const);
    const choices = choicesOf(schema);
    if (choices.length > 0) return choices.map((choice) => this.typeOf(this.resolved(choice))).join(' | ');
    if (schema.type === 'array') return `${this.typeOf(this.resolved((schema.items ?? {}) as JsonSchema))}[]`;
    if (Array.isArray(schema.type)) return schema.type.join(' | ');
    if (typeof schema.type !== 'string') return 'JSON';
    return typeof schema.format === 'string' ? `${schema.type} (${schema.format})` : schema.type;
  }

  private resolved(schema: JsonSchema): JsonSchema {
    if (typeof schema.$ref !== 'string') return schema;
    return this.named[schema.$ref.split('/').at(-1) ?? ''] ?? {};
  }
}

function choicesOf(schema: JsonSchema): JsonSchema[] {
  return (schema.anyOf ?? schema.oneOf ?? []) as JsonSchema[];
}

function limitsOf(schema: JsonSchema): string {
  const from = schema.minimum ?? schema.minLength ?? schema.minItems;
  const to = schema.maximum ?? schema.maxLength ?? schema.maxItems;
  const range = from === undefined && to === undefined ? [] : [`${shown(from)} … ${shown(to)}`];
  const fallback = 'default' in schema ? [`= ${JSON.stringify(schema.default)}`] : [];
  return [...range, ...fallback].join(', ');
}

function shown(bound: unknown): string {
  return typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? String(bound) : '';
}
