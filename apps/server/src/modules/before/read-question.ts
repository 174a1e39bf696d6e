/** Checks a question as received through the API. */
import { askReceiverRequestSchema } from '@im/contracts/api/before';
import { EVENT_LIMIT_BYTES } from '@im/contracts/api/events';
import { indexKeysOf } from '@im/contracts/events/catalogue';
import { isReservedName } from '@im/contracts/events/names';
import { fieldErrorsOf } from '../../platform/http-server/field-errors.js';
import { invalidInput } from '../../platform/http-server/parse-input.js';
import type { EventChecks } from '../event-types/find-event-types.service.js';
import { dataTextOf, eventTooLarge, faultsOf } from '../events/read-event.js';
import type { Question } from './question.js';

/**
 * @param item the parsed body
 * @param json the text it was parsed from
 * @param checks of the events the tenant defines itself
 * @throws DomainError `invalid_input` or `payload_too_large`
 */
export async function readQuestion(
  event: string,
  item: unknown,
  json: string,
  checks: EventChecks,
): Promise<Pick<Question, 'event' | 'conversationId' | 'payload'>> {
  if (Buffer.byteLength(json) > EVENT_LIMIT_BYTES) throw eventTooLarge();
  const parsed = askReceiverRequestSchema.safeParse(item, { reportInput: true });
  if (!parsed.success) throw invalidInput(fieldErrorsOf(parsed.error));
  const { conversationId, data } = parsed.data;
  const payload = dataTextOf(json);
  const faults = isReservedName(event) ? [] : await faultsOf(event, data, payload, checks);
  // What the event gets only when it happens, such as an id, is not there yet.
  const wrong = faults.filter(({ code, pointer }) => code === 'unknown_event' || isGiven(pointer, { data }));
  if (wrong.length > 0) throw invalidInput(wrong);
  return {
    ...{ event, payload },
    conversationId: conversationId ?? indexKeysOf(event, data).conversationId ?? null,
  };
}

/** Whether the body has a value there. A pointer that cannot be followed counts as given: the fault is shown. */
function isGiven(pointer: string, body: unknown): boolean {
  let value = body;
  for (const segment of pointer.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null) return true;
    if (!Object.hasOwn(value, name)) return false;
    value = (value as Record<string, unknown>)[name];
  }
  return true;
}
