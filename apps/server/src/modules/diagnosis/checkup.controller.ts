import { Controller, Ip, Param } from '@nestjs/common';
import type { Checkup } from '@im/contracts/api/checkup';
import type { Single } from '@im/contracts/api/common';
import { diagnosisRoutes } from '@im/contracts/routes/diagnosis-routes';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { CheckReceiverService } from './check-receiver.service.js';

@Controller()
export class CheckupController {
  constructor(
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly checkReceiver: CheckReceiverService,
    private readonly audit: RecordAuditService,
  ) {}

  @Route(diagnosisRoutes.checkUp)
  async checkUp(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<Checkup>> {
    const { webhook } = await this.resolveWebhook.forCaller(caller, appKey, id);
    const checkup = await this.checkReceiver.check(webhook.webhookId);
    await this.audit.record({
      identity: caller,
      action: 'webhook.checked_up',
      appKey,
      targetId: webhook.webhookId,
      detail: { score: checkup.score },
      ipAddress,
    });
    return { data: checkup };
  }
}
