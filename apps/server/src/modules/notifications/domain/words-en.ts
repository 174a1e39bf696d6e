import type { Words } from './words.js';

const KIND = {
  opened: 'opened',
  escalated: 'escalated',
  resolved: 'resolved',
  reminder: 'still open',
} as const;

export const wordsEn: Words = {
  title: (kind, severity, subject) =>
    kind === 'resolved' ? `Alert resolved: ${subject}` : `Alert ${KIND[kind]} (${severity}): ${subject}`,
  summaryTitle: (app, total, unresolved) =>
    `Alerts of the quiet hours: ${app}, ${String(total)} in all, ${String(unresolved)} unresolved`,
  groupTitle: (total, critical) => `Alerts: ${String(total)} notices, ${String(critical)} of them critical`,
  groupLine: (kind, severity) =>
    kind === 'resolved' ? 'Resolved – ' : `${capitalized(KIND[kind])}, ${severity} – `,
  testTitle: 'Alert channel test',
  testText: (channelName) => `The channel “${channelName}” works: alerts will arrive here.`,
  rule: {
    consecutive_failures: 'Failures in a row',
    delivery_exhausted: 'Deliveries given up',
    webhook_disabled: 'Webhook disabled by the service',
    cannot_sign: 'Callbacks cannot be signed',
    success_rate: 'Low attempt success rate',
    slow: 'Slow receiver',
    backlog: 'Backlog',
    before_failing: 'Before-callbacks fail',
    source_silent: 'Source sends nothing',
    source_rejecting: 'Source’s requests are not accepted',
  },
  figures: (rule, detail) => {
    switch (rule) {
      case 'consecutive_failures':
        return `${String(detail.consecutiveFailures ?? 0)} failures in a row`;
      case 'delivery_exhausted':
        return `${counted(detail.exhaustedDeliveries ?? 0, 'delivery', 'deliveries')} failed all attempts`;
      case 'webhook_disabled': {
        const why =
          detail.disabledReason === 'gone'
            ? 'The receiver answered 410 and wants no more'
            : 'It failed for days without one success';
        const { waitingDeliveries = 0 } = detail;
        const waiting = counted(waitingDeliveries, 'delivery', 'deliveries');
        return waitingDeliveries === 0 ? why : `${why}; ${waiting} waiting until it is enabled`;
      }
      case 'cannot_sign':
        return 'Its secret, URL, headers or client certificate cannot be opened: the key of the service is another one. Deliveries wait';
      case 'success_rate':
        return `Attempt success rate ${String(detail.successRatePercent ?? 0)}% in ${duration(detail.windowMinutes ?? 0)}: ${String(detail.failures ?? 0)} of ${counted(detail.attempts ?? 0, 'attempt', 'attempts')} failed`;
      case 'slow':
        return `The slowest 5% of ${counted(detail.attempts ?? 0, 'attempt', 'attempts')} in ${duration(detail.windowMinutes ?? 0)} took ${seconds(detail.p95Ms ?? 0)} s or longer`;
      case 'backlog':
        return `A delivery has been due for ${duration(detail.oldestWaitMinutes ?? 0)} without being sent`;
      case 'before_failing':
        return `The policy decided ${String(detail.byPolicyPercent ?? 0)}% of before-callbacks in ${duration(detail.windowMinutes ?? 0)}: ${String(detail.byPolicy ?? 0)} of ${String(detail.questions ?? 0)}`;
      case 'source_silent':
        return `Nothing received for ${duration(detail.silentMinutes ?? 0)}`;
      case 'source_rejecting': {
        const { rejectedRequests = 0, notUnderstoodRequests = 0, failedRequests = 0 } = detail;
        const total = rejectedRequests + notUnderstoodRequests + failedRequests;
        return `${String(total)} of ${counted(detail.requests ?? 0, 'request', 'requests')} in ${duration(detail.windowMinutes ?? 0)} not accepted: ${String(rejectedRequests)} rejected, ${String(notUnderstoodRequests)} not understood, ${String(failedRequests)} not stored`;
      }
    }
  },
  sourceKind: {
    openim: 'OpenIM',
    wukongim: 'WuKongIM',
    dootask: 'DooTask',
    'tencent-im': 'Tencent Cloud Chat',
  },
  errorClass: {
    dns: 'host name not found',
    connect_refused: 'connection refused, nothing listens on the port',
    connect_timeout: 'connection timed out, not reachable or behind a firewall',
    tls_expired: 'certificate expired or not valid yet',
    tls_hostname: 'certificate is for another host',
    tls_untrusted: 'certificate not trusted',
    tls_other: 'TLS handshake failed',
    response_timeout: 'no answer in time',
    reset: 'connection broken before an answer',
    redirect: 'answered with a redirect',
    client_error: 'refused by the receiver',
    signature_rejected: 'signature refused, check the secret',
    not_found: 'no such address at the receiver',
    too_large: 'too large for the receiver',
    rate_limited: 'receiver asks to slow down',
    server_error: 'receiver failed inside',
    gone: 'receiver is gone',
    blocked_address: 'address may not be called',
    invalid_response: 'answer not understood',
  },
  since: (instant, minutes) => (minutes > 0 ? `${instant} (for ${duration(minutes)})` : instant),
  byItself: 'by itself',
  byPerson: (name) => `by ${name}`,
  restText: (left) => `… and ${String(left)} more`,
  colon: ': ',
  labels: {
    app: 'App',
    webhook: 'Webhook',
    source: 'IM source',
    rule: 'Rule',
    figures: 'What happened',
    lastError: 'Last error',
    since: 'Since',
    resolved: 'Resolved at',
  },
  links: { alert: 'Open the alert', deliveries: 'Open the deliveries', source: 'Open the source' },
};

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function counted(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

/** Seconds with one decimal. */
function seconds(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}

function duration(minutes: number): string {
  if (minutes < 60) return counted(minutes, 'minute', 'minutes');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? counted(hours, 'hour', 'hours') : counted(Math.floor(hours / 24), 'day', 'days');
}
