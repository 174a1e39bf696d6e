import { access } from './zh/access.js';
import { alerts } from './zh/alerts.js';
import { apps } from './zh/apps.js';
import { common } from './zh/common.js';
import { deliveries } from './zh/deliveries.js';
import { errorClasses } from './zh/error-classes.js';
import { errors } from './zh/errors.js';
import { shell } from './zh/shell.js';
import { statuses } from './zh/statuses.js';
import { webhooks } from './zh/webhooks.js';

/** Chinese, the language the keys are typed by: every other language has the same shape. */
export const zh = {
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
export type Messages = typeof zh;
