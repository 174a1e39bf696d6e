import { Controller, Param, Query } from '@nestjs/common';
import type { TracePage } from '@im/contracts/api/trace';
import { diagnosisRoutes } from '@im/contracts/routes/diagnosis-routes';
import { parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { TraceEventsService } from './trace-events.service.js';

@Controller()
export class TraceController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly traceEvents: TraceEventsService,
  ) {}

  /** Whoever asks: a trace quotes nobody, neither senders nor receivers. */
  @Route(diagnosisRoutes.trace)
  async trace(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Query() query: unknown,
  ): Promise<TracePage> {
    const app = await this.apps.forCaller(caller, appKey);
    return this.traceEvents.trace(app, parseQuery(diagnosisRoutes.trace.query, query), caller);
  }
}
