import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import { parseId } from '../../platform/http-server/parse-input.js';
import type { Identity } from '../access/identity/domain/identity.js';
import type { NotificationChannelRow } from './data/notification-channel.entity.js';
import { NotificationChannelsRepository } from './data/notification-channels.repository.js';

/** Finds the channel that a path names, if the caller may see it. */
@Injectable()
export class ResolveChannelService {
  constructor(private readonly channels: NotificationChannelsRepository) {}

  /** @throws DomainError 403 when the caller is bound to one app, 404 when its tenant has no such channel */
  async forCaller(identity: Identity, channelId: string): Promise<NotificationChannelRow> {
    refuseBoundToApp(identity);
    const channel = await this.channels.find(identity.tenantId, parseId(channelId, 'notification channel'));
    if (!channel) throw DomainError.notFound('notification channel');
    return channel;
  }
}

/** @throws DomainError `forbidden` for a caller that is bound to one app: channels are the whole tenant's */
export function refuseBoundToApp(identity: Identity): void {
  if (identity.kind === 'session' || identity.appId === null) return;
  throw new DomainError(
    'forbidden',
    'The token is bound to one app; notification channels belong to the whole tenant',
  );
}
