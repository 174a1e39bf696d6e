/** One attempt, start to end: load, sign, send, judge, record. */
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { HttpOutcome } from '../../platform/http/http-outcome.js';
import { WebhookClient } from '../../platform/http/webhook-client.js';
import { Logger } from '../../platform/logging/logger.js';
import { DeliveryStatesRepository } from './data/delivery-states.repository.js';
import type { DeliveryHint } from './delivery.queue.js';
import { composeCallback } from './domain/compose-callback.js';
import { judgeAttempt, type Verdict } from './domain/judge-attempt.js';
import { maskHeaders } from './domain/mask-headers.js';
import { LoadWorkService, type SignableWork } from './load-work.service.js';
import { RecordAttemptService } from './record-attempt.service.js';

const NONCE_BYTES = 16;

@Injectable()
export class DeliverService {
  /** Deliveries this process is attempting; a hint that comes twice must not send twice. */
  private readonly underway = new Set<string>();

  constructor(
    private readonly loadWork: LoadWorkService,
    private readonly client: WebhookClient,
    private readonly recordAttempt: RecordAttemptService,
    private readonly states: DeliveryStatesRepository,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Makes the attempt when it is still due; otherwise does nothing, so a hint may be repeated.
   *
   * @returns the outcome, or null when no attempt was made
   */
  async deliver({ deliveryId, attempt }: DeliveryHint): Promise<HttpOutcome | null> {
    if (this.underway.has(deliveryId)) return null;
    this.underway.add(deliveryId);
    try {
      const work = await this.loadWork.load(deliveryId);
      if (work?.attempts !== attempt - 1) return null;
      if (await this.isWithdrawn(work)) return null;
      return await this.attempt(work, attempt);
    } finally {
      this.underway.delete(deliveryId);
    }
  }

  /** A webhook deleted or disabled meanwhile gets nothing more; what a person asked for goes out even when disabled. */
  private async isWithdrawn(work: SignableWork): Promise<boolean> {
    if (!work.isDeleted && (work.isEnabled || work.kind !== 'event')) return false;
    await this.states.withdraw(work.deliveryId, work.isDeleted ? 'canceled' : 'skipped', this.clock.now());
    return true;
  }

  private async attempt(work: SignableWork, attempt: number): Promise<HttpOutcome> {
    const { url, headers, body } = composeCallback({
      target: work,
      keys: work.keys,
      deliveries: [{ ...work, attempt, rawRequest: null }],
      // One event is one batch, and comes again under the same name.
      batchId: work.batch && work.callbackId,
      timestampMs: this.clock.nowMs(),
      nonce: randomBytes(NONCE_BYTES).toString('hex'),
    });
    const outcome = await this.client.send({ url, headers, body, timeoutMs: work.timeoutMs });
    const verdict = judgeAttempt({
      outcome,
      policy: work.retryPolicy,
      attempt,
      maxAttempts: work.maxAttempts,
      random: Math.random,
    });
    await this.recordAttempt.record({
      work,
      attempt,
      outcome,
      verdict,
      requestHeaders: maskHeaders(headers),
    });
    this.log(work, attempt, outcome, verdict);
    return outcome;
  }

  private log(work: SignableWork, attempt: number, outcome: HttpOutcome, verdict: Verdict): void {
    if (!this.logger.isInfoEnabled) return;
    const { deliveryId, eventId, webhookId, appId, event, kind } = work;
    this.logger.info('delivery.attempted', {
      deliveryId,
      eventId,
      webhookId,
      appId,
      event,
      kind,
      attempt,
      status: outcome.responseStatus,
      errorClass: outcome.errorClass,
      durationMs: Math.round(outcome.durationMs * 10) / 10,
      verdict: verdict.kind,
      ...(verdict.kind === 'retry' && { retryInMs: verdict.delayMs }),
    });
  }
}
