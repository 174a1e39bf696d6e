/** Fans notices of alerts out into a notification for each channel that wants it. Repeating it changes nothing. */
import { Injectable } from '@nestjs/common';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { Clock } from '../../platform/clock/clock.js';
import type { DueNotice } from '../alerts/domain/due-notice.js';
import {
  FanOutNoticesRepository,
  type ListeningChannel,
  type NewNotification,
} from './data/fan-out-notices.repository.js';
import { contentForChannel } from './domain/content-for-channel.js';
import type { NoticeContent, NoticedAlert } from './domain/notice.js';

const NOTICES_PER_COMMIT = 100;

type NoticedRow = Extract<DueNotice['subject'], { kind: 'summary' }>['alerts'][number];

@Injectable()
export class FanOutNoticesService {
  constructor(
    private readonly repository: FanOutNoticesRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns the channels that have something to send now */
  async fanOut(): Promise<Set<string>> {
    const channelIds = new Set<string>();
    for (;;) {
      const now = this.clock.now();
      const { notices, notifications } = await this.repository.fanOut(now, NOTICES_PER_COMMIT, address);
      for (const { channelId } of notifications) channelIds.add(channelId);
      if (notices < NOTICES_PER_COMMIT) return channelIds;
    }
  }
}

function address(notices: DueNotice[], channels: ListeningChannel[]): NewNotification[] {
  return notices.flatMap((notice) => {
    const { noticeId, severity, createdAt, subject, app } = notice;
    const { appId, tenantId } = app;
    const filtered = { appId, severity, content: contentOf(notice) };
    return channels
      .filter((channel) => channel.tenantId === tenantId)
      .flatMap((channel) => {
        const content = contentForChannel(filtered, channel);
        if (content === null) return [];
        const { channelId } = channel;
        return [
          {
            notificationId: uuidV7(),
            channelId,
            noticeId,
            appId,
            kind: subject.kind,
            severity,
            createdAt,
            content,
          },
        ];
      });
  });
}

function contentOf({ app, subject }: DueNotice): NoticeContent {
  const { appKey, name } = app;
  if (subject.kind === 'summary') {
    const { total, unresolved, alerts } = subject;
    return { app: { appKey, name }, alerts: alerts.map(noticed), counts: { total, unresolved } };
  }
  return {
    app: { appKey, name },
    alerts: [{ ...noticed(subject.alert), detail: subject.detail }],
    counts: null,
  };
}

function noticed(row: NoticedRow): NoticedAlert {
  const { alertId, rule, severity, status, webhookId, sourceId, detail, resolvedBy } = row;
  return {
    alertId,
    rule,
    severity,
    status,
    webhookId,
    sourceId,
    detail,
    openedAt: row.openedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    resolvedBy,
  };
}
