import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import { expect, it } from 'vitest';

/** Routes that are not GET and leave no entry, and why. */
const UNAUDITED: Readonly<Record<string, string>> = {
  submitEvent: 'an event is in the event log, with who sent it',
  submitEvents: 'an event is in the event log, with who sent it',
  askReceiver: 'a question is in the delivery log, and its event says who asked',
  logIn: 'has no caller yet: logging in records auth.login and auth.login_failed by itself',
  logOut: 'ends nothing but the session that asks',
  beginSecondFactor: 'changes nothing before it is confirmed',
  explainSignature: 'changes nothing',
  checkSourceConfig: 'changes nothing',
  answerTunnelRequest: 'is in the delivery log, as what the receiver answered',
  openPortal: 'has no caller yet: opening a portal link records portal_link.opened by itself',
  previewAlertRules: 'changes nothing',
};

it('every route that may change something is audited, or says why it is not', () => {
  const unaudited = ALL_ROUTES.filter(({ method, audit }) => method !== 'GET' && audit === undefined);
  expect(unaudited.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(UNAUDITED).sort());
});

it('reading is audited where it takes data out of the service', () => {
  const audited = ALL_ROUTES.filter(({ method, audit }) => method === 'GET' && audit !== undefined);
  expect(audited.map(({ operationId }) => operationId).sort()).toEqual([
    'exportAuditLog',
    'exportDeliveries',
    'exportEvents',
    'exportWebhookDeliveries',
    'getSourceSnippet',
  ]);
});

it('what is audited has a caller to name', () => {
  expect(ALL_ROUTES.filter(({ access, audit }) => access === 'public' && audit !== undefined)).toEqual([]);
});
