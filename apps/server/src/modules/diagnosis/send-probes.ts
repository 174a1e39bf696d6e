/** Sends the requests of one check-up, one after another over its own connection, within one deadline. */
import { CHECKUP_HEADER, type CheckName } from '@im/contracts/api/checkup';
import { diagnoseAttempt } from '@im/contracts/diagnosis/diagnose-attempt';
import { TEST_EVENT } from '@im/contracts/events/event-list';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { randomHex } from '../../platform/crypto/random-pool.js';
import type { HttpOutcome } from '../../platform/outgoing-http/http-outcome.js';
import type { ClientCertificate } from '../../platform/outgoing-http/outgoing-tls.js';
import { batchIdOf } from '../dispatcher/domain/batch-id.js';
import type { SigningKeys } from '../dispatcher/domain/callback.js';
import { callbackIdOf } from '../delivery-store/domain/callback-id.js';
import { composeCallback } from '../dispatcher/domain/compose-callback.js';
import type { Sender } from '../test-receiver/send-in-process.service.js';
import type { WebhookSettings } from '../webhook-configs/webhook-settings.js';
import { LARGE_PAYLOAD, PLAIN_PAYLOAD, UNICODE_PAYLOAD } from './domain/checkup/checkup-payloads.js';
import type { Probe, Probes } from './domain/checkup/probe.js';

/** All requests together; the answer has to be there within 30 s. */
const BUDGET_MS = 26_000;
/** A receiver that takes longer fails, so that there is time for the other requests. */
const REQUEST_MS = 8_000;
/** With less time left a request would only look like a failure. */
const LEAST_MS = 1_000;
const STALE_MS = 3_600_000;
const FURTHER_GOOD = 2;
const NONCE_BYTES = 16;

interface Letter {
  check: CheckName;
  payload?: string;
  keys?: SigningKeys;
  timestampMs?: number;
  /** Absent: a new event. */
  eventId?: string;
  attempt?: number;
}

export interface CheckupTarget {
  settings: WebhookSettings;
  keys: SigningKeys;
  clientCertificate: ClientCertificate | null;
  nowMs: () => number;
}

export class ProbeSender {
  private readonly endsAt = performance.now() + BUDGET_MS;

  constructor(
    private readonly sender: Sender,
    private readonly target: CheckupTarget,
  ) {}

  async sendAll(): Promise<Probes> {
    const eventId = uuidV7();
    const good = await this.send({ check: 'good_signature', eventId });
    if (!good) throw new Error('The first request always has time');
    // Without an answer to this one, the others would not be answered either.
    if (good.responseStatus === null) return { good, more: [] };
    const probes: Probes = { good, more: [] };
    if (good.errorClass === null) await this.sendDependent(probes, eventId);
    for (let count = 0; count < FURTHER_GOOD; count += 1) {
      const probe = await this.send({ check: 'speed' });
      if (probe) probes.more.push(probe);
    }
    return probes;
  }

  /** Probes that make sense only for a receiver that accepts right callbacks. */
  private async sendDependent(probes: Probes, eventId: string): Promise<void> {
    const unrelatedKeys: SigningKeys = { current: randomHex(32), next: null, previous: null };
    probes.unicode = await this.send({ check: 'unicode_body', payload: UNICODE_PAYLOAD });
    probes.duplicate = await this.send({ check: 'duplicate', eventId, attempt: 2 });
    probes.large = await this.send({ check: 'large_body', payload: LARGE_PAYLOAD });
    probes.wrong = await this.send({ check: 'wrong_signature', keys: unrelatedKeys });
    probes.stale = await this.send({ check: 'stale_timestamp', timestampMs: this.target.nowMs() - STALE_MS });
  }

  private async send(letter: Letter): Promise<Probe | undefined> {
    const leftMs = this.endsAt - performance.now();
    if (leftMs < LEAST_MS) return undefined;
    const { settings, clientCertificate } = this.target;
    const outcome = await this.sender.sendComposed(() => ({
      ...this.compose(letter),
      timeoutMs: Math.floor(Math.min(settings.timeoutMs, REQUEST_MS, leftMs)),
      ...(clientCertificate && { clientCertificate }),
      isEvidenceWanted: true,
      tenantId: this.target.settings.app.tenantId,
    }));
    return probeOf(outcome);
  }

  private compose({
    check,
    payload = PLAIN_PAYLOAD,
    keys,
    timestampMs,
    eventId = uuidV7(),
    attempt = 1,
  }: Letter) {
    const { settings, nowMs } = this.target;
    const callbackId = callbackIdOf(eventId, settings.webhookId);
    const composed = composeCallback({
      target: { ...settings, appKey: settings.app.appKey },
      keys: keys ?? this.target.keys,
      deliveries: [
        {
          callbackId,
          deliveryId: uuidV7(),
          event: TEST_EVENT,
          kind: 'test',
          occurredAt: new Date(nowMs()),
          payload,
          conversationId: null,
          attempt,
          rawRequest: null,
        },
      ],
      batchId: settings.batch && batchIdOf([callbackId]),
      timestampMs: timestampMs ?? nowMs(),
      nonce: randomHex(NONCE_BYTES),
    });
    composed.headers.push([CHECKUP_HEADER, check]);
    return composed;
  }
}

function probeOf(outcome: HttpOutcome): Probe {
  const { errorClass, durationMs, startedAt, responseStatus, phases, evidence } = outcome;
  return {
    responseStatus,
    durationMs,
    errorClass,
    diagnosis:
      errorClass === null
        ? null
        : diagnoseAttempt({
            ...outcome,
            errorClass,
            endedAtMs: startedAt.getTime() + durationMs,
            isQuotable: true,
          }),
    isConnectionKept: phases.connectMs === null && responseStatus !== null,
    certificateValidTo: evidence?.certificate?.validTo ?? null,
  };
}
