import { Controller } from '@nestjs/common';
import type { BeforeDecision } from '@im/contracts/api/before';
import type { Single } from '@im/contracts/api/common';
import { EVENT_LIMIT_BYTES } from '@im/contracts/api/events';
import { beforeRoutes } from '@im/contracts/routes/before-routes';
import { BodyLimit } from '../../platform/http-server/body-limit.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { receivedFromOf } from '../access/identity/domain/identity.js';
import { FindEventTypesService } from '../event-types/find-event-types.service.js';
import { AskReceiverService } from './ask-receiver.service.js';
import { readQuestion } from './read-question.js';

const NO_BODY = Buffer.alloc(0);

@Controller()
export class BeforeController {
  constructor(
    private readonly receivers: AskReceiverService,
    private readonly eventTypes: FindEventTypesService,
  ) {}

  @Route(beforeRoutes.ask)
  @BodyLimit(EVENT_LIMIT_BYTES, { hasShortAnswer: true })
  async ask(
    @Input() { caller, app, path, request }: RouteInput<typeof beforeRoutes.ask>,
  ): Promise<Single<BeforeDecision>> {
    const checks = await this.eventTypes.checksOf(app.tenantId, caller.checkedAt);
    const { body, rawBody = NO_BODY } = request;
    const question = await readQuestion(path.eventName, body, rawBody.toString('utf8'), checks);
    const { decision, code, reason, changes, decidedBy, latencyMs, deliveryId } = await this.receivers.ask({
      ...question,
      app,
      receivedFrom: receivedFromOf(caller),
      maxWaitMs: null,
      rawRequest: null,
    });
    return {
      data: {
        decision,
        ...(code !== null && { code }),
        ...(reason !== null && { reason }),
        ...(changes !== null && { changes }),
        ...{ decidedBy, latencyMs, deliveryId },
      },
    };
  }
}
