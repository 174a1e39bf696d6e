import { Body, Controller, Ip, Param, Query } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { NotificationChannel } from '@im/contracts/api/notification-channels';
import { notificationChannelRoutes as routes } from '@im/contracts/routes/notification-channel-routes';
import { readIdCursor } from '../../platform/http-server/id-page.js';
import { parseBody, parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import { actorOf, type Identity } from '../access/identity/domain/identity.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import type { EmailSettings, NotificationChannelRow } from './data/notification-channel.entity.js';
import { NotificationChannelsRepository } from './data/notification-channels.repository.js';
import { findNewLogin } from './domain/find-new-login.js';
import { refuseBoundToApp, ResolveChannelService } from './resolve-channel.service.js';
import { SaveChannelService } from './save-channel.service.js';
import { ShowChannelService } from './show-channel.service.js';

@Controller()
export class NotificationChannelsController {
  constructor(
    private readonly channels: NotificationChannelsRepository,
    private readonly resolveChannel: ResolveChannelService,
    private readonly save: SaveChannelService,
    private readonly showChannel: ShowChannelService,
    private readonly audit: RecordAuditService,
  ) {}

  @Route(routes.list)
  async list(@Caller() caller: Identity, @Query() query: unknown): Promise<Page<NotificationChannel>> {
    refuseBoundToApp(caller);
    const { limit, cursor } = parseQuery(routes.list.query, query);
    const rows = await this.channels.list(caller.tenantId, limit + 1, readIdCursor(cursor));
    return this.showChannel.page(rows, limit);
  }

  @Route(routes.create)
  async create(
    @Caller() caller: Identity,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<NotificationChannel>> {
    refuseBoundToApp(caller);
    const input = parseBody(routes.create.body, body);
    const channel = await this.save.create(caller.tenantId, input, actorOf(caller));
    const { kind, name, email } = channel;
    const detail = { kind, name, ...(email && serverOf(email)) };
    await this.record(caller, 'notification_channel.created', channel, detail, ipAddress);
    return this.showChannel.one(channel);
  }

  @Route(routes.get)
  async get(
    @Caller() caller: Identity,
    @Param('channelId') id: string,
  ): Promise<Single<NotificationChannel>> {
    return this.showChannel.one(await this.resolveChannel.forCaller(caller, id));
  }

  @Route(routes.update)
  async update(
    @Caller() caller: Identity,
    @Param('channelId') id: string,
    @Body() body: unknown,
    @Ip() ipAddress: string,
  ): Promise<Single<NotificationChannel>> {
    const channel = await this.resolveChannel.forCaller(caller, id);
    const input = parseBody(routes.update.body, body);
    const changed = await this.save.update(channel, input);
    const isMoved = channel.email && changed.email && findNewLogin(channel.email, changed.email);
    const detail = {
      name: changed.name,
      fields: Object.keys(input),
      ...(isMoved && changed.email && serverOf(changed.email)),
    };
    await this.record(caller, 'notification_channel.updated', channel, detail, ipAddress);
    return this.showChannel.one(changed);
  }

  @Route(routes.delete)
  async delete(
    @Caller() caller: Identity,
    @Param('channelId') id: string,
    @Ip() ipAddress: string,
  ): Promise<void> {
    const channel = await this.resolveChannel.forCaller(caller, id);
    await this.channels.delete(channel.channelId);
    const { kind, name } = channel;
    await this.record(caller, 'notification_channel.deleted', channel, { kind, name }, ipAddress);
  }

  private record(
    identity: Identity,
    action: 'notification_channel.created' | 'notification_channel.updated' | 'notification_channel.deleted',
    { channelId }: NotificationChannelRow,
    detail: Record<string, unknown>,
    ipAddress: string,
  ): Promise<void> {
    return this.audit.record({ identity, action, targetId: channelId, detail, ipAddress });
  }
}

/** For the audit log, which should tell where mail and password have gone to. */
function serverOf({ host, port }: EmailSettings): Pick<EmailSettings, 'host' | 'port'> {
  return { host, port };
}
