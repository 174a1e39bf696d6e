import { Controller } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import {
  CHANNEL_TEST_INTERVAL_SECONDS,
  type ChannelTestResult,
  type Notification,
} from '@im/contracts/api/notification-channels';
import { notificationChannelRoutes as routes } from '@im/contracts/routes/notification-channel-routes';
import { DomainError } from '../../platform/errors/domain-error.js';
import { idPage, readIdCursor } from '../../platform/http-server/id-page.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { ChannelTestCooldownRepository } from './data/channel-test-cooldown.repository.js';
import { NotificationsRepository } from './data/notifications.repository.js';
import { presentNotification } from './present-channel.js';
import { ResolveChannelService } from './resolve-channel.service.js';
import { SendMessageService } from './send-message.service.js';

/** Tests a channel and lists its notifications. */
@Controller()
export class ChannelLogController {
  constructor(
    private readonly resolveChannel: ResolveChannelService,
    private readonly notifications: NotificationsRepository,
    private readonly cooldown: ChannelTestCooldownRepository,
    private readonly sendMessage: SendMessageService,
  ) {}

  /** Sends at once, regardless of the channel's rate and also while it is disabled. */
  @Route(routes.test)
  async test(
    @Input() { caller, path, audit }: RouteInput<typeof routes.test>,
  ): Promise<Single<ChannelTestResult>> {
    const channel = await this.resolveChannel.find(caller, path.channelId);
    const waitSeconds = await this.cooldown.start(channel.channelId, CHANNEL_TEST_INTERVAL_SECONDS);
    if (waitSeconds !== null) {
      throw new DomainError('too_many_requests', 'This channel was tested a moment ago', {
        retryAfterSeconds: waitSeconds,
      });
    }
    const outcome = await this.sendMessage.send(channel, []);
    const status = outcome.isSent ? 'sent' : 'failed';
    audit.note({ detail: { name: channel.name, status } });
    const { responseStatus, responseBody, durationMs, errorMessage } = outcome;
    return { data: { status, responseStatus, responseBody, durationMs, errorMessage } };
  }

  @Route(routes.notifications)
  async list(
    @Input() { caller, path, query }: RouteInput<typeof routes.notifications>,
  ): Promise<Page<Notification>> {
    const { limit, cursor, status } = query;
    const { channelId } = await this.resolveChannel.find(caller, path.channelId);
    const rows = await this.notifications.list({ channelId, status }, limit + 1, readIdCursor(cursor));
    return idPage(rows, limit, (row) => row.notificationId, presentNotification);
  }
}
