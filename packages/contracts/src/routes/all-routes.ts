/** Every route of the service. A test compares it with what the server really listens to. */
import { alertRoutes } from './alert-routes.js';
import { apiTokenRoutes, auditRoutes, memberRoutes } from './access-routes.js';
import { appRoutes } from './app-routes.js';
import { authRoutes } from './auth-routes.js';
import { beforeRoutes } from './before-routes.js';
import { changeRoutes } from './change-routes.js';
import { deliveryRoutes } from './delivery-routes.js';
import { diagnosisRoutes } from './diagnosis-routes.js';
import { documentRoutes } from './document-routes.js';
import { eventLogRoutes } from './event-log-routes.js';
import { eventRoutes } from './event-routes.js';
import { notificationChannelRoutes } from './notification-channel-routes.js';
import { oidcRoutes } from './oidc-routes.js';
import { familiarRoutes } from './familiar-routes.js';
import { liveRoutes } from './live-routes.js';
import { eventTypeRoutes } from './event-type-routes.js';
import { operationsRoutes } from './operations-routes.js';
import { portalRoutes } from './portal-routes.js';
import { recoveryRoutes } from './recovery-routes.js';
import type { RouteContract } from './route.js';
import { secondFactorRoutes } from './second-factor-routes.js';
import { sourceRoutes } from './source-routes.js';
import { statisticsRoutes } from './statistics-routes.js';
import { ownTenantRoutes, tenantRoutes } from './tenant-routes.js';
import { testReceiverRoutes } from './test-receiver-routes.js';
import { tunnelRoutes } from './tunnel-routes.js';
import { webhookRoutes } from './webhook-routes.js';

/** Written out: an inferred type would copy every schema into the declaration file. */
type RouteGroup =
  | typeof eventRoutes
  | typeof beforeRoutes
  | typeof eventLogRoutes
  | typeof eventTypeRoutes
  | typeof webhookRoutes
  | typeof testReceiverRoutes
  | typeof tunnelRoutes
  | typeof deliveryRoutes
  | typeof diagnosisRoutes
  | typeof sourceRoutes
  | typeof statisticsRoutes
  | typeof changeRoutes
  | typeof recoveryRoutes
  | typeof alertRoutes
  | typeof notificationChannelRoutes
  | typeof appRoutes
  | typeof portalRoutes
  | typeof memberRoutes
  | typeof apiTokenRoutes
  | typeof auditRoutes
  | typeof authRoutes
  | typeof oidcRoutes
  | typeof secondFactorRoutes
  | typeof tenantRoutes
  | typeof ownTenantRoutes
  | typeof familiarRoutes
  | typeof liveRoutes
  | typeof operationsRoutes
  | typeof documentRoutes;

/** Every route with the types of its own path, query, body and answer. */
export type ApiRoute = RouteIn<RouteGroup>;
type RouteIn<Group> = Group extends unknown ? Group[keyof Group] : never;

const GROUPS: readonly RouteGroup[] = [
  eventRoutes,
  beforeRoutes,
  eventLogRoutes,
  eventTypeRoutes,
  webhookRoutes,
  testReceiverRoutes,
  tunnelRoutes,
  deliveryRoutes,
  diagnosisRoutes,
  sourceRoutes,
  statisticsRoutes,
  changeRoutes,
  recoveryRoutes,
  alertRoutes,
  notificationChannelRoutes,
  appRoutes,
  portalRoutes,
  memberRoutes,
  apiTokenRoutes,
  auditRoutes,
  authRoutes,
  oidcRoutes,
  secondFactorRoutes,
  tenantRoutes,
  ownTenantRoutes,
  familiarRoutes,
  liveRoutes,
  operationsRoutes,
  documentRoutes,
];

export const ALL_ROUTES: readonly RouteContract[] = GROUPS.flatMap((group) =>
  Object.values<RouteContract>(group),
);
