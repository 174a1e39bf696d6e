/** Reads webhooks for planning and delivering, many at once. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindAppService } from '../../apps/find-app.service.js';
import type { StoredWebhookSettings, WebhookRoute } from '../webhook-settings.js';

@Injectable()
export class WebhookSettingsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly findApp: FindAppService,
  ) {}

  /** Every live webhook of the apps, by app. */
  async routesOf(appIds: readonly string[]): Promise<Map<string, WebhookRoute[]>> {
    const rows = await this.dataSource.query<WebhookRoute[]>(
      `SELECT webhook_id AS "webhookId", app_id AS "appId", is_enabled AS "isEnabled",
              paused_since IS NOT NULL AS "isPausedByPerson", paused_at IS NOT NULL AS "isPaused", events, ordering,
              format, before, (retry_policy->>'maxAttempts')::int AS "maxAttempts"
       FROM webhook_configs JOIN webhook_health USING (webhook_id)
       WHERE app_id = ANY($1) AND deleted_at IS NULL ORDER BY webhook_id`,
      [appIds],
    );
    const routes = new Map<string, WebhookRoute[]>(appIds.map((appId) => [appId, []]));
    for (const row of rows) routes.get(row.appId)?.push(row);
    return routes;
  }

  /** Deleted ones too: what waits for them is canceled. */
  async settingsOf(webhookIds: readonly string[]): Promise<Map<string, StoredWebhookSettings>> {
    const rows = await this.dataSource.query<Omit<StoredWebhookSettings, 'app'>[]>(
      `SELECT w.webhook_id AS "webhookId", w.app_id AS "appId", w.url, w.headers, w.sealed_settings AS "sealedSettings", w.timeout_ms AS "timeoutMs",
              w.retry_policy AS "retryPolicy", w.batch, w.format, w.signature_scheme AS "signatureScheme",
              w.signature_prefix AS "signaturePrefix",
              w.rate_limit_per_second AS "rateLimitPerSecond", w.revision, w.secret_ciphertext AS "secretCiphertext",
              w.next_secret_ciphertext AS "nextSecretCiphertext",
              w.previous_secret_ciphertext AS "previousSecretCiphertext",
              w.previous_secret_expires_at AS "previousSecretExpiresAt",
              w.client_certificate_ciphertext AS "clientCertificateCiphertext",
              w.is_enabled AS "isEnabled", w.deleted_at IS NOT NULL AS "isDeleted",
              w.paused_since IS NOT NULL AS "isPausedByPerson", h.paused_at IS NOT NULL AS "isPaused",
              h.resumed_at AS "resumedAt",
              h.unopenable_since IS NOT NULL AS "isKnownUnopenable"
       FROM webhook_configs w JOIN webhook_health h USING (webhook_id) WHERE w.webhook_id = ANY($1)`,
      [webhookIds],
    );
    const apps = await this.findApp.byIds(new Set(rows.map((row) => row.appId)));
    const settings = new Map<string, StoredWebhookSettings>();
    for (const row of rows) {
      const app = apps.get(row.appId);
      if (app) settings.set(row.webhookId, { ...row, app });
    }
    return settings;
  }
}
