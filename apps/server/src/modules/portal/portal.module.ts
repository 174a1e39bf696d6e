/** Wires portal links: what a customer's developer may see of an app without an account. */
import { Module, type OnModuleInit } from '@nestjs/common';
import { FrameOrigins } from '../../platform/http-server/frame-origins.js';
import { AccessModule } from '../access/access.module.js';
import { PortalCallers } from '../access/portal-callers.js';
import { AppsModule } from '../apps/apps.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';
import { AccessTokens } from './access-tokens.js';
import { CreatePortalLinkService } from './create-portal-link.service.js';
import { PortalLinksRepository } from './data/portal-links.repository.js';
import { FindPortalLinksService } from './find-portal-links.service.js';
import { OpenPortalService } from './open-portal.service.js';
import { PortalLinksController } from './portal-links.controller.js';
import { linkIdOf } from './portal-path.js';
import { RemoveExpiredLinksService } from './remove-expired-links.service.js';

@Module({
  imports: [AccessModule, AppsModule, WebhookConfigsModule],
  controllers: [PortalLinksController],
  providers: [
    AccessTokens,
    CreatePortalLinkService,
    FindPortalLinksService,
    OpenPortalService,
    PortalLinksRepository,
    RemoveExpiredLinksService,
    { provide: PortalCallers, useExisting: FindPortalLinksService },
  ],
})
export class PortalModule implements OnModuleInit {
  constructor(
    private readonly frames: FrameOrigins,
    private readonly links: FindPortalLinksService,
  ) {}

  onModuleInit(): void {
    this.frames.findBy((path) => {
      const linkId = linkIdOf(path);
      return linkId === undefined ? [] : this.links.originsOf(linkId);
    });
  }
}
