/** Answers a before-callback of an IM server: asks the receiver and writes its decision in the server's form. */
import { Injectable } from '@nestjs/common';
import { AskReceiverService } from '../before/ask-receiver.service.js';
import type { ReceivingSource } from './find-source.service.js';
import type { Received } from './received.js';
import type { SourceAdapter, SourceReading, SourceRequest } from './source-kind.js';

@Injectable()
export class AnswerBeforeService {
  constructor(private readonly receivers: AskReceiverService) {}

  /** Never throws: whatever goes wrong, the webhook's policy decides. */
  async answer(
    source: ReceivingSource,
    adapter: SourceAdapter,
    request: SourceRequest,
    { command, question, patienceMs, answer, readRawAnswer }: Extract<SourceReading, { kind: 'before' }>,
  ): Promise<Received> {
    const redacted = adapter.redact(request);
    const decision = await this.receivers.ask({
      app: source,
      ...question,
      receivedFrom: `source:${source.sourceId}`,
      maxWaitMs: patienceMs,
      ...(readRawAnswer && { readRawAnswer }),
      rawRequest: {
        contentType: redacted.headers['content-type'] ?? 'application/json',
        body: redacted.body,
        ...adapter.appended(redacted),
      },
    });
    const { decision: verdict, decidedBy, latencyMs } = decision;
    return {
      outcome: 'accepted',
      command,
      detail: `${verdict}, decided by ${decidedBy} after ${String(Math.round(latencyMs))} ms`,
      eventIds: decision.eventId === null ? [] : [decision.eventId],
      answer: answer(decision),
    };
  }
}
