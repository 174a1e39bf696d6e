/** Reads a batch event by event from its bytes, to bound time and memory. */
import { isUtf8 } from 'node:buffer';
import { BATCH_LIMIT_EVENTS, EVENT_LIMIT_BYTES } from '@im/contracts/api/events';
import { eventRoutes } from '@im/contracts/routes/event-routes';
import { DomainError } from '../../platform/errors/domain-error.js';
import { MAX_CONTAINERS, MAX_DEPTH, tooManyContainers } from '../../platform/http-server/json-body.js';
import { invalidInput, parseBody } from '../../platform/http-server/parse-input.js';
import { workInSlices, type Slice } from '../../platform/limits/loop-slices.js';
import type { EventChecks } from '../event-types/find-event-types.service.js';
import {
  MalformedBatch,
  splitBatch,
  type BatchLimits,
  type Span,
  type SplitBatch,
} from '../../platform/json/split-batch.js';
import { eventTooLarge, readEvent, type ReadEvent } from './read-event.js';

/** Bytes of a value other than the list of events that is parsed; longer ones are replaced by null. */
const MAX_OTHER_BYTES = 1_000;
/** Far more members than a valid batch has; the limit bounds the time of one request. */
const MAX_MEMBERS = 50;
const MAX_NAME_BYTES = 1_000;
const LIMITS: BatchLimits = {
  maxDepth: MAX_DEPTH,
  maxItems: BATCH_LIMIT_EVENTS,
  maxMembers: MAX_MEMBERS,
  maxNameBytes: MAX_NAME_BYTES,
};

/**
 * @param checks of the events the tenant defines itself
 * @param slice yields when it took the event loop for long
 * @returns each event, or why it is refused, in their order
 * @throws DomainError when the body is no batch at all: nothing of it is taken then
 */
export async function readBatch(
  body: Buffer,
  checks: EventChecks,
  slice: Slice,
): Promise<(ReadEvent | DomainError)[]> {
  if (!isUtf8(body)) throw new DomainError('malformed_json', 'The body is not valid UTF-8');
  const split = await splitInSlices(body, slice);
  const outline = outlineOf(body, split);
  if (outline === null)
    throw invalidInput([{ pointer: '', code: 'invalid_type', message: 'must be an object' }]);
  parseBody(eventRoutes.submitBatch.body, outline);
  const read: (ReadEvent | DomainError)[] = [];
  for (const span of split?.items ?? []) {
    read.push(await readItem(body, span, checks));
    await slice.pause();
  }
  return read;
}

/** @returns undefined when the body is not even an object */
async function splitInSlices(body: Buffer, slice: Slice): Promise<SplitBatch | undefined> {
  try {
    return await workInSlices(splitBatch(body, LIMITS), slice);
  } catch (error) {
    if (!(error instanceof MalformedBatch)) throw error;
    throw refusalOf(error);
  }
}

function refusalOf({ fault, message }: MalformedBatch): DomainError {
  if (fault === 'depth') return new DomainError('malformed_request', `The body ${message}`);
  if (fault === 'members') return invalidInput([{ pointer: '', code: 'too_big', message }]);
  return new DomainError('malformed_json', `The body is not valid JSON: ${message}`);
}

/** The body with its events replaced by nulls. */
function outlineOf(body: Buffer, split: SplitBatch | undefined): unknown {
  if (!split) return body.length === 0 ? undefined : otherValue(body, { from: 0, to: body.length });
  return Object.fromEntries(
    [...split.members].map(([name, span]) => [
      name,
      name === 'events' && split.items ? split.items.map(() => null) : otherValue(body, span),
    ]),
  );
}

function otherValue(body: Buffer, { from, to }: Pick<Span, 'from' | 'to'>): unknown {
  return to - from > MAX_OTHER_BYTES ? null : parseJson(body.toString('utf8', from, to));
}

async function readItem(
  body: Buffer,
  { from, to, containers }: Span,
  checks: EventChecks,
): Promise<ReadEvent | DomainError> {
  if (to - from > EVENT_LIMIT_BYTES) return eventTooLarge();
  if (containers > MAX_CONTAINERS) return tooManyContainers();
  // A text of its own: a slice of the batch's text would keep all of it in memory.
  const json = body.toString('utf8', from, to);
  const item = parseJson(json);
  try {
    return await readEvent(item, json, checks);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new DomainError('malformed_json', `The body is not valid JSON: ${(error as Error).message}`);
  }
}
