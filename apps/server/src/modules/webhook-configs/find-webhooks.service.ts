import { Injectable } from '@nestjs/common';
import { ConfigCache } from '../../platform/database/config-cache.js';
import { ConfigVersion } from '../../platform/database/config-version.js';
import { WebhookSettingsRepository } from './data/webhook-settings.repository.js';
import type { WebhookRoute, WebhookSettings } from './webhook-settings.js';
import { OpenSettingsService } from './open-settings.service.js';

/** Finds webhooks for planning and delivering, cached until the configuration changes. */
@Injectable()
export class FindWebhooksService {
  private readonly routes: ConfigCache<WebhookRoute[]>;
  private readonly settings: ConfigCache<WebhookSettings>;

  constructor(
    repository: WebhookSettingsRepository,
    version: ConfigVersion,
    openSettings: OpenSettingsService,
  ) {
    this.routes = new ConfigCache(version, (appIds) => repository.routesOf(appIds));
    this.settings = new ConfigCache(version, async (webhookIds) => {
      const stored = await repository.settingsOf(webhookIds);
      return new Map([...stored].map(([id, settings]) => [id, openSettings.open(settings)]));
    });
  }

  /** The live webhooks of each app. @param asOf not older than this, monotonic milliseconds; absent: as of now */
  routesOf(appIds: Iterable<string>, asOf?: number): Promise<Map<string, WebhookRoute[]>> {
    return this.routes.getAll(appIds, asOf);
  }

  /** By id, deleted ones too. @param asOf as for {@link routesOf} */
  settingsOf(webhookIds: Iterable<string>, asOf?: number): Promise<Map<string, WebhookSettings>> {
    return this.settings.getAll(webhookIds, asOf);
  }
}
