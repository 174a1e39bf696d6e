/** Gives each request body an example: the shortest one, made of the examples of its properties. */
import type { JsonSchema } from './document.js';

type Named = Readonly<Record<string, JsonSchema>>;

/** @returns the operation with an example of its JSON body, if it has one */
export function withBodyExample(operation: JsonSchema, named: Named): JsonSchema {
  const { requestBody } = operation as { requestBody?: { content: Record<string, { schema: JsonSchema }> } };
  if (!requestBody) return operation;
  const content = Object.entries(requestBody.content).map(
    ([type, { schema }]) => [type, { schema, example: shortestExample(schema, named) }] as const,
  );
  return { ...operation, requestBody: { ...requestBody, content: Object.fromEntries<JsonSchema>(content) } };
}

/** Of an object its required properties or, where there are none, its first one; of a union its first member. */
function shortestExample(schema: JsonSchema, named: Named): unknown {
  const { $ref, const: constant, examples, properties, items } = schema;
  const member = ((schema.oneOf ?? schema.anyOf ?? []) as JsonSchema[]).find(({ type }) => type !== 'null');
  if (typeof $ref === 'string') return shortestExample(named[$ref.split('/').at(-1) ?? ''] ?? {}, named);
  if (constant !== undefined) return constant;
  if (Array.isArray(examples)) return examples[0] as unknown;
  if (member) return shortestExample(member, named);
  if (items !== undefined) return [shortestExample(items as JsonSchema, named)];
  const known = Object.entries((properties ?? {}) as Record<string, JsonSchema>);
  const required = new Set((schema.required ?? known.slice(0, 1).map(([name]) => name)) as string[]);
  return Object.fromEntries(
    known.flatMap(([name, property]) =>
      required.has(name) ? [[name, shortestExample(property, named)]] : [],
    ),
  );
}
