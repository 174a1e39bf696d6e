/** Receives one request for a test receiver: judge its signature, decide by the mode, keep it. */
import { isUtf8 } from 'node:buffer';
import { Injectable } from '@nestjs/common';
import {
  MAX_TEST_RECEIVER_BODY_BYTES,
  type TestReceiverMode,
} from '@im/contracts/api/test-receiver-constants';
import { DELIVERY_HEADERS } from '@im/contracts/signature';
import { Clock } from '../../platform/clock/clock.js';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import type { LocalAnswer } from '../../platform/outgoing-http/local-outcome.js';
import { ReceivedRequestsService } from '../receiver-store/received-requests.service.js';
import { maskHeaders } from '../webhook-configs/domain/mask-headers.js';
import { judgeSignature, type SignedRequest, type Signer } from './domain/judge-signature.js';
import { HangingRequests } from './hanging-requests.js';

const MAX_HEADERS_CHARACTERS = 16_384;
/** When too many requests hang. */
const RETRY_AFTER_SECONDS = 5;

export interface ArrivingRequest {
  appId: string;
  method: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
  isFromOutside: boolean;
  /** Who may have signed it: the first that fits counts, else the first of all. */
  signers: readonly [Signer, ...Signer[]];
}

/** `hang`: the caller waits, then calls `end`. */
export type Reception =
  { kind: 'answer'; answer: LocalAnswer } | { kind: 'hang'; end: () => void } | { kind: 'refuse' };

@Injectable()
export class ReceiveTestRequestService {
  constructor(
    private readonly requests: ReceivedRequestsService,
    private readonly hanging: HangingRequests,
    private readonly clock: Clock,
  ) {}

  async receive(arriving: ArrivingRequest): Promise<Reception> {
    const taken = await this.requests.take(arriving.appId);
    if (!taken) return { kind: 'refuse' };
    const request = signedRequestOf(arriving);
    const { signer, fault } = this.judge(request, arriving.signers);
    const reception = this.decide(arriving.appId, taken.mode, request, fault === null);
    try {
      await this.requests.record(arriving.appId, taken, {
        requestId: uuidV7(),
        receivedAt: this.clock.now(),
        method: arriving.method,
        headers: headersToKeep(arriving.headers),
        body: arriving.body.subarray(0, keptBytes(arriving.body)),
        bodyBytes: arriving.body.length,
        signatureScheme: signer.scheme,
        signatureFault: fault,
        webhookId: signer.webhookId,
        isFromOutside: arriving.isFromOutside,
        answerStatus: reception.kind === 'answer' ? reception.answer.status : null,
      });
    } catch (error) {
      if (reception.kind === 'hang') reception.end();
      throw error;
    }
    return reception;
  }

  private judge(request: SignedRequest, signers: ArrivingRequest['signers']) {
    const nowMs = this.clock.nowMs();
    const [first, ...others] = signers;
    const fault = judgeSignature(request, first, nowMs);
    const fitting = fault === null ? first : others.find((other) => !judgeSignature(request, other, nowMs));
    return fitting ? { signer: fitting, fault: null } : { signer: first, fault };
  }

  private decide(appId: string, mode: TestReceiverMode, request: SignedRequest, isValid: boolean): Reception {
    if (mode === 'refuse') return { kind: 'refuse' };
    if (mode === 'hang') {
      const end = this.hanging.begin(appId);
      return end
        ? { kind: 'hang', end }
        : answer(429, { error: 'too many requests hang' }, RETRY_AFTER_SECONDS);
    }
    if (mode === 'fail') return answer(500, { error: 'the test receiver is set to fail' });
    if (!isValid) return answer(401, { error: 'the signature is not valid' });
    const isQuestion = request.headers.get(DELIVERY_HEADERS.kind.toLowerCase()) === 'before';
    return answer(200, isQuestion ? { decision: 'allow' } : { received: true });
  }
}

function answer(status: number, body: object, retryAfterSeconds?: number): Reception {
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds);
  const retryAfterMs = retryAfterSeconds === undefined ? null : 1000 * retryAfterSeconds;
  return { kind: 'answer', answer: { status, headers, body: JSON.stringify(body), retryAfterMs } };
}

function signedRequestOf({ headers, body }: ArrivingRequest): SignedRequest {
  return { headers: new Map(headers.map(([name, value]) => [name.toLowerCase(), value])), body };
}

/** Headers in their order until there are too many. PostgreSQL takes no NUL. */
function headersToKeep(headers: ArrivingRequest['headers']): string {
  let characters = 0;
  const kept = headers.filter(([name, value]) => {
    characters += name.length + value.length;
    return characters <= MAX_HEADERS_CHARACTERS;
  });
  return JSON.stringify(maskHeaders(kept));
}

/** A character that is cut in two would make the text look like bytes. */
function keptBytes(body: Buffer): number {
  if (body.length <= MAX_TEST_RECEIVER_BODY_BYTES || !isUtf8(body)) {
    return Math.min(body.length, MAX_TEST_RECEIVER_BODY_BYTES);
  }
  let end = MAX_TEST_RECEIVER_BODY_BYTES;
  while (end > 0 && ((body[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}
