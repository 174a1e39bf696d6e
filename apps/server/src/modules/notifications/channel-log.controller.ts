import { Controller, Ip, Param, Query } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import {
  CHANNEL_TEST_INTERVAL_SECONDS,
  type ChannelTestResult,
  type Notification,
} from '@im/contracts/api/notification-channels';
import { notificationChannelRoutes as routes } from '@im/contracts/routes/notification-channel-routes';
import { DomainError } from '../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../platform/http-server/id-page.js';
import { parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { ChannelTestCooldownRepository } from './data/channel-test-cooldown.repository.js';
import { NotificationsRepository } from './data/notifications.repository.js';
import { presentNotification } from './present-channel.js';
import { ResolveChannelService } from './resolve-channel.service.js';
import { SendMessageService } from './send-message.service.js';

/** Whether a channel works, and what became of what it was to tell. */
@Controller()
export class ChannelLogController {
  constructor(
    private readonly resolveChannel: ResolveChannelService,
    private readonly notifications: NotificationsRepository,
    private readonly turns: ChannelTestCooldownRepository,
    private readonly sendMessage: SendMessageService,
    private readonly audit: RecordAuditService,
  ) {}

  /** Sends now, past the channel's pace and also while it is disabled. */
  @Route(routes.test)
  async test(
    @Caller() caller: Identity,
    @Param('channelId') id: string,
    @Ip() ipAddress: string,
  ): Promise<Single<ChannelTestResult>> {
    const channel = await this.resolveChannel.forCaller(caller, id);
    const waitSeconds = await this.turns.start(channel.channelId, CHANNEL_TEST_INTERVAL_SECONDS);
    if (waitSeconds !== null) {
      throw new DomainError('too_many_requests', 'This channel was tested a moment ago', {
        retryAfterSeconds: waitSeconds,
      });
    }
    const outcome = await this.sendMessage.send(channel, []);
    const status = outcome.isSent ? 'sent' : 'failed';
    await this.audit.record({
      identity: caller,
      action: 'notification_channel.tested',
      targetId: channel.channelId,
      detail: { name: channel.name, status },
      ipAddress,
    });
    const { responseStatus, responseBody, durationMs, errorMessage } = outcome;
    return { data: { status, responseStatus, responseBody, durationMs, errorMessage } };
  }

  @Route(routes.notifications)
  async list(
    @Caller() caller: Identity,
    @Param('channelId') id: string,
    @Query() query: unknown,
  ): Promise<Page<Notification>> {
    const { channelId } = await this.resolveChannel.forCaller(caller, id);
    const { limit, cursor, status } = parseQuery(routes.notifications.query, query);
    const rows = await this.notifications.list({ channelId, status }, limit + 1, readIdCursor(cursor));
    return idPage(rows, limit, (row) => row.notificationId, presentNotification);
  }
}
