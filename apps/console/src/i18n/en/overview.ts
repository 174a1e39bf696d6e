import type { overview as zhOverview } from '../zh/overview.js';

export const overview: typeof zhOverview = {
  title: 'Overview',
  live: 'Live',
  liveHint: 'Updates with new deliveries and alerts',
  emptyTitle: 'No webhook yet',
  emptyText: 'Add a webhook, and its deliveries appear here.',
  emptyAction: 'Add a webhook',
  state: {
    well: 'All is well: no webhook has a problem ({count} checked)',
    partlyWell: 'The first {count} webhooks have no problem; the rest were not checked',
    problems: '{count} webhook has a problem | {count} webhooks have a problem',
    paused:
      '{count} failure in a row, paused, {waiting} waiting | {count} failures in a row, paused, {waiting} waiting',
    failing: '{count} failure in a row, {waiting} waiting | {count} failures in a row, {waiting} waiting',
    someProblems:
      'At least {count} webhook has a problem; some were not checked | At least {count} webhooks have a problem; some were not checked',
    see: 'Show',
    seeOf: 'Show {name}',
    more: '{count} more in the list below',
  },
  tile: {
    accepted: 'Accepted',
    delivered: 'Delivered',
    attempts: '{value} attempt | {value} attempts',
    backlog: 'Backlog',
    atLeast: 'at least {count}',
    oldest: 'oldest',
    p95: 'p95 duration',
    median: 'median {value}',
  },
  webhooks: {
    title: 'Webhooks',
    deliveries: 'Deliveries',
    waiting: 'Waiting',
    more: 'All webhooks',
  },
  causes: {
    title: 'Causes of failure',
    hint: 'Failed and retrying deliveries by their last error, without test sends',
    without: {
      none: 'No failures in this period',
      recovered: 'Attempts failed, but no delivery failed or is being retried',
      partial: 'Too many deliveries are waiting to check them all; the oldest ones have not failed',
    },
    partial:
      'Counted in part: for each webhook the newest 1,000 failures of a cause and the oldest 10,000 waiting deliveries',
  },
  change: {
    title: 'Changes',
    none: 'No changes in this period',
    more: '{count} more',
    truncated: 'Too many changes: older ones are neither listed nor marked in the charts',
    and: ', ',
    created: '{by} added the webhook {name}',
    updated: '{by} changed {name}: {fields}',
    deleted: '{by} deleted the webhook {name}',
    rotated: {
      webhook: '{by} activated the new secret of {name}',
      source: '{by} activated the new token of an IM source',
      app: '{by} activated the new AppSecret',
    },
    opened: 'Alert: {name}, {rule}',
    resolved: 'Alert resolved: {name}, {rule}',
  },
  events: {
    title: 'Events',
    none: 'No deliveries in this time',
  },
  sources: {
    title: 'IM sources',
    none: 'No IM source yet: add one',
    inADay: '{count} in 24 hours',
  },
};
