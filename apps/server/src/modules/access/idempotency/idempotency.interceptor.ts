import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '@im/contracts/api/idempotency';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { routeContractOf } from '../route-contract.js';
import { bodyHashOf, keyHashOf, readKey, withoutSecrets } from './idempotency-key.js';
import { FirstAnswersService, type Claim, type KeyedRequest } from './first-answers.service.js';

/** Headers of an answer that a repeated one has too. */
const KEPT_HEADERS = ['etag', 'location'];

/** Answers a request with a known Idempotency-Key as the first one was answered, without doing it again. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly firstAnswers: FirstAnswersService) {}

  /** @throws DomainError `invalid_input`, `idempotency_key_reused`, `idempotency_key_in_progress`, `too_many_requests` */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const keyed = keyedRequestOf(context);
    if (!keyed) return next.handle();
    const claimed = await this.firstAnswers.claim(keyed);
    if ('requestId' in claimed) return of(await this.handle(context, next, claimed));
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    void reply.headers({ ...claimed.headers, [REPLAYED_HEADER]: 'true' });
    return of(claimed.body);
  }

  private async handle(context: ExecutionContext, next: CallHandler, claim: Claim): Promise<unknown> {
    let answer: unknown;
    try {
      answer = await lastValueFrom(next.handle());
    } catch (error) {
      await this.firstAnswers.release(claim);
      throw error;
    }
    const secrets = routeContractOf(context.getHandler())?.idempotency?.secrets ?? [];
    const headers = keptHeaders(context.switchToHttp().getResponse<FastifyReply>());
    await this.firstAnswers.answer(claim, { body: withoutSecrets(answer, secrets), headers });
    return answer;
  }
}

/** @returns undefined: the request has no key */
function keyedRequestOf(context: ExecutionContext): KeyedRequest | undefined {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { identity, appOfPath, headers, rawBody } = request;
  const header = headers[IDEMPOTENCY_HEADER.toLowerCase()];
  const operationId = routeContractOf(context.getHandler())?.operationId;
  if (header === undefined || !identity || operationId === undefined) return undefined;
  const scope = { identity, operationId, appId: appOfPath?.appId };
  const keyHash = keyHashOf(readKey(header), scope);
  return { tenantId: identity.tenantId, keyHash, bodyHash: bodyHashOf(rawBody) };
}

function keptHeaders(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = reply.getHeader(name);
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
