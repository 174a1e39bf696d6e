import type { ExecutionContext } from '@nestjs/common';
import { eventRoutes } from '@im/contracts/routes/event-routes';
import { eventTypeRoutes } from '@im/contracts/routes/event-type-routes';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import type { RouteContract } from '@im/contracts/routes/route';
import { expect, it, vi } from 'vitest';
import { ExternalIds } from './external-ids.js';
import { FindByExternalIdGuard } from './find-by-external-id.guard.js';
import { ServedContract } from './route-contract.js';

const find = vi.fn(() => Promise.resolve('found'));
const ids = new ExternalIds();
ids.add('/webhooks/{webhookId}', find);
ids.add('/event-types/{eventName}', find);
ids.add('/event-type-usage/{eventName}', find);

/** What the guard answers, and the parameters after it. */
function guard(contract: RouteContract, params: Record<string, string>) {
  const handler = (): undefined => undefined;
  ServedContract(contract)(handler);
  const request = { identity: { tenantId: 'tenant' }, params };
  const context = { getHandler: () => handler, switchToHttp: () => ({ getRequest: () => request }) };
  return new FindByExternalIdGuard(ids).canActivate(context as unknown as ExecutionContext);
}

it.each([
  [webhookRoutes.get, { appKey: 'ak_1', webhookId: 'ext:orders' }, 'webhookId'],
  [eventTypeRoutes.get, { eventName: 'ext:orders' }, 'eventName'],
  [eventTypeRoutes.getUsage, { eventName: 'ext:orders' }, 'eventName'],
])('finds what a path names by an external id', async (contract, params: Record<string, string>, name) => {
  expect(await guard(contract, params)).toBe(true);
  expect(params[name]).toBe('found');
});

it.each([
  [eventRoutes.submit, { appKey: 'ext:shop-1' }],
  [webhookRoutes.get, { appKey: 'ak_1', webhookId: '019a0000-0000-7000-8000-00000000000a' }],
])('lets a path without one pass at once', (contract, params) => {
  find.mockClear();
  expect(guard(contract, params)).toBe(true);
  expect(find).not.toHaveBeenCalled();
});
