import { alerts } from './zh/alerts.js';
import { apps } from './zh/apps.js';
import { debug } from './zh/debug.js';
import { deliveries } from './zh/deliveries.js';
import { docs } from './zh/docs.js';
import { errorClasses } from './zh/error-classes.js';
import { notifications } from './zh/notifications.js';
import { eventTypes } from './zh/event-types.js';
import { externalIds } from './zh/external-ids.js';
import { recoveries } from './zh/recoveries.js';
import { firstRun } from './zh/first-run.js';
import { frame } from './zh/frame.js';
import { loginSteps } from './zh/login-steps.js';
import { overview } from './zh/overview.js';
import { portal } from './zh/portal.js';
import { profile } from './zh/profile.js';
import { settings } from './zh/settings.js';
import { sources } from './zh/sources.js';
import { statistics } from './zh/statistics.js';
import { statuses } from './zh/statuses.js';
import { testReceiver } from './zh/test-receiver.js';
import { trace } from './zh/trace.js';
import { webhooks } from './zh/webhooks.js';

/** What the pages behind the login need, loaded with the layout. */
export const zhPages = {
  alerts,
  apps,
  debug,
  deliveries,
  docs,
  errorClasses,
  notifications,
  eventTypes,
  externalIds,
  recoveries,
  firstRun,
  frame,
  loginSteps,
  overview,
  portal,
  profile,
  settings,
  sources,
  statistics,
  statuses,
  testReceiver,
  trace,
  webhooks,
};
export type PageMessages = typeof zhPages;
