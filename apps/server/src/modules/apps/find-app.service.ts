import { Injectable } from '@nestjs/common';
import { ConfigCache } from '../../platform/database/config-cache.js';
import { ConfigVersion } from '../../platform/database/config-version.js';
import { AppCredentialsRepository } from './data/app-credentials.repository.js';
import type { AppCredential } from './app-credential.js';

/** Finds an app by its key or its id, cached until the configuration changes. */
@Injectable()
export class FindAppService {
  private readonly keyed: ConfigCache<AppCredential>;
  private readonly identified: ConfigCache<AppCredential>;

  constructor(credentials: AppCredentialsRepository, version: ConfigVersion) {
    this.keyed = new ConfigCache(version, async (appKeys) => {
      const apps = await credentials.findByKeys(appKeys);
      return new Map(apps.map((app) => [app.appKey, app]));
    });
    this.identified = new ConfigCache(version, async (appIds) => {
      const apps = await credentials.findByIds(appIds);
      return new Map(apps.map((app) => [app.appId, app]));
    });
  }

  /** @param asOf not older than this, monotonic milliseconds; absent: as of now */
  byKey(appKey: string, asOf?: number): Promise<AppCredential | undefined> {
    return this.keyed.get(appKey, asOf);
  }

  /** Deleted apps too: what is in flight is signed to the end. */
  byIds(appIds: Iterable<string>): Promise<Map<string, AppCredential>> {
    return this.identified.getAll(appIds);
  }
}
