import { Injectable } from '@nestjs/common';
import type { AppSummary } from '@im/contracts/api/apps';
import type { Page } from '@im/contracts/api/common';
import { Clock } from '../../platform/clock/clock.js';
import { idPage, readIdCursor } from '../../platform/http-server/id-page.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { dueBefore } from '../delivery-store/domain/success-rates.js';
import { AppSummariesRepository } from './data/app-summaries.repository.js';
import { presentAppSummary } from './present-app-summary.js';

const DAY_MS = 86_400_000;

/** Lists apps with their traffic and unhealthy webhooks. */
@Injectable()
export class ListAppsService {
  constructor(
    private readonly summaries: AppSummariesRepository,
    private readonly clock: Clock,
  ) {}

  /** A caller bound to one app sees that one. */
  async list(
    identity: Identity,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<Page<AppSummary>> {
    const { limit } = query;
    const now = this.clock.now();
    const rows = await this.summaries.list({
      tenantId: identity.tenantId,
      appId: identity.kind === 'session' ? null : identity.appId,
      limit,
      beforeId: readIdCursor(query.cursor),
      statsSince: new Date(now.getTime() - DAY_MS),
      dueBefore: dueBefore(now.getTime()),
    });
    return idPage(
      rows,
      limit,
      (row) => row.appId,
      (row) => presentAppSummary(row, now),
    );
  }
}
