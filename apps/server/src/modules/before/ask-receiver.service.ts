/** Asks the receiver that decides about an event, once and within its deadline; otherwise its policy decides. */
import { Injectable } from '@nestjs/common';
import { BEFORE_DEADLINE_MS, type BeforeSettings } from '@im/contracts/api/before-constants';
import { Clock } from '../../platform/clock/clock.js';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { ConcurrencyLimiter } from '../../platform/limits/concurrency-limiter.js';
import { NotSentError } from '../../platform/limits/not-sent-error.js';
import { boundedError } from '../../platform/logging/bounded-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { callbackIdOf } from '../delivery-store/domain/callback-id.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import type { WebhookSettings } from '../webhook-configs/webhook-settings.js';
import { MAX_QUESTIONS, MAX_QUESTIONS_PER_WEBHOOK } from './before-client.js';
import { Breakers, type Pass } from './breakers.js';
import { judgeAnswer, type ReceiverDecision } from './domain/judge-answer.js';
import { LogDecisionsService } from './log-decisions.service.js';
import type { Decision, Question, QuestionDelivery } from './question.js';
import { recordOf } from './record-of.js';
import { SendQuestionService, type SentQuestion } from './send-question.service.js';
import { within } from './within.js';

/** The app was looked up for this request, which refreshed the cache. */
const WHEN_IT_CAME = 0;
/** The client ends a request at its deadline; unpacking an answer may take longer. */
const GRACE_MS = 10;
/** What timers are inexact by. */
const TIMER_MS = 2;

const ALLOWED: ReceiverDecision = {
  decision: 'allow',
  code: null,
  reason: null,
  changes: null,
  rawAnswer: null,
};

/** One question to the webhook that decides. */
interface Asking {
  question: Question;
  before: BeforeSettings;
  settings: WebhookSettings;
  delivery: QuestionDelivery;
  /** Monotonic milliseconds. */
  beganAt: number;
  endsAt: number;
}

/** What came of a question. */
type Result =
  | { by: 'receiver'; decision: ReceiverDecision; sent: SentQuestion }
  /** `sent` is null when the receiver was not asked. */
  | { by: Exclude<Decision['decidedBy'], 'receiver' | 'none'>; sent: SentQuestion | null };

@Injectable()
export class AskReceiverService {
  private readonly breakers = new Breakers();
  private readonly underWay = new ConcurrencyLimiter({
    maxConcurrent: MAX_QUESTIONS,
    maxConcurrentPerKey: MAX_QUESTIONS_PER_WEBHOOK,
  });
  private isLookUpFailing = false;

  constructor(
    private readonly webhooks: FindWebhooksService,
    private readonly sender: SendQuestionService,
    private readonly log: LogDecisionsService,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  /** Never throws, and takes no longer than the deadline of the webhook and the patience of the asker. */
  async ask(question: Question): Promise<Decision> {
    const beganAt = performance.now();
    const limitMs = Math.min(question.maxWaitMs ?? BEFORE_DEADLINE_MS.max, BEFORE_DEADLINE_MS.max);
    let found: Pick<Asking, 'before' | 'settings'> | null;
    try {
      found = await within(limitMs, this.find(question));
      this.isLookUpFailing = false;
    } catch (error) {
      if (!this.isLookUpFailing) this.logger.error('before.lookup_failed', boundedError(error));
      this.isLookUpFailing = true;
      return this.answerWithoutWebhook('error', beganAt);
    }
    if (!found) return this.answerWithoutWebhook('none', beganAt);
    const endsAt = beganAt + Math.min(found.before.deadlineMs, limitMs);
    const delivery = this.deliveryOf(question, found.settings);
    return this.decide({ ...found, ...{ question, delivery, beganAt, endsAt } });
  }

  /** The webhook that decides; null: none is to be asked. */
  private async find({ app, event }: Question): Promise<Pick<Asking, 'before' | 'settings'> | null> {
    const routes = (await this.webhooks.routesOf([app.appId], WHEN_IT_CAME)).get(app.appId) ?? [];
    const route = routes.find(({ isEnabled, before }) => isEnabled && before?.events.includes(event));
    if (!route?.before) return null;
    const { webhookId, before } = route;
    const settings = (await this.webhooks.settingsOf([webhookId], WHEN_IT_CAME)).get(webhookId);
    return settings ? { before, settings } : null;
  }

  private deliveryOf(question: Question, { webhookId, format }: WebhookSettings): QuestionDelivery {
    const eventId = uuidV7();
    const { event, payload, conversationId, rawRequest } = question;
    return {
      ...{ eventId, callbackId: callbackIdOf(eventId, webhookId), deliveryId: uuidV7() },
      ...{ event, payload, conversationId, kind: 'before', attempt: 1 },
      occurredAt: this.clock.now(),
      rawRequest: format === 'raw' ? rawRequest : null,
    };
  }

  private async decide(asking: Asking): Promise<Decision> {
    const result = this.start(asking);
    if ('by' in result) return this.conclude(asking, result);
    try {
      return this.conclude(asking, await within(leftOf(asking) + GRACE_MS, result.ends));
    } catch {
      const decision = this.decisionOf(asking, { by: 'deadline', sent: null });
      void result.ends.then(({ sent }) => {
        this.record(asking, decision, sent);
      });
      return decision;
    }
  }

  /** Sends the question, unless its receiver is not to be asked now. @returns `ends` never rejects */
  private start(asking: Asking): Result | { ends: Promise<Result> } {
    const { webhookId, revision, resumedAt, isPausedByPerson } = asking.settings;
    const version = `${String(revision)} ${resumedAt?.toISOString() ?? ''}`;
    const pass = isPausedByPerson ? null : this.breakers.enter(webhookId, version, performance.now());
    if (!pass) return { by: 'breaker', sent: null };
    const permit = this.underWay.tryAcquire(webhookId);
    if (!permit) {
      pass.release();
      return { by: 'error', sent: null };
    }
    return { ends: this.send(asking, pass).finally(permit.release) };
  }

  private async send(asking: Asking, pass: Pass): Promise<Result> {
    const { question, settings, delivery, endsAt } = asking;
    const isOutOfTime = () => performance.now() >= endsAt - TIMER_MS;
    try {
      const timeoutMs = Math.max(1, Math.floor(leftOf(asking)));
      const sent = await this.sender.send(settings, delivery, timeoutMs);
      const readRawAnswer = delivery.rawRequest && question.readRawAnswer;
      const judgement = judgeAnswer(sent.outcome, isOutOfTime(), readRawAnswer);
      if (judgement.by === 'receiver') {
        pass.succeed();
        return { ...judgement, sent };
      }
      pass.fail();
      const { by, errorClass, errorMessage } = judgement;
      return { by, sent: { ...sent, outcome: { ...sent.outcome, errorClass, errorMessage } } };
    } catch (error) {
      // The receiver is not to blame.
      pass.release();
      if (!(error instanceof NotSentError)) {
        this.logger.error('before.not_sent', boundedError(error), { webhookId: settings.webhookId });
      }
      return { by: isOutOfTime() ? 'deadline' : 'error', sent: null };
    }
  }

  private conclude(asking: Asking, result: Result): Decision {
    const decision = this.decisionOf(asking, result);
    this.record(asking, decision, result.sent);
    return decision;
  }

  private decisionOf({ before, delivery, beganAt }: Asking, result: Result): Decision {
    const made = result.by === 'receiver' ? result.decision : { ...ALLOWED, decision: before.onFailure };
    const { eventId, deliveryId } = delivery;
    return { ...made, decidedBy: result.by, latencyMs: since(beganAt), eventId, deliveryId };
  }

  private answerWithoutWebhook(decidedBy: 'error' | 'none', beganAt: number): Decision {
    const latencyMs = since(beganAt);
    this.metrics.before.decided('allow', decidedBy, latencyMs);
    return { ...ALLOWED, decidedBy, latencyMs, eventId: null, deliveryId: null };
  }

  /** After the answer: the asker waits for nothing of this. */
  private record(
    { question, settings, delivery }: Asking,
    decision: Decision,
    sent: SentQuestion | null,
  ): void {
    setImmediate(() => {
      const { decidedBy, latencyMs } = decision;
      this.metrics.before.decided(decision.decision, decidedBy, latencyMs);
      this.log.add(recordOf(question, settings, delivery, decision, sent));
      this.logger.info('before.decided', {
        ...{ deliveryId: delivery.deliveryId, eventId: delivery.eventId, webhookId: settings.webhookId },
        ...{
          appId: question.app.appId,
          event: question.event,
          decision: decision.decision,
          decidedBy,
          latencyMs,
        },
        status: sent?.outcome.responseStatus ?? null,
        errorClass: sent?.outcome.errorClass ?? null,
      });
    });
  }
}

function leftOf({ endsAt }: Asking): number {
  return endsAt - performance.now();
}

/** To a tenth of a millisecond. */
function since(beganAt: number): number {
  return Math.round((performance.now() - beganAt) * 10) / 10;
}
