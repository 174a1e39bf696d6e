import { Controller, Headers, Param, Res } from '@nestjs/common';
import { LAST_EVENT_ID_HEADER } from '@im/contracts/api/live';
import { liveRoutes } from '@im/contracts/routes/live-routes';
import type { FastifyReply } from 'fastify';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/domain/identity.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { StreamLiveService } from './stream-live.service.js';

@Controller()
export class LiveController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly streamLive: StreamLiveService,
  ) {}

  @Route(liveRoutes.live)
  async live(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Res() reply: FastifyReply,
    @Headers(LAST_EVENT_ID_HEADER.toLowerCase()) lastEventId?: string,
  ): Promise<void> {
    const app = await this.apps.forCaller(caller, appKey);
    const stream = await this.streamLive.open(app, lastEventId);
    await reply
      // A proxy that collects answers would show nothing.
      .headers({ 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' })
      .send(stream);
  }
}
