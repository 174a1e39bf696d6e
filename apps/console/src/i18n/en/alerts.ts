import type { alerts as zhAlerts } from '../zh/alerts.js';

export const alerts: typeof zhAlerts = {
  title: 'Alerts',
};
