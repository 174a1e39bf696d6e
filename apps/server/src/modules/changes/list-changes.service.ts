/** Collects what changed in an app within a span: settings, secrets in use, alerts. */
import { Injectable } from '@nestjs/common';
import { MAX_CHANGES, type AppChange, type AppChanges, type ChangesQuery } from '@im/contracts/api/changes';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { FindAuditEntriesService } from '../access/audit/find-audit-entries.service.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { FindAlertsService } from '../alerts/find-alerts.service.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { FindRevisionsService } from '../webhook-configs/find-revisions.service.js';
import { ShowWebhookService } from '../webhook-configs/show-webhook.service.js';
import { changeOfRevision, changeOfRotation, changesOfAlert } from './domain/changes-of.js';

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

  /** @throws DomainError `invalid_input` when the span is empty */
  async list(app: AppRef, query: ChangesQuery, caller: Identity): Promise<AppChanges> {
    const span = this.spanOf(query);
    const found = await Promise.all([
      this.ofRevisions(app, span, caller),
      this.ofRotations(app, span, 'app.secret_activated'),
      this.ofRotations(app, span, 'source.token_activated'),
      this.ofAlerts(app, span),
    ]);
    return {
      changes: found
        .flatMap(({ changes }) => changes)
        .sort((one, other) => Date.parse(one.at) - Date.parse(other.at)),
      isTruncated: found.some(({ isTruncated }) => isTruncated),
    };
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
    const changes = revisions.map(changeOfRevision).filter((change) => change !== null);
    return { changes, isTruncated: rows.length > MAX_CHANGES };
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
    const alerts = await this.alerts.ofSpan(app, from, to, MAX_CHANGES + 1);
    const changes = alerts
      .slice(0, MAX_CHANGES)
      .flatMap((alert) => changesOfAlert(alert, from.getTime(), to.getTime()));
    return { changes, isTruncated: alerts.length > MAX_CHANGES };
  }
}
