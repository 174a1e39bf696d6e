import type { statistics as zhStatistics } from '../zh/statistics.js';

export const statistics: typeof zhStatistics = {
  outcome: {
    succeeded: 'Delivered',
    pending: 'Retrying',
    failed: 'Failed',
    skipped: 'Skipped',
  },
  deliveriesBy: {
    minute: 'Deliveries per minute',
    hour: 'Deliveries per hour',
    day: 'Deliveries per day',
    week: 'Deliveries per week',
    month: 'Deliveries per month',
  },
  title: 'Deliveries over time',
  range: 'Time range',
  preset: { '1h': '1 hour', '24h': '24 hours', '7d': '7 days', '30d': '30 days' },
  custom: 'Custom',
  from: 'From',
  to: 'To',
  apply: 'Apply',
  reversed: 'The end must be after the start',
  latency: 'Duration',
  threshold: 'Alert threshold',
  time: 'Time',
  chart: 'Chart',
  table: 'Table',
  showChart: 'Show as a chart: {title}',
  showTable: 'Show as a table: {title}',
  csvOf: '{title} as CSV',
  chartLabel: 'Chart: {title}. The table shows the same figures.',
};
