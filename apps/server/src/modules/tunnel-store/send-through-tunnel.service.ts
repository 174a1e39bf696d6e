/** Sends requests of a temporary webhook to the client of its tunnel, and makes an outcome of the client's answer. */
import { Injectable } from '@nestjs/common';
import { RESPONSE_BODY_LIMIT_BYTES } from '@im/contracts/api/delivery-constants';
import { MAX_TUNNEL_BODY_BYTES } from '@im/contracts/api/tunnel-constants';
import { Clock } from '../../platform/clock/clock.js';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import type { HttpOutcome, PreparedRequest } from '../../platform/outgoing-http/http-outcome.js';
import {
  answeredLocally,
  timedOutLocally,
  unreachableLocally,
  type LocalAnswer,
  type LocalTiming,
} from '../../platform/outgoing-http/local-outcome.js';
import { parseRetryAfter } from '../../platform/outgoing-http/retry-after.js';
import { AwaitAnswersService } from './await-answers.service.js';
import { TunnelRequestsRepository } from './data/tunnel-requests.repository.js';
import { TunnelsRepository } from './data/tunnels.repository.js';
import type { TunnelAnswer } from './tunnel.js';
import { TunnelHints } from './tunnel-hints.js';

const NO_CLIENT = 'No client is connected to the tunnel.';
const NO_TUNNEL = 'The tunnel was closed.';
const RETRY_AFTER_MS = 1_000;

@Injectable()
export class SendThroughTunnelService {
  constructor(
    private readonly tunnels: TunnelsRepository,
    private readonly requests: TunnelRequestsRepository,
    private readonly answers: AwaitAnswersService,
    private readonly hints: TunnelHints,
    private readonly clock: Clock,
  ) {}

  /** @param tunnelId of the webhook's URL; a tunnel of another app does not exist */
  async send(appId: string, tunnelId: string, request: PreparedRequest): Promise<HttpOutcome> {
    const startedAt = new Date();
    const beganAt = performance.now();
    const timing = (): LocalTiming => ({ startedAt, durationMs: performance.now() - beganAt });
    const { body, timeoutMs } = request;
    if (body.length > MAX_TUNNEL_BODY_BYTES) {
      return answeredLocally(request, refusal(413, 'a tunnel takes bodies of 1 MiB at most'), timing());
    }
    const requestId = uuidV7();
    const headers = JSON.stringify(request.headers);
    switch (await this.requests.place(appId, { requestId, tunnelId, headers, body, timeoutMs })) {
      case 'no_tunnel':
        return unreachableLocally(request, 'TUNNEL_CLOSED', NO_TUNNEL, timing());
      case 'no_client':
        await this.tunnels.noteMissed(tunnelId);
        return unreachableLocally(request, 'TUNNEL_NO_CLIENT', NO_CLIENT, timing());
      case 'full':
        return answeredLocally(request, refusal(429, 'too many requests wait in the tunnel'), timing());
      case 'placed':
    }
    this.hints.send('request', tunnelId);
    const answer = await this.answers.wait(requestId, timeoutMs - timing().durationMs);
    if (answer) return answeredLocally(request, this.localAnswerOf(answer), timing());
    await this.tunnels.noteMissed(tunnelId);
    const message = `The client of the tunnel did not answer within ${String(timeoutMs)} ms.`;
    return { ...timedOutLocally(request, timing()), errorMessage: message };
  }

  private localAnswerOf({ status, headers: json, body }: TunnelAnswer): LocalAnswer {
    const headers = JSON.parse(json) as Record<string, string>;
    const isAsked = status === 429 || status === 503;
    return {
      status,
      headers,
      // PostgreSQL takes no NUL.
      body: body.subarray(0, RESPONSE_BODY_LIMIT_BYTES).toString().replaceAll('\u0000', '\uFFFD'),
      isTruncated: body.length > RESPONSE_BODY_LIMIT_BYTES,
      retryAfterMs: isAsked ? parseRetryAfter(headers['retry-after'], this.clock.nowMs()) : null,
    };
  }
}

/** As a receiver would answer. */
function refusal(status: 413 | 429, error: string): LocalAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ error }),
    retryAfterMs: status === 429 ? RETRY_AFTER_MS : null,
  };
}
