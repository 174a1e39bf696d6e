import type { statuses as zhStatuses } from '../zh/statuses.js';

export const statuses: typeof zhStatuses = {
  delivery: {
    pending: 'Pending',
    success: 'Delivered',
    failed: 'Failed',
    canceled: 'Canceled',
    skipped: 'Skipped',
  },
  phase: {
    queued: 'Queued',
    retrying: 'Retrying',
    held: 'Paused',
  },
  kind: {
    event: 'Event',
    test: 'Test',
    redelivery: 'Redelivery',
    before: 'Before-callback',
  },
  decision: { allow: 'Allowed', deny: 'Denied', modify: 'Allowed with changes' },
  decidedBy: {
    receiver: 'the receiver',
    deadline: 'the policy (no decision in time)',
    breaker: 'the policy (not asked: it failed too often, or is paused)',
    invalid_answer: 'the policy (the answer is no decision)',
    error: 'the policy (the receiver failed)',
    none: 'no webhook',
  },
  alert: {
    open: 'Open',
    acknowledged: 'Acknowledged',
    resolved: 'Resolved',
  },
  notification: {
    pending: 'Waiting',
    sent: 'Sent',
    failed: 'Failed',
    canceled: 'Canceled',
  },
  sourceOutcome: {
    accepted: 'Accepted',
    not_understood: 'Not understood',
    rejected: 'Rejected',
    failed: 'Not stored',
  },
  sourceMessage: {
    waiting: 'Waiting',
    sent: 'Sent',
    failed: 'Failed',
  },
  severity: {
    warning: 'Warning',
    critical: 'Critical',
  },
  alertRule: {
    consecutive_failures: 'Repeated failures',
    delivery_exhausted: 'Retries exhausted',
    webhook_disabled: 'Webhook disabled automatically',
    cannot_sign: 'Callbacks cannot be signed',
    success_rate: 'Low attempt success rate',
    slow: 'Slow receiver',
    backlog: 'Backlog',
    before_failing: 'Before-callbacks failing',
    source_silent: 'Source is silent',
    source_rejecting: 'Source requests rejected',
  },
  rate: {
    attemptSuccessRate: 'Attempt success',
    deliveredRate: 'Delivered',
  },
  rateRemark: {
    nothing: 'no deliveries yet',
    untried: '{count} not sent yet',
    canceled: 'all skipped or canceled',
    recent: 'counts after a minute',
    waiting: '{count} waiting',
  },
  health: {
    ok: 'Healthy',
    failures: '{count} failure | {count} failures',
    paused: 'Paused',
    pausedByPerson: 'Paused by a person',
    off: 'Off',
  },
  enabled: 'Enabled',
  disabled: 'Disabled',
};
