/** Builds the filter of the delivery log that shows what an alert is about. */
import type { AlertDeliveries, AlertDetail, AlertRule } from '@im/contracts/api/alerts';

const MINUTE_MS = 60_000;

interface RaisedAlert {
  rule: AlertRule;
  detail: AlertDetail;
  openedAt: Date;
  resolvedAt: Date | null;
}

export function deliveriesBehind({ rule, detail, openedAt, resolvedAt }: RaisedAlert): AlertDeliveries {
  switch (rule) {
    case 'delivery_exhausted':
      return { status: 'failed' };
    // By when they were created: a retry of something older is not among them.
    case 'success_rate':
    case 'slow':
      return windowOf(detail.windowMinutes);
    case 'before_failing':
      return { status: 'failed', kind: 'before', ...windowOf(detail.windowMinutes) };
    case 'cannot_sign':
      return resolvedAt === null ? { status: 'pending' } : {};
    case 'backlog':
      return resolvedAt === null ? { status: 'pending' } : windowOf(detail.oldestWaitMinutes);
    // Failures in a row are of deliveries that mostly still have attempts left: of no one status. What a source sends, or
    // does not, is no delivery.
    case 'consecutive_failures':
    case 'webhook_disabled':
    case 'source_silent':
    case 'source_rejecting':
      return {};
  }

  function windowOf(minutes = 0): AlertDeliveries {
    const from = new Date(openedAt.getTime() - minutes * MINUTE_MS).toISOString();
    return { from, ...(resolvedAt && { to: resolvedAt.toISOString() }) };
  }
}
