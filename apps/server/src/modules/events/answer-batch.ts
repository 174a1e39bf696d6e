/** Answers a batch: a result for each event, with a limit on the faults in total. */
import { MAX_BATCH_FIELD_ERRORS, type BatchItemResult, type IngestedBatch } from '@im/contracts/api/events';
import { DomainError } from '../../platform/errors/domain-error.js';
import { problemOf } from '../../platform/http-server/problem.filter.js';
import type { IngestResult } from './ingest-event.service.js';
import type { ReadEvent } from './read-event.js';

/**
 * @param read each event of the batch, or why it was refused
 * @param ingested the results of those that were not, in their order
 */
export function answerBatch(
  read: readonly (ReadEvent | DomainError)[],
  ingested: readonly IngestResult[],
): IngestedBatch {
  const faults = new FaultsLeft();
  const answers = ingested.values();
  const results = read.map((item, index) =>
    answerItem(index, item instanceof DomainError ? item : answers.next().value, faults),
  );
  const accepted = results.filter((result) => result.status === 202).length;
  return {
    accepted,
    rejected: results.length - accepted,
    results,
    ...(faults.isTruncated && { errorsTruncated: true }),
  };
}

class FaultsLeft {
  isTruncated = false;
  private left = MAX_BATCH_FIELD_ERRORS;

  /** The problem with as many of its faults as may still be named. */
  take({ errors, errorsTruncated, ...problem }: ReturnType<typeof problemOf>): ReturnType<typeof problemOf> {
    const named = errors?.slice(0, this.left);
    this.left -= named?.length ?? 0;
    const isTruncated = errorsTruncated === true || (errors?.length ?? 0) > (named?.length ?? 0);
    this.isTruncated ||= isTruncated;
    return { ...problem, ...(named && { errors: named }), ...(isTruncated && { errorsTruncated: true }) };
  }
}

function answerItem(
  index: number,
  answer: IngestResult | DomainError | undefined,
  faults: FaultsLeft,
): BatchItemResult {
  if (answer === undefined) throw new Error('An event got no answer');
  if (answer instanceof DomainError) {
    return { index, status: answer.status, error: faults.take(problemOf(answer)) };
  }
  if (answer.kind === 'refused') return answerItem(index, answer.error, faults);
  const { eventId, deliveries, duplicate } = answer;
  return { index, status: 202, eventId, deliveries, duplicate };
}
