/** Checks the schema and the example of an event type. */
import { EVENT_TYPE_EXAMPLE_BYTES, EVENT_TYPE_SCHEMA_BYTES } from '@im/contracts/api/event-type-constants';
import type { FieldError } from '@im/contracts/problem';
import { invalidInput } from '../../platform/http-server/parse-input.js';
import { fullBudget, type BudgetLeft } from '../../platform/json-schema/check-budget.js';
import { compactJson } from '../../platform/json/json-spans.js';

/** Both are JSON objects. */
export interface EventTypeTexts {
  schema: string;
  example: string;
}

/** Checks schemas and payloads in another thread, since they may be expensive. */
export interface SchemaChecker {
  findSchemaFaults: (tenantId: string, schema: string) => Promise<FieldError[]>;
  check: (tenantId: string, schema: string, data: string, left: BudgetLeft) => Promise<FieldError[]>;
}

/**
 * @param written as they were written
 * @returns both as JSON texts on one line, numbers as they were written
 * @throws DomainError `invalid_input` with pointers into `/schema` and `/example`
 */
export async function checkEventType(
  checker: SchemaChecker,
  tenantId: string,
  written: EventTypeTexts,
): Promise<EventTypeTexts> {
  const texts = { schema: compactJson(written.schema), example: compactJson(written.example) };
  refuse([
    ...sizeFaults('/schema', texts.schema, EVENT_TYPE_SCHEMA_BYTES),
    ...sizeFaults('/example', texts.example, EVENT_TYPE_EXAMPLE_BYTES),
  ]);
  refuse(below('/schema', await checker.findSchemaFaults(tenantId, texts.schema)));
  refuse(below('/example', await checker.check(tenantId, texts.schema, texts.example, fullBudget())));
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
