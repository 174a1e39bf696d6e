import { Controller } from '@nestjs/common';
import type { TracePage } from '@im/contracts/api/trace';
import { diagnosisRoutes } from '@im/contracts/routes/diagnosis-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { TraceEventsService } from './trace-events.service.js';

@Controller()
export class TraceController {
  constructor(private readonly traceEvents: TraceEventsService) {}

  /** The same for every role: a trace contains no message contents or receiver answers. */
  @Route(diagnosisRoutes.trace)
  trace(@Input() { caller, app, query }: RouteInput<typeof diagnosisRoutes.trace>): Promise<TracePage> {
    return this.traceEvents.trace(app, query, caller);
  }
}
