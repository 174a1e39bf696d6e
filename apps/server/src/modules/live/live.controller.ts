import { Controller, Res } from '@nestjs/common';
import { LAST_EVENT_ID_HEADER } from '@im/contracts/api/live';
import { liveRoutes } from '@im/contracts/routes/live-routes';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { FindCallerService } from '../access/identity/find-caller.service.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { StreamLiveService } from './stream-live.service.js';

@Controller()
export class LiveController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly callers: FindCallerService,
    private readonly streamLive: StreamLiveService,
  ) {}

  @Route(liveRoutes.live)
  async live(
    @Input() { app, headers, request }: RouteInput<typeof liveRoutes.live>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const lastEventId = headers[LAST_EVENT_ID_HEADER];
    const mayStay = () => this.mayStay(request, app.appKey);
    const stream = await this.streamLive.open({ app, lastEventId, mayStay });
    await reply
      // A proxy must not buffer the stream.
      .headers({ 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' })
      .send(stream);
  }

  /** Checks access again while the stream is open: sessions, tokens, tenants and apps may end. */
  private async mayStay(request: FastifyRequest, appKey: string): Promise<boolean> {
    try {
      const identity = await this.callers.findAgain(request, liveRoutes.live.access);
      await this.apps.forCaller(identity, appKey);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.status < 500) return false;
      throw error;
    }
  }
}
