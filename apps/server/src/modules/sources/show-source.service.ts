/** Presents sources as the API answers them: tokens masked, with what they received lately. */
import { Inject, Injectable } from '@nestjs/common';
import type { Page } from '@im/contracts/api/common';
import type { Source, SourceRequestEntry } from '@im/contracts/api/sources';
import type { FastifyRequest } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { ENV, type Env } from '../../config/env.js';
import { Clock } from '../../platform/clock/clock.js';
import { idPage } from '../../platform/http-server/id-page.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { describeRotation } from '../apps/domain/secret-rotation.js';
import type { SourceRow } from './data/source.entity.js';
import { SourceRequestsRepository, type KeptRequest } from './data/source-requests.repository.js';
import type { SourceActivity } from './domain/summarize-hours.js';

const MASK = '********';

@Injectable()
export class ShowSourceService {
  constructor(
    private readonly requests: SourceRequestsRepository,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'PUBLIC_URL'>,
  ) {}

  async one(row: SourceRow, app: AppRef, request: FastifyRequest): Promise<Source> {
    const activityOf = await this.requests.activityOf([row.sourceId], this.clock.now());
    return this.present(row, app, request, activityOf(row.sourceId));
  }

  async page(rows: SourceRow[], limit: number, app: AppRef, request: FastifyRequest): Promise<Page<Source>> {
    const activityOf = await this.requests.activityOf(
      rows.map(({ sourceId }) => sourceId),
      this.clock.now(),
    );
    return idPage(
      rows,
      limit,
      ({ sourceId }) => sourceId,
      (row) => this.present(row, app, request, activityOf(row.sourceId)),
    );
  }

  /** The address for the configuration of the IM server. @param request decides the host when PUBLIC_URL is not set */
  urlOf({ kind }: Pick<SourceRow, 'kind'>, token: string, request: FastifyRequest): string {
    const origin = this.env.PUBLIC_URL?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`;
    return `${origin}/in/${kind}/${token}`;
  }

  private present(row: SourceRow, app: AppRef, request: FastifyRequest, activity: SourceActivity): Source {
    return {
      sourceId: row.sourceId,
      appKey: app.appKey,
      kind: row.kind,
      name: row.name,
      enabled: row.isEnabled,
      url: this.urlOf(row, MASK, request),
      token: MASK,
      tokenRotation: describeRotation(row, this.clock.now()),
      settings: presentSettings(row),
      allowedCidrs: row.allowedCidrs,
      externalId: row.externalId,
      lastReceivedAt: row.lastReceivedAt?.toISOString() ?? null,
      ...activity,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      createdBy: row.createdBy,
    };
  }
}

function presentSettings({ kind, settings, settingsCiphertext }: SourceRow): Source['settings'] {
  const hasSecret = settingsCiphertext !== null;
  if (kind === 'dootask') return { ...settings, hasBotToken: hasSecret };
  if (kind === 'tencent-im') return { ...settings, hasAuthToken: hasSecret };
  return settings;
}

export function presentRequest(row: KeptRequest): SourceRequestEntry {
  const isText = isUtf8(row.body);
  return {
    requestId: row.requestId,
    receivedAt: row.receivedAt.toISOString(),
    method: row.method,
    path: row.path,
    remoteAddress: row.remoteAddress,
    headers: JSON.parse(row.headers) as Record<string, string>,
    body: row.body.toString(isText ? 'utf8' : 'base64'),
    isBase64: !isText,
    bodyBytes: row.bodyBytes,
    isBodyTruncated: row.bodyBytes > row.body.length,
    outcome: row.outcome,
    command: row.command,
    detail: row.detail,
    eventIds: row.eventIds,
    answerStatus: row.answerStatus,
    answerBody: row.answerBody,
    durationMs: row.durationMs,
  };
}
