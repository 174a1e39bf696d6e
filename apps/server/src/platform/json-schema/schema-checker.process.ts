/** Runs expensive compilations and checks of tenants' schemas in a child process. */
import { CheckBudget, FULL_CHECK } from './check-budget.js';
import { compileSchema, findSchemaFaults, type CompiledSchema } from './compile-schema.js';
import type { SchemaAnswer, SchemaQuestion } from './schema-messages.js';

/** Compiled schemas that are kept; a large one takes a megabyte. */
const MAX_COMPILED = 20;

type Json = Record<string, unknown>;

/** By text, the least recently used first. */
const compiled = new Map<string, CompiledSchema>();

process.on('message', (question: SchemaQuestion) => {
  // Without a parent there is no one to answer.
  process.send?.(answerTo(question), undefined, undefined, () => undefined);
});
// Whenever its parent ends.
process.on('disconnect', () => process.exit());

function answerTo({ id, schema, data, budget: left }: SchemaQuestion): SchemaAnswer {
  if (data === undefined) return { id, faults: findSchemaFaults(JSON.parse(schema) as Json), budget: left };
  const budget = new CheckBudget(FULL_CHECK, left);
  const faults = compiledOf(schema).check(JSON.parse(data), data.length, budget);
  return { id, faults, budget: budget.left };
}

function compiledOf(schema: string): CompiledSchema {
  const known = compiled.get(schema) ?? compileSchema(JSON.parse(schema) as Json);
  compiled.delete(schema);
  compiled.set(schema, known);
  for (const oldest of compiled.keys()) {
    if (compiled.size <= MAX_COMPILED) break;
    compiled.delete(oldest);
  }
  return known;
}
