/** Finds out whether a request is the first of its Idempotency-Key, and what the first one was answered. */
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { parseExactly } from '@im/contracts/exact-json';
import { Clock } from '../../../platform/clock/clock.js';
import { uuidV7 } from '../../../platform/crypto/random-pool.js';
import { NotOpenedError, SecretBox } from '../../../platform/crypto/secret-box.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { Logger } from '../../../platform/logging/logger.js';
import {
  IdempotentRequestsRepository,
  type IdempotentRequest,
} from './data/idempotent-requests.repository.js';

const DAY_MS = 86_400_000;
/** A request that took longer was cut off. */
const UNANSWERED_MS = 60_000;
/** So long a request waits for the first one of its key. */
const WAIT_MS = 5_000;
const POLL_MS = 100;
/** Keys of a tenant that are remembered at once. */
export const MAX_KEYS = 10_000;

/** What is sealed. */
interface Content {
  bodyHash: string;
  answer?: StoredAnswer;
}
export interface StoredAnswer {
  body: unknown;
  headers: Record<string, string>;
}

export interface KeyedRequest {
  tenantId: string;
  keyHash: Buffer;
  bodyHash: string;
}

/** This request is the first; it has to be answered or released. */
export interface Claim {
  requestId: string;
  bodyHash: string;
}

@Injectable()
export class FirstAnswersService {
  constructor(
    private readonly requests: IdempotentRequestsRepository,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * @returns the claim of the first request of its key, or what the first one was answered
   * @throws DomainError `idempotency_key_reused`, `idempotency_key_in_progress`, `too_many_requests`
   */
  async claim(request: KeyedRequest): Promise<Claim | StoredAnswer> {
    const until = performance.now() + WAIT_MS;
    for (;;) {
      const claim = await this.tryClaim(request);
      if (claim) return claim;
      const known = await this.requests.find(request.keyHash);
      if (!known) {
        await this.refuseTooMany(request);
        continue;
      }
      const answer = this.answerOf(known, request);
      if (answer) return answer;
      if (performance.now() > until) throw inProgress();
      await delay(POLL_MS);
    }
  }

  /** A failure is logged only: what the answer says is done. */
  async answer({ requestId, bodyHash }: Claim, answer: StoredAnswer): Promise<void> {
    const contentCiphertext = this.seal(requestId, { bodyHash, answer });
    await this.requests.answer({ requestId, contentCiphertext }).catch((error: unknown) => {
      this.logger.warn('idempotency.answer_not_kept', { message: String(error) });
    });
  }

  /** The request failed, and may be sent again with its key. */
  async release({ requestId }: Claim): Promise<void> {
    await this.requests.release(requestId).catch((error: unknown) => {
      this.logger.warn('idempotency.not_released', { message: String(error) });
    });
  }

  private async tryClaim({ tenantId, keyHash, bodyHash }: KeyedRequest): Promise<Claim | undefined> {
    const requestId = uuidV7();
    const now = this.clock.nowMs();
    const isFirst = await this.requests.claim(
      {
        requestId,
        tenantId,
        keyHash,
        contentCiphertext: this.seal(requestId, { bodyHash }),
        createdAt: new Date(now),
      },
      { answeredBefore: new Date(now - DAY_MS), unansweredBefore: new Date(now - UNANSWERED_MS) },
      MAX_KEYS,
    );
    return isFirst ? { requestId, bodyHash } : undefined;
  }

  /** @returns undefined: it is not answered yet */
  private answerOf(known: IdempotentRequest, { bodyHash }: KeyedRequest): StoredAnswer | undefined {
    const content = this.open(known);
    if (content.bodyHash !== bodyHash) {
      const detail = 'The Idempotency-Key was used with another body within 24 hours: use a new key';
      throw new DomainError('idempotency_key_reused', detail);
    }
    return content.answer;
  }

  /** @throws DomainError `too_many_requests`, unless the first request failed between two looks */
  private async refuseTooMany({ tenantId }: KeyedRequest): Promise<void> {
    if ((await this.requests.count(tenantId, MAX_KEYS)) < MAX_KEYS) return;
    const detail = `The tenant used ${String(MAX_KEYS)} keys within 24 hours; send the request without one`;
    throw new DomainError('too_many_requests', detail, { retryAfterSeconds: 3600 });
  }

  private seal(requestId: string, content: Content): Buffer {
    return this.secretBox.seal(JSON.stringify(content), contextOf(requestId));
  }

  /** @throws DomainError `idempotency_key_reused`: SECRETS_KEY is another one, so bodies cannot be compared */
  private open({ requestId, contentCiphertext }: IdempotentRequest): Content {
    try {
      return parseExactly(this.secretBox.open(contentCiphertext, contextOf(requestId))) as Content;
    } catch (error) {
      if (!(error instanceof NotOpenedError)) throw error;
      throw new DomainError(
        'idempotency_key_reused',
        'What the key was used for cannot be read: use a new key',
      );
    }
  }
}

function contextOf(requestId: string): string {
  return `idempotent-request:${requestId}`;
}

function inProgress(): DomainError {
  const detail = 'The first request with this Idempotency-Key is still running: try again in a moment';
  return new DomainError('idempotency_key_in_progress', detail, { retryAfterSeconds: 1 });
}
