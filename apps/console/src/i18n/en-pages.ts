import { alerts } from './en/alerts.js';
import { apps } from './en/apps.js';
import { debug } from './en/debug.js';
import { deliveries } from './en/deliveries.js';
import { docs } from './en/docs.js';
import { errorClasses } from './en/error-classes.js';
import { notifications } from './en/notifications.js';
import { eventTypes } from './en/event-types.js';
import { externalIds } from './en/external-ids.js';
import { recoveries } from './en/recoveries.js';
import { firstRun } from './en/first-run.js';
import { frame } from './en/frame.js';
import { loginSteps } from './en/login-steps.js';
import { overview } from './en/overview.js';
import { portal } from './en/portal.js';
import { profile } from './en/profile.js';
import { settings } from './en/settings.js';
import { sources } from './en/sources.js';
import { statistics } from './en/statistics.js';
import { statuses } from './en/statuses.js';
import { testReceiver } from './en/test-receiver.js';
import { trace } from './en/trace.js';
import { webhooks } from './en/webhooks.js';
import type { PageMessages } from './zh-pages.js';

/** What the pages behind the login need, loaded with the layout. */
export const enPages: PageMessages = {
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
