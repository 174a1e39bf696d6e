import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import {
  BATCH_LIMIT_BYTES,
  EVENT_LIMIT_BYTES,
  IDEMPOTENCY_HEADER,
  type IngestedBatch,
  type IngestedEvent,
} from '@im/contracts/api/events';
import { eventRoutes } from '@im/contracts/routes/event-routes';
import { ConfigurationChanged } from '../../platform/database/config-version.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { BodyLimit, LargeBody } from '../../platform/http-server/body-limit.js';
import { LoopSlices, MIN_SLICED_BYTES } from '../../platform/limits/loop-slices.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import type { AppRef } from '../access/app-of-path.js';
import { receivedFromOf, type Identity } from '../access/identity/domain/identity.js';
import { RunCachedService } from '../access/identity/run-cached.service.js';
import { FindEventTypesService } from '../event-types/find-event-types.service.js';
import { answerBatch } from './answer-batch.js';
import { IngestEventService } from './ingest-event.service.js';
import { readBatch } from './read-batch.js';
import { readEvent } from './read-event.js';

const NO_BODY = Buffer.alloc(0);

@Controller()
export class EventsController {
  constructor(
    private readonly cached: RunCachedService,
    private readonly ingest: IngestEventService,
    private readonly eventTypes: FindEventTypesService,
    private readonly slices: LoopSlices,
    private readonly metrics: Metrics,
  ) {}

  @Route(eventRoutes.submit)
  @BodyLimit(EVENT_LIMIT_BYTES, { hasShortAnswer: true })
  submit(@Input() input: RouteInput<typeof eventRoutes.submit>): Promise<Single<IngestedEvent>> {
    const { headers, request } = input;
    return this.countingRejections(1, () =>
      this.cached.run(input, eventRoutes.submit.access, async (caller, app) => {
        const checks = await this.eventTypes.checksOf(app.tenantId, caller.checkedAt);
        const { body, rawBody = NO_BODY } = request;
        const event = await readEvent(body, rawBody.toString('utf8'), checks, headers[IDEMPOTENCY_HEADER]);
        const [result] = await this.ingest.ingest(
          app.appId,
          [event],
          receivedFromOf(caller),
          caller.configVersion,
        );
        if (result?.kind !== 'accepted') throw result?.error ?? new Error('An event got no answer');
        const { eventId, deliveries, duplicate } = result;
        return { data: { eventId, deliveries, duplicate } };
      }),
    );
  }

  @Route(eventRoutes.submitBatch)
  @LargeBody(BATCH_LIMIT_BYTES)
  submitBatch(@Input() input: RouteInput<typeof eventRoutes.submitBatch>): Promise<Single<IngestedBatch>> {
    return this.cached.run(input, eventRoutes.submitBatch.access, (caller, app) =>
      this.ingestBatch(input.request.rawBody ?? NO_BODY, caller, app),
    );
  }

  private async ingestBatch(rawBody: Buffer, caller: Identity, app: AppRef): Promise<Single<IngestedBatch>> {
    const checks = await this.eventTypes.checksOf(app.tenantId, caller.checkedAt);
    const isSmall = rawBody.length < MIN_SLICED_BYTES;
    // The signature of the body has been verified by now, so the app is the caller's in every case.
    const owner = `app:${app.appId}`;
    const slice = isSmall ? this.slices.goOn(owner) : await this.slices.begin(owner);
    const read = await readBatch(rawBody, checks, slice);
    const valid = read.flatMap((item) => (item instanceof DomainError ? [] : [item]));
    const ingested = await this.countingRejections(read.length, () =>
      this.ingest.ingest(app.appId, valid, receivedFromOf(caller), caller.configVersion),
    );
    const batch = answerBatch(read, ingested);
    this.metrics.events.rejected(batch.rejected);
    return { data: batch };
  }

  private async countingRejections<T>(events: number, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      // They are read again.
      if (error instanceof ConfigurationChanged) throw error;
      this.metrics.events.rejected(events);
      throw error;
    }
  }
}
