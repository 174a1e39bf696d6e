/** One good request for each route, in an order in which each finds what it needs. */

export interface WalkStep {
  operationId: string;
  /** Whose client calls; absent: the admin's. */
  as?: 'admin' | 'member' | 'anonymous';
  body?: unknown;
  query?: string;
  /** Replaces the default ids of the walk. */
  ids?: Record<string, string>;
}

export interface WalkContext {
  /** Of a delivery that waits for its next attempt. */
  waitingDeliveryId: string;
  /** Of a link. */
  portalToken: string;
  memberEmail: string;
  memberPassword: string;
  /** Of a member with a second factor. */
  guardedMemberId: string;
  /** Of an OpenIM server. */
  openimSourceId: string;
  /** A spare session of the admin. */
  spareSessionId: string;
}

const EVERYTHING = { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' };
const RECEIVER = 'http://127.0.0.1:9/receiver';
const message = { event: 'friend.deleted', data: { ownerId: 'u1', friendId: 'u2' } };
const eventType = { name: 'order.shipped', schema: { type: 'object' }, example: {} };
const channel = { kind: 'slack', name: 'Spare', url: 'http://127.0.0.1:9/' };
const headers = { 'X-App-Key': 'ak_1', 'X-App-Signature': '00' };

function of(...operationIds: string[]): WalkStep[] {
  return operationIds.map((operationId) => ({ operationId }));
}

const READING = [
  ...of('listEvents', 'getEvent', 'revealEvent', 'exportEvents', 'listEventTypes', 'getEventType'),
  ...of(
    'listEventTypeVersions',
    'listEventTypePacks',
    'listEventTypeUsage',
    'getEventTypeUsage',
    'listWebhooks',
    'listWebhookRevisions',
    'getWebhook',
    'listDeliveries',
  ),
  ...of(
    'listWebhookDeliveries',
    'exportDeliveries',
    'exportWebhookDeliveries',
    'getDelivery',
    'revealDelivery',
  ),
  ...of(
    'getWebhookStatistics',
    'getBeforeStatistics',
    'getAppStatistics',
    'getFailureCauses',
    'listChanges',
    'listAlerts',
    'getAlert',
    'getAlertRules',
    'listApps',
    'getApp',
  ),
  ...of(
    'listNotificationChannels',
    'getNotificationChannel',
    'listNotifications',
    'listMembers',
    'listApiTokens',
  ),
  ...of(
    'listAuditLog',
    'exportAuditLog',
    'getCurrentUser',
    'getSession',
    'listSessions',
    'listLoginMethods',
    'getSecondFactor',
  ),
  ...of('listTenants', 'getOwnTenant', 'listPortalLinks'),
];

const SUBMITTING: WalkStep[] = [
  { operationId: 'traceEvents', query: '?messageId=m-1' },
  { operationId: 'explainSignature', body: { headers, body: '{}' } },
  { operationId: 'submitEvent', body: message },
  { operationId: 'submitEvents', body: { events: [message] } },
  { operationId: 'askReceiver', body: { data: { n: 1 } } },
  { operationId: 'createEventType', body: eventType },
  { operationId: 'updateEventType', body: { example: { n: 1 } } },
  ...of('installEventTypePack'),
];

function workOnWebhook({ waitingDeliveryId }: WalkContext): WalkStep[] {
  return [
    { operationId: 'createWebhook', body: { url: RECEIVER, enabled: false } },
    { operationId: 'updateWebhook', body: { secret: 'a secret of its own' } },
    ...of(
      'testWebhook',
      'checkUpWebhook',
      'revealWebhookUrl',
      'revealWebhookSecret',
      'stageWebhookSecret',
      'activateWebhookSecret',
    ),
    ...of('createTestReceiver', 'getTestReceiver'),
    { operationId: 'updateTestReceiver', body: { mode: 'fail' } },
    ...of('createTunnel', 'deleteTunnel'),
    { operationId: 'sendDeliveryNow', ids: { deliveryId: waitingDeliveryId } },
    { operationId: 'cancelDelivery', ids: { deliveryId: waitingDeliveryId } },
    ...of('redeliver'),
    { operationId: 'redeliverMany', body: { deliveryIds: [waitingDeliveryId] } },
    ...useFamiliarApi(waitingDeliveryId),
    { operationId: 'startRecovery', body: { ...EVERYTHING, status: 'missing' } },
    ...of('listRecoveries', 'getRecovery', 'pauseRecovery', 'resumeRecovery', 'cancelRecovery'),
    ...of('disableWebhook', 'enableWebhook', 'pauseWebhook', 'resumeWebhook', 'sendWebhookDeliveriesNow'),
    ...of('acknowledgeAlert', 'resolveAlert'),
    { operationId: 'previewAlertRules', body: { rules: { slow: { warningMs: 800 } } } },
    { operationId: 'changeAlertRules', body: { rules: { slow: { enabled: false } } } },
  ];
}

/** The source of the default ids is a bot of DooTask. */
function plugIn(openimSourceId: string): WalkStep[] {
  return [
    { operationId: 'createSource', body: { kind: 'wukongim', name: 'Spare' } },
    { operationId: 'updateSource', body: { name: 'Renamed' } },
    ...of('listSources', 'getSource', 'revealSourceToken', 'stageSourceToken', 'activateSourceToken'),
    ...of('testSource', 'listSourceRequests', 'getSourceSnippet'),
    { operationId: 'checkSourceConfig', ids: { sourceId: openimSourceId }, body: { text: 'url: x' } },
    { operationId: 'sendSourceMessage', body: { dialogId: '12', text: 'hello' } },
    ...of('listSourceMessages', 'deleteSource'),
  ];
}

/** @param deliveryId of the webhook, and over */
function useFamiliarApi(deliveryId: string): WalkStep[] {
  return [
    { operationId: 'createFamiliarWebhook', body: { url: RECEIVER, events: ['file.*'], name: 'Files' } },
    { operationId: 'updateFamiliarWebhook', body: { timeout: 45 } },
    ...of('listFamiliarWebhooks', 'getFamiliarWebhook', 'testFamiliarWebhook', 'listFamiliarDeliveries'),
    { operationId: 'redeliverFamiliarDelivery', ids: { deliveryId } },
    ...of('getFamiliarStatistics', 'deleteFamiliarWebhook'),
  ];
}

function administer({ guardedMemberId, portalToken }: WalkContext): WalkStep[] {
  return [
    { operationId: 'createNotificationChannel', body: channel },
    { operationId: 'updateNotificationChannel', body: { name: 'On call' } },
    ...of('testNotificationChannel', 'revealAppSecret', 'stageAppSecret', 'activateAppSecret'),
    { operationId: 'createApp', body: { name: 'Spare', packageName: 'com.example.spare' } },
    { operationId: 'updateApp', body: { description: 'Changed' } },
    { operationId: 'createMember', body: { email: 'spare@walk.example.com', role: 'support' } },
    { operationId: 'updateMember', body: { name: 'Alice' } },
    ...of('resetMemberPassword', 'endMemberSessions'),
    { operationId: 'resetMemberSecondFactor', ids: { memberId: guardedMemberId } },
    { operationId: 'createApiToken', body: { name: 'Spare', scopes: ['events:write'] } },
    { operationId: 'updateApiToken', body: { name: 'Renamed' } },
    { operationId: 'createPortalLink', body: { permissions: ['read'], expiresInSeconds: 600 } },
    { operationId: 'openPortal', as: 'anonymous', body: { token: portalToken } },
    { operationId: 'createTenant', body: { name: 'Elsewhere', adminEmail: 'admin@walk.example.com' } },
    ...of('getTenant'),
    { operationId: 'updateTenant', body: { name: 'Elsewhere, renamed' } },
    { operationId: 'updateOwnTenant', body: { name: 'Here' } },
  ];
}

function logInAndOut({
  memberEmail: email,
  memberPassword: password,
  spareSessionId,
}: WalkContext): WalkStep[] {
  return [
    { operationId: 'logIn', as: 'anonymous', body: { email, password } },
    { operationId: 'beginSecondFactor', as: 'member' },
    { operationId: 'confirmSecondFactor', as: 'member', body: 'code' },
    { operationId: 'removeSecondFactor', as: 'member', body: { password } },
    {
      operationId: 'changePassword',
      as: 'member',
      body: { currentPassword: password, newPassword: `${password}!` },
    },
    ...['endOtherSessions', 'logOut'].map((operationId) => ({ operationId, as: 'member' as const })),
    { operationId: 'endSession', ids: { sessionId: spareSessionId } },
  ];
}

const DELETING: WalkStep[] = [
  ...of(
    'deleteEventType',
    'deleteNotificationChannel',
    'revokeApiToken',
    'revokePortalLink',
    'deleteMember',
    'deleteWebhook',
    'deleteApp',
  ),
];

export function walkWith(context: WalkContext): WalkStep[] {
  return [
    ...READING,
    ...SUBMITTING,
    ...workOnWebhook(context),
    ...plugIn(context.openimSourceId),
    ...administer(context),
    ...logInAndOut(context),
    ...DELETING,
  ];
}
