/**
 * Checks the descriptions and examples of the OpenAPI document. Everything has a description: operations, parameters,
 * and properties of every schema. An example has each parameter, and each property that has more than one value and no
 * properties of its own, so no constant and no object whose properties have examples. Each request body has one as well.
 */
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import { fullPathOf } from '@im/contracts/routes/route';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { composeOpenApi } from './compose-open-api.js';
import { FieldDescriptions, mayBeNull, needsExample } from './domain/describe-fields.js';
import type { JsonSchema, Language } from './domain/document.js';
import { AREAS, FIELD_TEXTS } from './domain/field-texts/all-texts.js';

/** A property or parameter, and where it is in the document, as a JSON Pointer. */
interface Field {
  pointer: string;
  schema: JsonSchema;
  description: unknown;
  examples: unknown[] | undefined;
}

interface Operation {
  requestBody?: { content: Record<'application/json', { example?: unknown }> };
}

const LANGUAGES = ['en', 'zh'] as const;
/** Half-width punctuation beside a Chinese character. */
const HALF_WIDTH = /\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u;
/** A Latin word or a number without a space beside a Chinese character. */
const CROWDED = /\p{Script=Han}[A-Za-z0-9`]|[A-Za-z0-9`]\p{Script=Han}/u;

function fieldsOf(document: unknown): Field[] {
  const fields: Field[] = [];
  walk(document, '', fields);
  return fields;
}

function walk(value: unknown, pointer: string, fields: Field[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
    if (key === 'examples' || key === 'example') continue;
    const below = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (key === 'properties') fields.push(...propertiesOf(inner as Record<string, JsonSchema>, below));
    if (key === 'parameters')
      fields.push(
        ...(inner as JsonSchema[]).map((each, index) => parameterOf(each, `${below}/${String(index)}`)),
      );
    if (key === 'properties') {
      // A property may be called `properties` or `examples`.
      for (const [name, property] of Object.entries(inner as JsonSchema))
        walk(property, `${below}/${name}`, fields);
    } else walk(inner, below, fields);
  }
}

function propertiesOf(properties: Record<string, JsonSchema>, pointer: string): Field[] {
  return Object.entries(properties).map(([name, schema]) => ({
    pointer: `${pointer}/${name}`,
    schema,
    description: schema.description,
    examples: schema.examples as unknown[] | undefined,
  }));
}

function parameterOf(parameter: JsonSchema, pointer: string): Field {
  const { schema, description, example } = parameter;
  return {
    pointer: `${pointer}/schema`,
    schema: schema as JsonSchema,
    description,
    examples: example === undefined ? undefined : [example],
  };
}

describe.each(LANGUAGES)('The OpenAPI document in %s', (language: Language) => {
  let document: JsonSchema;
  let fields: Field[];
  beforeAll(() => {
    document = composeOpenApi({ version: '0.0.0', language });
    fields = fieldsOf(document);
  });

  it('describes every operation, parameter and property', () => {
    const paths = Object.values(document.paths as Record<string, Record<string, JsonSchema>>);
    const operations = paths.flatMap((path) => Object.values(path));
    expect(operations.filter((each) => !each.summary || !each.description)).toEqual([]);
    expect(fields.length).toBeGreaterThan(2_000);
    expect(pointersOf(fields.filter(({ description }) => !description))).toEqual([]);
  });

  it('says what null means wherever it is a value', () => {
    const nullable = fields.filter(({ schema }) => mayBeNull(schema) && !isAnyValue(schema));
    const silent = nullable.filter(({ description }) => !String(description).includes('null'));
    expect(nullable.length).toBeGreaterThan(100);
    expect(pointersOf(silent)).toEqual([]);
  });

  it('has an example of every parameter, and of every property that needs one', () => {
    const without = fields.filter(({ schema, examples }) => needsExample(schema) && examples === undefined);
    expect(pointersOf(without)).toEqual([]);
  });

  it('has examples only that fit their own schemas', () => {
    const ajv = new Ajv2020({ strict: false, formats: { base64: true } });
    addFormats.default(ajv);
    ajv.addSchema(document, 'openapi.json');
    const faults = fields.flatMap(({ pointer, examples = [] }) =>
      examples.flatMap((example) => {
        const fits = ajv.compile({ $ref: `openapi.json#${encodeURI(pointer)}` });
        return fits(example) ? [] : `${pointer}: ${JSON.stringify(example)} ${ajv.errorsText(fits.errors)}`;
      }),
    );
    expect(faults).toEqual([]);
  });

  it('has an example of every request body that its route accepts', () => {
    const paths = document.paths as Record<string, Record<string, Operation>>;
    const routes = ALL_ROUTES.flatMap((route) => (route.body ? [{ ...route, body: route.body }] : []));
    const faults = routes.flatMap((route) => {
      const { requestBody } = paths[fullPathOf(route)]?.[route.method.toLowerCase()] ?? {};
      const example = requestBody?.content['application/json'].example;
      const { error } = route.body.safeParse(example);
      return error ? [`${route.operationId}: ${JSON.stringify(example)} ${error.message}`] : [];
    });
    expect(faults).toEqual([]);
  });
});

describe('The texts about fields', () => {
  it('are each used', () => {
    const fields = new FieldDescriptions(FIELD_TEXTS, 'en');
    composeOpenApi({ version: '0.0.0' }, fields);
    expect(Object.keys(FIELD_TEXTS).filter((name) => !fields.used.has(name))).toEqual([]);
  });

  it('are each in one area', () => {
    expect(AREAS.flatMap((area) => Object.keys(area)).sort()).toEqual(Object.keys(FIELD_TEXTS).sort());
  });

  it.each(Object.entries(FIELD_TEXTS))('%s: whole sentences in both languages', (_, [en, zh]) => {
    expect(en).toMatch(/^[A-Z`].*\.$/s);
    expect(zh).toMatch(/。$/);
    expect(zh).not.toMatch(HALF_WIDTH);
    expect(zh).not.toMatch(CROWDED);
  });
});

/** Any JSON: what null means in it is the sender’s choice. */
function isAnyValue({ type, anyOf, oneOf }: JsonSchema): boolean {
  return type === undefined && anyOf === undefined && oneOf === undefined;
}

function pointersOf(fields: readonly Field[]): string[] {
  return fields.map(({ pointer }) => pointer);
}
