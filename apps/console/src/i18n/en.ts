import { access } from './en/access.js';
import { alerts } from './en/alerts.js';
import { apps } from './en/apps.js';
import { common } from './en/common.js';
import { deliveries } from './en/deliveries.js';
import { errorClasses } from './en/error-classes.js';
import { errors } from './en/errors.js';
import { shell } from './en/shell.js';
import { statuses } from './en/statuses.js';
import { webhooks } from './en/webhooks.js';

import type { Messages } from './zh.js';

export const en: Messages = {
  access,
  alerts,
  apps,
  common,
  deliveries,
  errorClasses,
  errors,
  shell,
  statuses,
  webhooks,
};
