/** Builds the filters of the delivery log as SQL conditions over `d`, a row of the log. */
import type { DeliveryFilters, DeliveryPhaseFilter } from '@im/contracts/api/deliveries';
import { lowestIdAt } from '../../../platform/database/time-partitions.js';
import { HELD_BY } from './held-by.js';
import { SOURCE_ID } from './received-from-sql.js';

/** The filters of a list, within one app. */
export type DeliveryFilter = Omit<DeliveryFilters, 'q'> & {
  appId: string;
  webhookId?: string;
  /** Only of these, whatever else is asked for. */
  webhookIds?: readonly string[];
  /** Instead of `event`: any of these names; an empty list matches nothing. */
  events?: readonly string[];
};

/** Numbers parameters in the order in which a statement needs them. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the parameter's placeholder */
  add(value: unknown): string {
    this.values.push(value);
    return `$${String(this.values.length)}`;
  }
}

/** Each filter on the log's own columns; `at` is its parameter. */
const CONDITIONS: { [Name in keyof DeliveryFilter]?: (at: string) => string } = {
  status: (at) => `d.status = ${at}`,
  event: (at) => `d.event = ${at}`,
  events: (at) => `d.event = ANY(${at}::text[])`,
  kind: (at) => `d.kind = ${at}`,
  responseStatus: (at) => `d.response_status = ${at}::smallint`,
  errorClass: (at) => `d.error_class = ${at}`,
  from: (at) => `d.delivery_id >= ${at}`,
  to: (at) => `d.delivery_id < ${at}`,
  callbackId: (at) => `d.callback_id = ${at}`,
  // A scalar, which PostgreSQL cannot turn into a join with all events of the source.
  sourceId: (at) => `(SELECT ${SOURCE_ID} FROM events e WHERE e.event_id = d.event_id) = ${at}::uuid`,
  originalDeliveryId: (at) => `d.original_delivery_id = ${at}`,
};

/** Conditions on the row itself come first: `heldBy` is computed for each row that is left. */
const PHASES: Readonly<Record<DeliveryPhaseFilter, string>> = {
  queued: `d.status = 'pending' AND d.attempts = 0 AND ${HELD_BY} IS NULL`,
  retrying: `d.status = 'pending' AND d.attempts > 0 AND ${HELD_BY} IS NULL`,
  held: `d.status = 'pending' AND ${HELD_BY} IS NOT NULL`,
  problem: `(d.status = 'failed' OR d.status = 'pending' AND (d.attempts > 0 OR ${HELD_BY} IS NOT NULL))`,
};

/** Written so that PostgreSQL starts from the response status instead of the delivery status. */
const WITHIN_RESPONSES = (at: string) => `d.status <> 'success' AND (d.status = ${at}) IS TRUE`;

/** Few of the failed ones have a given response; PostgreSQL would estimate as many as of all deliveries. */
function isByResponse({ status, responseStatus }: DeliveryFilter): boolean {
  return responseStatus !== undefined && status !== undefined && status !== 'success' && status !== 'pending';
}

/** Conditions for the filters on the delivery itself. */
export function conditionsOf(filter: DeliveryFilter, parameters: Parameters): string[] {
  // Ids begin with their creation time, so a span of time is a span of ids, and other days' partitions are skipped.
  const values: DeliveryFilter = {
    ...filter,
    ...(filter.from !== undefined && { from: lowestIdOf(filter.from) }),
    ...(filter.to !== undefined && { to: lowestIdOf(filter.to) }),
  };
  const conditions: string[] = [];
  for (const name of Object.keys(CONDITIONS) as (keyof DeliveryFilter)[]) {
    const condition = name === 'status' && isByResponse(filter) ? WITHIN_RESPONSES : CONDITIONS[name];
    if (condition && values[name] !== undefined) conditions.push(condition(parameters.add(values[name])));
  }
  if (filter.phase !== undefined) conditions.push(PHASES[filter.phase]);
  if (filter.callbackId !== undefined) conditions.push(...eventOfCallback(filter.callbackId, parameters));
  return conditions;
}

/**
 * A callback id begins with its event's millisecond, so the events that can be meant are few, and the log's index by
 * event finds it. No delivery is older than its event: earlier days are skipped.
 */
export function eventOfCallback(callbackId: string, parameters: Parameters): string[] {
  const millisecond = callbackId.slice(0, 13).toLowerCase();
  const lowest = parameters.add(`${millisecond}-0000-0000-000000000000`);
  const highest = parameters.add(`${millisecond}-ffff-ffff-ffffffffffff`);
  return [
    `d.event_id >= ${lowest}::uuid`,
    `d.event_id <= ${highest}::uuid`,
    `d.delivery_id >= ${lowest}::uuid`,
  ];
}

export function lowestIdOf(instant: string): string {
  return lowestIdAt(Date.parse(instant));
}
