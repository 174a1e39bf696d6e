import { hash, timingSafeEqual } from 'node:crypto';
import { Controller, Inject, Res } from '@nestjs/common';
import { operationsRoutes } from '@im/contracts/routes/operations-routes';
import type { FastifyReply } from 'fastify';
import { ENV, type Env } from '../../config/env.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';

const BEARER = /^Bearer +(\S+) *$/i;

/** For Prometheus; behind METRICS_TOKEN when that is set. */
@Controller()
export class MetricsController {
  private readonly tokenHash: Buffer | null;

  constructor(
    @Inject(ENV) env: Env,
    private readonly metrics: Metrics,
  ) {
    this.tokenHash = env.METRICS_TOKEN === undefined ? null : sha256(env.METRICS_TOKEN);
  }

  @Route(operationsRoutes.metrics)
  async scrape(
    @Input() { request }: RouteInput<typeof operationsRoutes.metrics>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (this.tokenHash && !this.isKnown(request.headers.authorization, this.tokenHash)) {
      void reply.header('WWW-Authenticate', 'Bearer');
      throw new DomainError('unauthenticated', 'Send Authorization: Bearer with the METRICS_TOKEN');
    }
    const text = await this.metrics.render();
    await reply
      .header('Content-Type', this.metrics.contentType)
      .header('Cache-Control', 'no-store')
      .send(text);
  }

  /** Compares hashes, which have the same length, so that timing reveals nothing about the token. */
  private isKnown(authorization: string | undefined, tokenHash: Buffer): boolean {
    const token = BEARER.exec(authorization ?? '')?.[1];
    return token !== undefined && timingSafeEqual(sha256(token), tokenHash);
  }
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
