/**
 * Lists by hand who may call which route: roles (`operator`: only admins who manage the installation), the API token
 * scopes, the permission of portal links, and whether the app's signature is accepted. The access test compares the
 * server with this table.
 */
export const ACCESS_MATRIX: Readonly<Record<string, string>> = {
  // Events
  submitEvent: 'admin developer | events:write | signature',
  submitEvents: 'admin developer | events:write | signature',
  getBeforeStatistics: 'admin developer support | deliveries:read',
  askReceiver: 'admin developer | events:write | signature',
  listEvents: 'admin developer support | deliveries:read',
  exportEvents: 'admin developer support | deliveries:read',
  getEvent: 'admin developer support | deliveries:read',
  revealEvent: 'admin developer support | deliveries:read',

  // Webhooks
  listWebhooks: 'admin developer support | webhooks:read | portal:read',
  createWebhook: 'admin developer | webhooks:write',
  listWebhookRevisions: 'admin developer support | webhooks:read',
  getWebhook: 'admin developer support | webhooks:read | portal:read',
  updateWebhook: 'admin developer | webhooks:write',
  deleteWebhook: 'admin developer | webhooks:write',
  testWebhook: 'admin developer | webhooks:write | portal:test',
  enableWebhook: 'admin developer | webhooks:write',
  disableWebhook: 'admin developer | webhooks:write',
  pauseWebhook: 'admin developer | webhooks:write',
  resumeWebhook: 'admin developer | webhooks:write',
  revealWebhookUrl: 'admin developer support | webhooks:read',
  revealWebhookSecret: 'admin developer | secrets:rotate',
  stageWebhookSecret: 'admin developer | secrets:rotate',
  activateWebhookSecret: 'admin developer | secrets:rotate',
  getTestReceiver: 'admin developer support | webhooks:read',
  createTestReceiver: 'admin developer | webhooks:write',
  updateTestReceiver: 'admin developer | webhooks:write',
  createTunnel: 'admin developer | webhooks:write',
  watchTunnel: 'admin developer | webhooks:write',
  answerTunnelRequest: 'admin developer | webhooks:write',
  deleteTunnel: 'admin developer | webhooks:write',

  // Sources
  listSources: 'admin developer | sources:read',
  createSource: 'admin developer | sources:write',
  getSource: 'admin developer | sources:read',
  updateSource: 'admin developer | sources:write',
  deleteSource: 'admin developer | sources:write',
  revealSourceToken: 'admin developer | sources:write',
  stageSourceToken: 'admin developer | sources:write',
  activateSourceToken: 'admin developer | sources:write',
  listSourceRequests: 'admin developer | sources:read',
  getSourceSnippet: 'admin developer | sources:write',
  testSource: 'admin developer | sources:write',
  checkSourceConfig: 'admin developer | sources:write',
  sendSourceMessage: 'admin developer | sources:write',
  listSourceMessages: 'admin developer | sources:read',

  // For clients of another webhook API
  listFamiliarWebhooks: 'admin developer support | webhooks:read',
  createFamiliarWebhook: 'admin developer | webhooks:write',
  getFamiliarWebhook: 'admin developer support | webhooks:read',
  updateFamiliarWebhook: 'admin developer | webhooks:write',
  deleteFamiliarWebhook: 'admin developer | webhooks:write',
  testFamiliarWebhook: 'admin developer | webhooks:write',
  listFamiliarDeliveries: 'admin developer support | deliveries:read',
  redeliverFamiliarDelivery: 'admin developer support | deliveries:write',
  getFamiliarStatistics: 'admin developer support | deliveries:read',

  // Deliveries
  listDeliveries: 'admin developer support | deliveries:read | portal:read',
  listWebhookDeliveries: 'admin developer support | deliveries:read | portal:read',
  exportDeliveries: 'admin developer support | deliveries:read',
  exportWebhookDeliveries: 'admin developer support | deliveries:read',
  getDelivery: 'admin developer support | deliveries:read | portal:read',
  revealDelivery: 'admin developer support | deliveries:read',
  redeliver: 'admin developer support | deliveries:write | portal:redeliver',
  redeliverMany: 'admin developer support | deliveries:write | portal:redeliver',
  sendDeliveryNow: 'admin developer support | deliveries:write',
  sendWebhookDeliveriesNow: 'admin developer support | deliveries:write',
  cancelDelivery: 'admin developer support | deliveries:write',

  // Recoveries
  startRecovery: 'admin developer support | deliveries:write',
  listRecoveries: 'admin developer support | deliveries:read',
  getRecovery: 'admin developer support | deliveries:read',
  pauseRecovery: 'admin developer support | deliveries:write',
  resumeRecovery: 'admin developer support | deliveries:write',
  cancelRecovery: 'admin developer support | deliveries:write',

  // Statistics and answers
  traceEvents: 'admin developer support | deliveries:read',
  getWebhookStatistics: 'admin developer support | deliveries:read',
  getAppStatistics: 'admin developer support | deliveries:read',
  getFailureCauses: 'admin developer support | deliveries:read',
  listChanges: 'admin developer support | webhooks:read',
  explainSignature: 'admin developer | webhooks:read',
  checkUpWebhook: 'admin developer | webhooks:write',

  // Alerts
  listAlerts: 'admin developer support | alerts:read',
  getAlert: 'admin developer support | alerts:read',
  acknowledgeAlert: 'admin developer support | alerts:write',
  resolveAlert: 'admin developer | alerts:write',
  getAlertRules: 'admin developer support | alerts:read',
  changeAlertRules: 'admin developer | alerts:write',
  previewAlertRules: 'admin developer support | alerts:read',

  // Notification channels
  listNotificationChannels: 'admin developer support | alerts:read',
  createNotificationChannel: 'admin developer | channels:write alerts:write',
  getNotificationChannel: 'admin developer support | alerts:read',
  updateNotificationChannel: 'admin developer | channels:write alerts:write',
  deleteNotificationChannel: 'admin developer | channels:write alerts:write',
  testNotificationChannel: 'admin developer | channels:write alerts:write',
  listNotifications: 'admin developer support | alerts:read',
  // Event types
  listEventTypes: 'admin developer support | webhooks:read',
  createEventType: 'admin developer | event-types:write webhooks:write',
  getEventType: 'admin developer support | webhooks:read',
  updateEventType: 'admin developer | event-types:write webhooks:write',
  deleteEventType: 'admin developer | event-types:write webhooks:write',
  listEventTypeVersions: 'admin developer support | webhooks:read',
  listEventTypePacks: 'admin developer support | webhooks:read',
  installEventTypePack: 'admin developer | event-types:write webhooks:write',
  listEventTypeUsage: 'admin developer support | webhooks:read',
  getEventTypeUsage: 'admin developer support | webhooks:read',

  // Apps
  listApps: 'admin developer support | apps:read webhooks:read',
  createApp: 'admin | apps:write',
  getApp: 'admin developer support | apps:read webhooks:read',
  updateApp: 'admin | apps:write',
  deleteApp: 'admin | apps:write',
  revealAppSecret: 'admin developer | secrets:rotate',
  stageAppSecret: 'admin | secrets:rotate',
  activateAppSecret: 'admin | secrets:rotate',

  // Portal links
  listPortalLinks: 'admin developer | webhooks:write',
  createPortalLink: 'admin developer | webhooks:write',
  revokePortalLink: 'admin developer | webhooks:write',
  openPortal: 'public',

  // Members, API tokens, audit log
  listMembers: 'admin | members:write',
  createMember: 'admin | members:write',
  updateMember: 'admin | members:write',
  deleteMember: 'admin | members:write',
  resetMemberPassword: 'admin',
  endMemberSessions: 'admin',
  resetMemberSecondFactor: 'admin',
  listApiTokens: 'admin developer | tokens:write',
  createApiToken: 'admin developer | tokens:write',
  updateApiToken: 'admin developer | tokens:write',
  revokeApiToken: 'admin developer | tokens:write',
  listAuditLog: 'admin | audit:read',
  exportAuditLog: 'admin | audit:read',

  watchApp: 'admin developer support | deliveries:read',

  // Sessions
  logIn: 'public',
  logOut: 'admin developer support',
  getCurrentUser: 'admin developer support',
  getSession: 'public',
  changePassword: 'admin developer support',
  listSessions: 'admin developer support',
  endSession: 'admin developer support',
  endOtherSessions: 'admin developer support',
  listLoginMethods: 'public',
  beginOidcLogin: 'public',
  finishOidcLogin: 'public',
  getSecondFactor: 'admin developer support',
  beginSecondFactor: 'admin developer support',
  confirmSecondFactor: 'admin developer support',
  removeSecondFactor: 'admin developer support',

  // Tenants
  listTenants: 'operator | tenants:write',
  createTenant: 'operator | tenants:write',
  getTenant: 'operator | tenants:write',
  updateTenant: 'operator | tenants:write',
  getOwnTenant: 'admin developer support | members:write',
  updateOwnTenant: 'admin',

  // Operations
  getLiveness: 'public',
  getReadiness: 'public',
  getMetrics: 'public',
  getOpenApi: 'public',
  getAsyncApi: 'public',
  getApiPages: 'public',
};

const PORTAL = 'portal:';

export interface AccessRow {
  isPublic: boolean;
  roles: string[];
  /** Each opens the route by itself. */
  scopes: string[];
  /** The permission of a portal link. */
  portal: string | undefined;
  allowsSignature: boolean;
}

/** @throws Error when the route has no row */
export function accessRowOf(operationId: string): AccessRow {
  const row = ACCESS_MATRIX[operationId];
  if (row === undefined) throw new Error(`${operationId} has no row in the access matrix`);
  const [roles = '', ...rest] = row.split(' | ');
  return {
    isPublic: row === 'public',
    roles: roles.split(' '),
    scopes: rest.find((part) => part.includes(':') && !part.startsWith(PORTAL))?.split(' ') ?? [],
    portal: rest.find((part) => part.startsWith(PORTAL)),
    allowsSignature: rest.includes('signature'),
  };
}
