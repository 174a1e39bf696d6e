/** Converts zod schemas to JSON Schema 2020-12 for the documents, and collects the named ones in one place. */
import { fieldText } from '@im/contracts/events/define';
import { z } from 'zod';
import type { JsonSchema, Language } from './domain/document.js';

/** `input`: what a caller sends; `output`: what the service answers. */
export type Direction = 'input' | 'output';

const DEFINITIONS = '#/$defs/';
/** Formats whose patterns would fill half a page. */
const FORMATS_WITHOUT_PATTERN = new Set(['date-time', 'uuid', 'email', 'uri']);

export class SchemaCollection {
  /** By name: the schemas that carry `.meta({ id })`. */
  readonly named: Record<string, JsonSchema> = {};

  /** @param baseRef where the document keeps its named schemas, such as `#/components/schemas/` */
  constructor(
    private readonly baseRef: string,
    private readonly language: Language = 'en',
  ) {}

  /** @throws Error when two different schemas have one name */
  add(schema: z.ZodType, direction: Direction): JsonSchema {
    const converted = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io: direction,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        const text = fieldText.get(zodSchema);
        if (text) jsonSchema.description = text[this.language];
        // zod omits it for a value parsed from text; for a number both are the same.
        const { def } = zodSchema._zod;
        if (def.type === 'default' && typeof def.defaultValue === 'number')
          jsonSchema.default = def.defaultValue;
        // zod adds it to every integer; it is no information for a reader.
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        if (FORMATS_WITHOUT_PATTERN.has(jsonSchema.format ?? '')) delete jsonSchema.pattern;
      },
    }) as JsonSchema;
    const { $schema: _dialect, $defs, ...root } = converted;
    for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>)) {
      this.keep(name, definition);
    }
    const { id, ...body } = this.pointed(root);
    if (typeof id !== 'string') return body;
    this.keep(id, root);
    return { $ref: this.baseRef + id };
  }

  private keep(name: string, definition: JsonSchema): void {
    const { id: _id, $schema: _dialect, ...body } = this.pointed(definition);
    const known = this.named[name];
    if (known && JSON.stringify(known) !== JSON.stringify(body)) {
      throw new Error(`Two different schemas have the name ${name}`);
    }
    this.named[name] = body;
  }

  /** With its references pointing into the document. */
  private pointed(schema: JsonSchema): JsonSchema {
    return JSON.parse(
      JSON.stringify(schema, (key, value: unknown) =>
        key === '$ref' && typeof value === 'string' && value.startsWith(DEFINITIONS)
          ? this.baseRef + value.slice(DEFINITIONS.length)
          : value,
      ),
    ) as JsonSchema;
  }
}
