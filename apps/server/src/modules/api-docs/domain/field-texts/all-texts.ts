/** Puts the descriptions of all areas together. */
import { ACCESS_TEXTS } from './access.js';
import { ALERT_RULE_TEXTS } from './alert-rules.js';
import { ALERT_TEXTS } from './alerts.js';
import { APP_TEXTS } from './apps.js';
import { BEFORE_TEXTS } from './before.js';
import { COMMON_TEXTS } from './common.js';
import { DELIVERY_TEXTS } from './deliveries.js';
import { DIAGNOSIS_TEXTS } from './diagnosis.js';
import { EVENT_TYPE_TEXTS } from './event-types.js';
import { EVENT_TEXTS } from './events.js';
import { FAMILIAR_TEXTS } from './familiar.js';
import type { FieldTexts } from './field-text.js';
import { MEMBER_TEXTS } from './members.js';
import { NOTIFICATION_TEXTS } from './notifications.js';
import { PARAMETER_TEXTS } from './parameters.js';
import { RECOVERY_TEXTS } from './recoveries.js';
import { SOURCE_TEXTS } from './sources.js';
import { STATISTICS_TEXTS } from './statistics.js';
import { TUNNEL_TEXTS } from './tunnels.js';
import { WEBHOOK_DELIVERY_TEXTS } from './webhook-delivery.js';
import { WEBHOOK_TEXTS } from './webhooks.js';

export const AREAS: readonly FieldTexts[] = [
  ACCESS_TEXTS,
  ALERT_RULE_TEXTS,
  ALERT_TEXTS,
  APP_TEXTS,
  BEFORE_TEXTS,
  COMMON_TEXTS,
  DELIVERY_TEXTS,
  DIAGNOSIS_TEXTS,
  EVENT_TYPE_TEXTS,
  EVENT_TEXTS,
  FAMILIAR_TEXTS,
  MEMBER_TEXTS,
  NOTIFICATION_TEXTS,
  PARAMETER_TEXTS,
  RECOVERY_TEXTS,
  SOURCE_TEXTS,
  STATISTICS_TEXTS,
  TUNNEL_TEXTS,
  WEBHOOK_DELIVERY_TEXTS,
  WEBHOOK_TEXTS,
];

export const FIELD_TEXTS: FieldTexts = Object.fromEntries(AREAS.flatMap((area) => Object.entries(area)));
