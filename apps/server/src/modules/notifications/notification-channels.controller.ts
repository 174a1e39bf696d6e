import { Controller } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { NotificationChannel } from '@im/contracts/api/notification-channels';
import { notificationChannelRoutes as routes } from '@im/contracts/routes/notification-channel-routes';
import { readIdCursor } from '../../platform/http-server/id-page.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { actorOf } from '../access/identity/domain/identity.js';
import type { EmailSettings } from './data/notification-channel.entity.js';
import { NotificationChannelsRepository } from './data/notification-channels.repository.js';
import { findNewLogin } from './domain/find-new-login.js';
import { ResolveChannelService } from './resolve-channel.service.js';
import { SaveChannelService } from './save-channel.service.js';
import { ShowChannelService } from './show-channel.service.js';

@Controller()
export class NotificationChannelsController {
  constructor(
    private readonly channels: NotificationChannelsRepository,
    private readonly resolveChannel: ResolveChannelService,
    private readonly save: SaveChannelService,
    private readonly showChannel: ShowChannelService,
  ) {}

  @Route(routes.list)
  async list(@Input() { caller, query }: RouteInput<typeof routes.list>): Promise<Page<NotificationChannel>> {
    const { limit, cursor } = query;
    const rows = await this.channels.list(caller.tenantId, limit + 1, readIdCursor(cursor));
    return this.showChannel.page(rows, limit);
  }

  @Route(routes.create)
  async create(
    @Input() { caller, body, audit }: RouteInput<typeof routes.create>,
  ): Promise<Single<NotificationChannel>> {
    const channel = await this.save.create(caller.tenantId, body, actorOf(caller));
    const { channelId, kind, name, email } = channel;
    audit.note({ targetId: channelId, detail: { kind, name, ...(email && serverOf(email)) } });
    return this.showChannel.one(channel);
  }

  @Route(routes.get)
  async get(@Input() { caller, path }: RouteInput<typeof routes.get>): Promise<Single<NotificationChannel>> {
    return this.showChannel.one(await this.resolveChannel.find(caller, path.channelId));
  }

  @Route(routes.update)
  async update(
    @Input() { caller, path, body, audit }: RouteInput<typeof routes.update>,
  ): Promise<Single<NotificationChannel>> {
    const channel = await this.resolveChannel.find(caller, path.channelId);
    const changed = await this.save.update(channel, body);
    const isMoved = channel.email && changed.email && findNewLogin(channel.email, changed.email);
    audit.note({
      detail: {
        name: changed.name,
        fields: Object.keys(body),
        ...(isMoved && changed.email && serverOf(changed.email)),
      },
    });
    return this.showChannel.one(changed);
  }

  @Route(routes.delete)
  async delete(@Input() { caller, path, audit }: RouteInput<typeof routes.delete>): Promise<void> {
    const { channelId, kind, name } = await this.resolveChannel.find(caller, path.channelId);
    await this.channels.delete(channelId);
    audit.note({ detail: { kind, name } });
  }
}

/** For the audit log: names the mail server that receives the password. */
function serverOf({ host, port }: EmailSettings): Pick<EmailSettings, 'host' | 'port'> {
  return { host, port };
}
