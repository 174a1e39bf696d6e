/** Whether a schema and an example can be those of an event type. */
import { EVENT_TYPE_EXAMPLE_BYTES, EVENT_TYPE_SCHEMA_BYTES } from '@im/contracts/api/event-types';
import type { FieldError } from '@im/contracts/problem';
import { invalidInput } from '../../platform/http/parse-input.js';
import { compileSchema, findSchemaFaults } from '../../platform/json-schema/compile-schema.js';

type Json = Record<string, unknown>;

export interface EventTypeTexts {
  schema: string;
  example: string;
}

/**
 * @returns both as JSON texts
 * @throws DomainError `invalid_input` with pointers into `/schema` and `/example`
 */
export function checkEventType(schema: Json, example: Json): EventTypeTexts {
  const texts = { schema: JSON.stringify(schema), example: JSON.stringify(example) };
  refuse([
    ...sizeFaults('/schema', texts.schema, EVENT_TYPE_SCHEMA_BYTES),
    ...sizeFaults('/example', texts.example, EVENT_TYPE_EXAMPLE_BYTES),
  ]);
  refuse(below('/schema', findSchemaFaults(schema)));
  refuse(below('/example', compileSchema(schema).check(example, texts.example.length)));
  return texts;
}

function sizeFaults(pointer: string, text: string, bytes: number): FieldError[] {
  if (Buffer.byteLength(text) <= bytes) return [];
  return [{ pointer, code: 'too_large', message: `may have ${String(bytes)} bytes as JSON` }];
}

function below(prefix: string, faults: FieldError[]): FieldError[] {
  return faults.map((fault) => ({ ...fault, pointer: prefix + fault.pointer }));
}

function refuse(faults: FieldError[]): void {
  if (faults.length > 0) throw invalidInput(faults);
}
