/** Collects what changed in an app within a span: settings, secrets in use, alerts. */
import { Injectable } from '@nestjs/common';
import { MAX_CHANGES, type AppChange, type AppChanges, type ChangesQuery } from '@im/contracts/api/changes';
import { alertRoutes } from '@im/contracts/routes/alert-routes';
import { appRoutes } from '@im/contracts/routes/app-routes';
import { sourceRoutes } from '@im/contracts/routes/source-routes';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { FindAuditEntriesService } from '../access/audit/find-audit-entries.service.js';
import { mayUse, type Identity } from '../access/identity/domain/identity.js';
import { FindAlertsService } from '../alerts/find-alerts.service.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { FindRevisionsService } from '../webhook-configs/find-revisions.service.js';
import { ShowWebhookService } from '../webhook-configs/show-webhook.service.js';
import {
  changeOfRotation,
  changesOfAlert,
  changesOfRevision,
  newestOfEachKind,
} from './domain/changes-of.js';

const DEFAULT_SPAN_MS = 86_400_000;

interface Span {
  from: Date;
  /** Exclusive. */
  to: Date;
}

interface Found {
  changes: AppChange[];
  isTruncated: boolean;
}

@Injectable()
export class ListChangesService {
  constructor(
    private readonly revisions: FindRevisionsService,
    private readonly showWebhook: ShowWebhookService,
    private readonly audited: FindAuditEntriesService,
    private readonly alerts: FindAlertsService,
    private readonly clock: Clock,
  ) {}

  /** What the caller may not read elsewhere is left out. @throws DomainError `invalid_input` when the span is empty */
  async list(app: AppRef, query: ChangesQuery, caller: Identity): Promise<AppChanges> {
    const span = this.spanOf(query);
    const found = await Promise.all([
      this.ofRevisions(app, span, caller),
      ...(mayUse(caller, appRoutes.get.access) ? [this.ofRotations(app, span, 'app.secret_activated')] : []),
      ...(mayUse(caller, sourceRoutes.get.access)
        ? [this.ofRotations(app, span, 'source.token_activated')]
        : []),
      ...(mayUse(caller, alertRoutes.list.access) ? [this.ofAlerts(app, span)] : []),
    ]);
    const all = found.flatMap(({ changes }) => changes);
    const changes = newestOfEachKind(all, MAX_CHANGES);
    const isCut = changes.length < all.length;
    return { changes, isTruncated: isCut || found.some(({ isTruncated }) => isTruncated) };
  }

  private spanOf(query: ChangesQuery): Span {
    const to = query.to === undefined ? this.clock.now() : new Date(query.to);
    const from = query.from === undefined ? new Date(to.getTime() - DEFAULT_SPAN_MS) : new Date(query.from);
    if (from < to) return { from, to };
    throw DomainError.invalid({
      pointer: query.to === undefined ? '?from' : '?to',
      code: 'invalid_value',
      message: query.to === undefined ? 'must not lie in the future' : 'must be later than from',
    });
  }

  private async ofRevisions({ appId }: AppRef, span: Span, caller: Identity): Promise<Found> {
    const rows = await this.revisions.ofSpan(appId, span.from, span.to, MAX_CHANGES + 1);
    const revisions = this.showWebhook.revisions(rows.slice(0, MAX_CHANGES), caller);
    return { changes: revisions.flatMap(changesOfRevision), isTruncated: rows.length > MAX_CHANGES };
  }

  private async ofRotations(
    app: AppRef,
    span: Span,
    action: 'app.secret_activated' | 'source.token_activated',
  ): Promise<Found> {
    const entries = await this.audited.ofApp(app, action, span, MAX_CHANGES + 1);
    const changes = entries
      .slice(0, MAX_CHANGES)
      .map(({ actor, at, targetId }) =>
        changeOfRotation(actor, at, action === 'source.token_activated' ? targetId : null),
      );
    return { changes, isTruncated: entries.length > MAX_CHANGES };
  }

  private async ofAlerts(app: AppRef, { from, to }: Span): Promise<Found> {
    // One more of each step, so that cutting to the newest shows whether there were more.
    const alerts = await this.alerts.ofSpan(app, from, to, MAX_CHANGES + 1);
    const changes = alerts.flatMap((alert) => changesOfAlert(alert, from.getTime(), to.getTime()));
    return { changes, isTruncated: false };
  }
}
