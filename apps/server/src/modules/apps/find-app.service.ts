import { Injectable } from '@nestjs/common';
import { Batcher } from '../../platform/batching/batcher.js';
import { AppCredentialsRepository, type AppCredential } from './data/app-credentials.repository.js';

/** Finds an app by its key; concurrent requests share one query. */
@Injectable()
export class FindAppService {
  private readonly lookups: Batcher<string, AppCredential | undefined>;

  constructor(credentials: AppCredentialsRepository) {
    this.lookups = new Batcher({
      maxItems: 500,
      concurrency: 2,
      run: (appKeys) => credentials.findByKeys(appKeys),
    });
  }

  byKey(appKey: string): Promise<AppCredential | undefined> {
    return this.lookups.add(appKey);
  }
}
