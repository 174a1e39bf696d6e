/** Provides repositories on a new database, without the service. */
import { DataSource } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import { postgresOptions } from '../platform/database/data-source.js';
import { AlertSettingsEntity } from '../modules/alerts/data/alert-settings.entity.js';
import { WebhookConfigEntity } from '../modules/webhook-configs/data/webhook-config.entity.js';
import type { PlannedDelivery } from '../modules/delivery-store/data/insert-deliveries.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

const POOL_SIZE = 5;
/** Of what repositories without the service around them are tested with. */
const ENTITIES = [AlertSettingsEntity, WebhookConfigEntity];

export interface TestDataSource {
  dataSource: DataSource;
  /** Connections of each data source at most. */
  poolSize: number;
  /** Queries rows on a separate connection. */
  query: TestDatabase['query'];
  /** A second one on the same database, as of another process. */
  openAnother: () => Promise<DataSource>;
  close: () => Promise<void>;
}

export async function openTestDataSource(): Promise<TestDataSource> {
  const database = await createTestDatabase();
  const opened: DataSource[] = [];
  const open = async (): Promise<DataSource> => {
    const options = { ...postgresOptions(database.databaseUrl, POOL_SIZE), entities: ENTITIES };
    const dataSource = await new DataSource(options).initialize();
    opened.push(dataSource);
    return dataSource;
  };
  return {
    dataSource: await open(),
    poolSize: POOL_SIZE,
    query: database.query,
    openAnother: open,
    close: async () => {
      for (const dataSource of opened) await dataSource.destroy();
      await database.drop();
    },
  };
}

/** @returns the id of a new app of a new tenant */
export async function addAppRow({ query }: Pick<TestDataSource, 'query'>): Promise<string> {
  const appId = uuidV7();
  await query(
    `WITH tenant AS (INSERT INTO tenants (tenant_id, name) VALUES ($1, 'test') RETURNING tenant_id)
     INSERT INTO apps (app_id, tenant_id, app_key, name, package_name, secret_ciphertext)
     SELECT $1, tenant_id, $2, 'Chat', 'com.example.chat', '' FROM tenant`,
    [appId, `ak_${appId}`],
  );
  return appId;
}

/** @returns the id of a new webhook */
export async function addWebhookRow(
  { query }: Pick<TestDataSource, 'query'>,
  appId: string,
  webhookId = uuidV7(),
): Promise<string> {
  await query(
    `WITH webhook AS (
       INSERT INTO webhook_configs (webhook_id, app_id, name, url, is_enabled, events, headers, timeout_ms, retry_policy, created_by)
       VALUES ($1, $2, 'test', 'https://example.com/', true, '{}', '{}', 1000, '{"maxAttempts": 3}', 'test')
       RETURNING webhook_id
     ) INSERT INTO webhook_health (webhook_id) SELECT webhook_id FROM webhook`,
    [webhookId, appId],
  );
  return webhookId;
}

/** @returns the id of a new source of OpenIM */
export async function addSourceRow(
  { query }: Pick<TestDataSource, 'query'>,
  appId: string,
  lastReceivedAt: Date | null = null,
): Promise<string> {
  const sourceId = uuidV7();
  await query(
    `INSERT INTO sources (source_id, app_id, kind, name, is_enabled, settings, allowed_cidrs, secret_ciphertext,
       token_hash, last_received_at, created_by, created_at, updated_at)
     VALUES ($1::uuid, $2, 'openim', 'main', true, '{}', '{}', '', uuid_send($1::uuid), $3, 'test', now(), now())`,
    [sourceId, appId, lastReceivedAt],
  );
  return sourceId;
}

/** A delivery that waits for its first attempt. */
export function plannedDelivery(
  override: Partial<PlannedDelivery> & Pick<PlannedDelivery, 'appId' | 'webhookId'>,
): PlannedDelivery {
  const now = new Date();
  return {
    deliveryId: uuidV7(),
    callbackId: uuidV7(),
    eventId: uuidV7(),
    event: 'message.sent',
    kind: 'event',
    status: 'pending',
    maxAttempts: 3,
    createdAt: now,
    orderedConversationId: null,
    isHeldBack: false,
    originalDeliveryId: null,
    ...override,
  };
}
