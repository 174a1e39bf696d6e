import { alerts } from './zh/alerts.js';
import { apps } from './zh/apps.js';
import { deliveries } from './zh/deliveries.js';
import { errorClasses } from './zh/error-classes.js';
import { notifications } from './zh/notifications.js';
import { eventTypes } from './zh/event-types.js';
import { recoveries } from './zh/recoveries.js';
import { frame } from './zh/frame.js';
import { loginSteps } from './zh/login-steps.js';
import { profile } from './zh/profile.js';
import { settings } from './zh/settings.js';
import { sources } from './zh/sources.js';
import { statuses } from './zh/statuses.js';
import { trace } from './zh/trace.js';
import { webhooks } from './zh/webhooks.js';

/** What the pages behind the login need, loaded with the layout. */
export const zhPages = {
  alerts,
  apps,
  deliveries,
  errorClasses,
  notifications,
  eventTypes,
  recoveries,
  frame,
  loginSteps,
  profile,
  settings,
  sources,
  statuses,
  trace,
  webhooks,
};
export type PageMessages = typeof zhPages;
