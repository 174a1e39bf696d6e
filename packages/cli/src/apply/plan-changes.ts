/** Compares a file with the resources that exist, and plans the changes. */
import type { Client } from '@im/client/client';
import { isApiError } from '@im/client/api-error';
import type { BodyOf } from '@im/contracts/routes/route-types';
import { differingFields } from './differing-fields.js';
import { mapWithLimit } from './map-with-limit.js';
import type { Config, Fields, WantedApp, WantedResource } from './read-config.js';

export interface Change {
  action: 'create' | 'update' | 'delete' | 'same';
  kind: 'event type' | 'app' | 'webhook' | 'source';
  /** As people read it: `shop/crm`. */
  id: string;
  /** Of an update. */
  fields: string[];
  apply: () => Promise<unknown>;
}

/** Each stage needs what the one before it makes. */
export type Plan = Change[][];

/** How a resource of one kind is created, changed and deleted. */
interface Steps<Actual> {
  kind: Change['kind'];
  prefix: string;
  create: (fields: Fields) => Promise<unknown>;
  update: (actual: Actual, fields: Fields) => Promise<unknown>;
  delete: (actual: Actual) => Promise<unknown>;
}

const PAGE = { limit: 200 };

/** @param prune whether to delete what has an external id and is not in the file; never apps */
export async function planChanges(client: Client, config: Config, prune: boolean): Promise<Plan> {
  const apps = await mapWithLimit(config.apps, (app) => planApp(client, app));
  const resources = await mapWithLimit(apps, ({ wanted, exists }) =>
    planResources(client, wanted, exists, prune),
  );
  return [
    await planEventTypes(client, config.eventTypes),
    apps.map(({ change }) => change),
    resources.flat(),
  ];
}

async function planApp(client: Client, wanted: WantedApp) {
  const params = { appKey: wanted.ref };
  const { id, fields } = wanted;
  const actual = await client.call('GET /apps/{appKey}', { params }).catch((error: unknown) => {
    if (wanted.ref.startsWith('ext:') && isApiError(error, 'not_found')) return undefined;
    throw error;
  });
  const steps: Steps<object> = {
    ...{ kind: 'app', prefix: '' },
    create: (body) => client.call('POST /apps', { body: body as BodyOf<'POST /apps'> }),
    update: (_, body) => client.call('PATCH /apps/{appKey}', { params, body }),
    delete: () => Promise.resolve(),
  };
  return { wanted, exists: actual !== undefined, change: changeOf(steps, { id, fields }, actual) };
}

async function planResources(
  client: Client,
  app: WantedApp,
  exists: boolean,
  prune: boolean,
): Promise<Change[]> {
  const { ref, webhooks, sources } = app;
  const isListed = exists && (prune || webhooks.length > 0);
  const actualWebhooks = isListed ? await all(client.webhooks.list(ref, PAGE)) : [];
  const areSourcesListed = exists && (prune || sources.length > 0);
  const actualSources = areSourcesListed ? await all(client.sources.list(ref)) : [];
  return [
    ...plan(webhookSteps(client, app), webhooks, actualWebhooks, ({ externalId }) => externalId, prune),
    ...plan(sourceSteps(client, app), sources, actualSources, ({ externalId }) => externalId, prune),
  ];
}

function webhookSteps(
  client: Client,
  { ref: appKey, id }: WantedApp,
): Steps<{ webhookId: string; revision: number }> {
  return {
    ...{ kind: 'webhook', prefix: `${id}/` },
    create: (body) =>
      client.call('POST /apps/{appKey}/webhooks', {
        params: { appKey },
        body: body as BodyOf<'POST /apps/{appKey}/webhooks'>,
      }),
    update: ({ webhookId, revision }, body) =>
      client.call('PATCH /apps/{appKey}/webhooks/{webhookId}', {
        params: { appKey, webhookId },
        body,
        ifRevision: revision,
      }),
    delete: ({ webhookId }) =>
      client.call('DELETE /apps/{appKey}/webhooks/{webhookId}', { params: { appKey, webhookId } }),
  };
}

function sourceSteps(client: Client, { ref: appKey, id }: WantedApp): Steps<{ sourceId: string }> {
  return {
    ...{ kind: 'source', prefix: `${id}/` },
    create: (body) =>
      client.call('POST /apps/{appKey}/sources', {
        params: { appKey },
        body: body as BodyOf<'POST /apps/{appKey}/sources'>,
      }),
    update: ({ sourceId }, body) =>
      client.call('PATCH /apps/{appKey}/sources/{sourceId}', { params: { appKey, sourceId }, body }),
    delete: ({ sourceId }) =>
      client.call('DELETE /apps/{appKey}/sources/{sourceId}', { params: { appKey, sourceId } }),
  };
}

async function planEventTypes(client: Client, wanted: readonly WantedResource[]): Promise<Change[]> {
  if (wanted.length === 0) return [];
  const actual = (await all(client.eventTypes.list(PAGE))).filter(({ origin }) => origin === 'own');
  const steps: Steps<{ name: string }> = {
    ...{ kind: 'event type', prefix: '' },
    create: (body) => client.call('POST /event-types', { body: body as BodyOf<'POST /event-types'> }),
    update: ({ name }, body) =>
      client.call('PATCH /event-types/{eventName}', { params: { eventName: name }, body }),
    delete: () => Promise.resolve(),
  };
  return plan(steps, wanted, actual, ({ name }) => name, false);
}

function plan<Actual extends object>(
  steps: Steps<Actual>,
  wanted: readonly WantedResource[],
  actual: readonly Actual[],
  idOf: (actual: Actual) => string | null,
  prune: boolean,
): Change[] {
  const byId = new Map(actual.map((each) => [idOf(each), each]));
  const ids = new Set<string | null>(wanted.map(({ id }) => id));
  const unwanted = prune ? actual.filter((each) => idOf(each) !== null && !ids.has(idOf(each))) : [];
  return [
    ...wanted.map((each) => changeOf(steps, each, byId.get(each.id))),
    ...unwanted.map((each): Change => ({
      ...{ action: 'delete', kind: steps.kind, id: steps.prefix + (idOf(each) ?? ''), fields: [] },
      apply: () => steps.delete(each),
    })),
  ];
}

function changeOf<Actual extends object>(
  { kind, prefix, create, update }: Steps<Actual>,
  wanted: WantedResource,
  actual: Actual | undefined,
): Change {
  const id = prefix + wanted.id;
  if (!actual) return { action: 'create', kind, id, fields: [], apply: () => create(wanted.fields) };
  const fields = differingFields(wanted.fields, actual as Fields);
  if (fields.length === 0) return { action: 'same', kind, id, fields, apply: () => Promise.resolve() };
  const changed = Object.fromEntries(fields.map((name) => [name, wanted.fields[name]]));
  return { action: 'update', kind, id, fields, apply: () => update(actual, changed) };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
