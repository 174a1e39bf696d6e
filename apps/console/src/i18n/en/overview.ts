import type { overview as zhOverview } from '../zh/overview.js';

export const overview: typeof zhOverview = {
  title: 'Overview',
  live: 'Live',
  liveHint: 'Updates by itself with new deliveries and alerts',
  emptyTitle: 'No webhook yet',
  emptyText: 'Add a webhook, and its deliveries show here.',
  emptyAction: 'Add a webhook',
  state: {
    well: 'All is well: no webhook has a problem ({count} checked)',
    problems: '{count} webhook has a problem | {count} webhooks have a problem',
    paused: '{failures} failures in a row, paused, {waiting} waiting',
    failing: '{failures} failures in a row, {waiting} waiting',
    see: 'Show',
    seeOf: 'Show {name}',
    more: '{count} more in the list below',
  },
  tile: {
    accepted: 'Accepted',
    delivered: 'Delivered',
    attempts: '{count} attempts',
    backlog: 'Backlog',
    oldest: 'oldest',
    p95: 'p95 duration',
    median: 'median {value}',
  },
  webhooks: {
    title: 'Webhooks',
    deliveries: 'Deliveries',
    waiting: 'Waiting',
  },
  causes: {
    title: 'Causes of failure',
    none: 'Nothing failed in this time',
    partial: 'Counted from the newest 200 failed and the oldest 200 waiting deliveries',
  },
  change: {
    title: 'Changes',
    none: 'Nothing changed in this time',
    more: '{count} more',
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
