/** Turns what alerts have to tell into a notification for each channel that wants to hear it. Repeating it changes nothing. */
import { Injectable } from '@nestjs/common';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { Clock } from '../../platform/clock/clock.js';
import type { DueNotice } from '../alerts/domain/due-notice.js';
import {
  SpreadNoticesRepository,
  type ListeningChannel,
  type NewNotification,
} from './data/spread-notices.repository.js';
import { contentForChannel } from './domain/content-for-channel.js';
import type { NoticeContent, NoticedAlert } from './domain/notice.js';

const NOTICES_PER_COMMIT = 100;

type NoticedRow = Extract<DueNotice['told'], { kind: 'summary' }>['alerts'][number];

@Injectable()
export class SpreadNoticesService {
  constructor(
    private readonly repository: SpreadNoticesRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns the channels that have something to send now */
  async spread(): Promise<Set<string>> {
    const channelIds = new Set<string>();
    for (;;) {
      const now = this.clock.now();
      const { notices, notifications } = await this.repository.spread(now, NOTICES_PER_COMMIT, address);
      for (const { channelId } of notifications) channelIds.add(channelId);
      if (notices < NOTICES_PER_COMMIT) return channelIds;
    }
  }
}

function address(notices: DueNotice[], channels: ListeningChannel[]): NewNotification[] {
  return notices.flatMap((notice) => {
    const { noticeId, severity, createdAt, told, app } = notice;
    const { appId, tenantId } = app;
    const subject = { appId, severity, content: contentOf(notice) };
    return channels
      .filter((channel) => channel.tenantId === tenantId)
      .flatMap((channel) => {
        const content = contentForChannel(subject, channel);
        if (content === null) return [];
        const { channelId } = channel;
        return [
          {
            notificationId: uuidV7(),
            channelId,
            noticeId,
            appId,
            kind: told.kind,
            severity,
            createdAt,
            content,
          },
        ];
      });
  });
}

function contentOf({ app, told }: DueNotice): NoticeContent {
  const { appKey, name } = app;
  if (told.kind === 'summary') {
    const { total, unresolved, alerts } = told;
    return { app: { appKey, name }, alerts: alerts.map(noticed), counts: { total, unresolved } };
  }
  return { app: { appKey, name }, alerts: [{ ...noticed(told.alert), detail: told.detail }], counts: null };
}

function noticed(row: NoticedRow): NoticedAlert {
  const { alertId, rule, severity, status, webhookId, detail, resolvedBy } = row;
  return {
    alertId,
    rule,
    severity,
    status,
    webhookId,
    detail,
    openedAt: row.openedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    resolvedBy,
  };
}
