/** Checks one event as received and extracts what is stored. */
import { createHash } from 'node:crypto';
import { ingestEventRequestSchema, EVENT_LIMIT_BYTES } from '@im/contracts/api/events';
import { findEvent, indexKeysOf } from '@im/contracts/events/catalogue';
import { userIdsOf } from '@im/contracts/events/user-ids';
import type { FieldError } from '@im/contracts/problem';
import { DomainError } from '../../platform/errors/domain-error.js';
import { fieldErrorsOf } from '../../platform/http-server/field-errors.js';
import { headerText } from '../../platform/http-server/header-text.js';
import { invalidInput } from '../../platform/http-server/parse-input.js';
import type { EventToStore } from '../delivery-store/data/insert-events.js';
import type { EventChecks } from '../event-types/find-event-types.service.js';
import type { EventAudience } from './plan-deliveries.js';
import { compactJson, memberSpans } from '../../platform/json/json-spans.js';

/** An event that passed every check. */
export interface ReadEvent extends Omit<EventToStore, 'eventId' | 'appId' | 'receivedAt' | 'receivedFrom'> {
  /** Which webhooks it may go to; absent: all that want it. */
  audience?: EventAudience;
}

export function eventTooLarge(): DomainError {
  return new DomainError('payload_too_large', `An event may have ${String(EVENT_LIMIT_BYTES)} bytes`);
}

/**
 * @param item the parsed event
 * @param json the text it was parsed from, from its opening to its closing brace
 * @param checks of the events the tenant defines itself
 * @param headerKey the `Idempotency-Key` header, when the request had one
 * @throws DomainError `invalid_input` or `payload_too_large`
 */
export async function readEvent(
  item: unknown,
  json: string,
  checks: EventChecks,
  headerKey?: string,
): Promise<ReadEvent> {
  if (Buffer.byteLength(json) > EVENT_LIMIT_BYTES) throw eventTooLarge();
  const parsed = ingestEventRequestSchema.safeParse(item, { reportInput: true });
  if (!parsed.success) throw invalidInput(fieldErrorsOf(parsed.error));
  const { id, event, timestamp, conversationId, data } = parsed.data;

  const payload = dataTextOf(json);
  const faults = await faultsOf(event, data, payload, checks);
  if (faults.length > 0) throw invalidInput(faults);

  const indexKeys = indexKeysOf(event, data);
  const key = keyOf(id, headerKey);
  // In UTC, since PostgreSQL reads fewer offsets than ISO 8601 allows.
  const occurredAt = timestamp === undefined ? null : new Date(timestamp).toISOString();
  return {
    event,
    timestamp: occurredAt,
    conversationId: conversationId ?? indexKeys.conversationId ?? null,
    messageId: indexKeys.messageId ?? null,
    userIds: userIdsOf(data),
    payload,
    key:
      key === null
        ? null
        : { value: key, contentHash: contentHash(event, occurredAt, conversationId, payload) },
  };
}

/** The tenant's own schema overrides a built-in one of that name. */
export async function faultsOf(
  event: string,
  data: Record<string, unknown>,
  payload: string,
  checks: EventChecks,
): Promise<FieldError[]> {
  if (checks.has(event)) return (await checks.check(event, data, payload)).map(belowData);
  const definition = findEvent(event);
  if (!definition) return [unknownEvent(event)];
  const checked = definition.schema.safeParse(data, { reportInput: true });
  return checked.success ? [] : fieldErrorsOf(checked.error, '/data');
}

function belowData(fault: FieldError): FieldError {
  return { ...fault, pointer: `/data${fault.pointer}` };
}

function keyOf(id: string | undefined, header: string | undefined): string | null {
  if (header === undefined) return id ?? null;
  const headerKey = headerText(header);
  const isUsable = headerKey.length >= 1 && headerKey.length <= 200;
  if (!isUsable) {
    throw invalidInput([
      { pointer: 'Idempotency-Key', code: 'invalid_format', message: 'must have 1 to 200 characters' },
    ]);
  }
  if (id !== undefined && id !== headerKey) {
    throw invalidInput([
      { pointer: '/id', code: 'invalid_value', message: 'differs from the Idempotency-Key header' },
    ]);
  }
  return headerKey;
}

function unknownEvent(event: string): FieldError {
  return {
    pointer: '/event',
    code: 'unknown_event',
    message: `"${event}" is neither a built-in event nor one of the tenant's event types`,
  };
}

/** The text of the member `data` of a checked request. */
export function dataTextOf(json: string): string {
  const span = memberSpans(json).get('data');
  if (!span) throw new Error('A checked event has data');
  return json.slice(span.from, span.to);
}

/** Over the payload as written, without blanks: parsed, numbers beyond 2^53 would look equal. */
function contentHash(
  event: string,
  occurredAt: string | null,
  conversationId: string | undefined,
  payload: string,
): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([event, occurredAt, conversationId ?? null]))
    .update(compactJson(payload))
    .digest();
}
