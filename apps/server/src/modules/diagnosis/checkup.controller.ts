import { Controller } from '@nestjs/common';
import type { Checkup } from '@im/contracts/api/checkup';
import type { Single } from '@im/contracts/api/common';
import { diagnosisRoutes } from '@im/contracts/routes/diagnosis-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { CheckReceiverService } from './check-receiver.service.js';

@Controller()
export class CheckupController {
  constructor(
    private readonly webhooks: ResolveWebhookService,
    private readonly checkReceiver: CheckReceiverService,
  ) {}

  @Route(diagnosisRoutes.checkUp)
  async checkUp(
    @Input() { app, path, audit }: RouteInput<typeof diagnosisRoutes.checkUp>,
  ): Promise<Single<Checkup>> {
    const { webhookId } = await this.webhooks.find(app, path.webhookId);
    const checkup = await this.checkReceiver.check(webhookId);
    audit.note({ detail: { score: checkup.score } });
    return { data: checkup };
  }
}
