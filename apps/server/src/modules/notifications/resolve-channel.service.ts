import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Identity } from '../access/identity/domain/identity.js';
import type { NotificationChannelRow } from './data/notification-channel.entity.js';
import { NotificationChannelsRepository } from './data/notification-channels.repository.js';

/** Finds the channel that a path names, if the caller may see it. */
@Injectable()
export class ResolveChannelService {
  constructor(private readonly channels: NotificationChannelsRepository) {}

  /** @throws DomainError `not_found` */
  async find({ tenantId }: Identity, channelId: string): Promise<NotificationChannelRow> {
    const channel = await this.channels.find(tenantId, channelId);
    if (!channel) throw DomainError.notFound('notification channel');
    return channel;
  }
}
