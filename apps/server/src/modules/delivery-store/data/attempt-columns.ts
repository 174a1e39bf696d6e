import type { HttpOutcome } from '../../../platform/outgoing-http/http-outcome.js';
import { plainArray, textArray } from '../../../platform/database/array-parameters.js';
import type { AttemptRecord } from './attempt-record.js';
import { logDeliveries, PLAN_COLUMNS, tallyReplays } from './delivery-columns.js';

/** The columns that an ended row keeps, with those of its last attempt. */
const PENDING_COLUMNS = [...PLAN_COLUMNS.split(', '), 'recovery_id']
  .map((column) => `p.${column}`)
  .join(', ');

/** SQL: the attempts of a batch as a common table expression named `input`; parameters `$1` to `$19`, with evidence `$20`. */
function attemptsInput(evidence: { parameter: string; column: string }): string {
  return `input AS (
       SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::integer[], $5::integer[], $6::timestamptz[], $7::real[],
         $8::real[], $9::real[], $10::real[], $11::real[], $12::text[], $13::text[], $14::smallint[], $15::text[],
         $16::text[], $17::boolean[], $18::text[], $19::text[]${evidence.parameter})
       AS t(delivery_id, attempt, status, retry_in_ms, hold_ms, started_at, duration_ms, dns_ms, connect_ms, tls_ms,
         first_byte_ms, remote_address, request_headers, response_status, response_headers, response_body,
         is_response_truncated, error_class, error_message${evidence.column})
     )`;
}

/** Successes leave no evidence. */
export const SUCCESSES_INPUT = attemptsInput({ parameter: '', column: '' });
export const SUCCESSES_PARAMETERS = 19;
/** Of attempts that may have failed. */
export const ATTEMPTS_INPUT = attemptsInput({ parameter: ', $20::text[]', column: ', evidence' });

/**
 * SQL: removes the pending rows that have ended, as `ended`. The attempt number guards them.
 *
 * @param condition is true for all or none
 */
export function endedWhen(condition = 'true'): string {
  return `ended AS (
       DELETE FROM pending_deliveries p USING input i
       WHERE p.delivery_id = i.delivery_id AND p.attempts = i.attempt - 1 AND i.status IN ('success', 'failed')
         AND ${condition}
       RETURNING ${PENDING_COLUMNS}, i.status, i.attempt, i.response_status, i.error_class, i.duration_ms, i.started_at
     )`;
}

/** SQL: writes what has ended into the log, and adds replays to the tallies of their recoveries. */
export const SETTLED = `settled AS (
       ${logDeliveries('ended', { status: 'status', attempts: 'attempt', completedAt: 'now()' })}
     ), tallied AS (
       ${tallyReplays('ended')}
     )`;

/** SQL: writes the attempts of the deliveries in another expression. @param mayFail with what only failed ones have */
export function loggedOf(recorded: string, { mayFail }: { mayFail: boolean }): string {
  return `logged AS (
       INSERT INTO attempts (delivery_id, attempt, started_at, duration_ms, dns_ms, connect_ms, tls_ms, first_byte_ms,
         remote_address, request_headers, response_status, response_headers, response_body, is_response_truncated,
         error_class, error_message${mayFail ? ', evidence, is_split' : ''})
       SELECT delivery_id, i.attempt, i.started_at, i.duration_ms, i.dns_ms, i.connect_ms, i.tls_ms, i.first_byte_ms,
         i.remote_address, i.request_headers, i.response_status, i.response_headers, i.response_body,
         i.is_response_truncated, i.error_class, i.error_message${mayFail ? `, evidence, nullif(i.status = 'split', false)` : ''}
       FROM input i JOIN ${recorded} USING (delivery_id)
     )`;
}

type Plain = string | number | boolean | null;

/** The values of {@link SUCCESSES_INPUT}, and with {@link evidenceOf} of {@link ATTEMPTS_INPUT}. */
export function attemptColumnsOf(records: readonly AttemptRecord[]): unknown[] {
  const outcomes = records.map(({ outcome }) => outcome);
  const plain = (read: (outcome: HttpOutcome) => Plain) => plainArray(outcomes.map(read));
  const text = (read: (outcome: HttpOutcome) => string | null) => textArray(outcomes.map(read));
  return [
    plainArray(records.map((record) => record.deliveryId)),
    plainArray(records.map((record) => record.attempt)),
    plainArray(records.map((record) => record.status)),
    plainArray(records.map((record) => record.retryInMs)),
    plainArray(records.map((record) => record.holdMs)),
    plain((outcome) => outcome.startedAt.toISOString()),
    plain((outcome) => outcome.durationMs),
    plain((outcome) => outcome.phases.dnsMs),
    plain((outcome) => outcome.phases.connectMs),
    plain((outcome) => outcome.phases.tlsMs),
    plain((outcome) => outcome.phases.firstByteMs),
    text((outcome) => outcome.remoteAddress),
    textArray(records.map((record) => record.requestHeaders)),
    plain((outcome) => outcome.responseStatus),
    text((outcome) => outcome.responseHeaders && JSON.stringify(outcome.responseHeaders)),
    text((outcome) => outcome.responseBody),
    plain((outcome) => outcome.isResponseTruncated),
    plain((outcome) => outcome.errorClass),
    text((outcome) => outcome.errorMessage),
  ];
}

export function evidenceOf(outcome: HttpOutcome): string | null {
  return outcome.evidence && JSON.stringify(outcome.evidence);
}
