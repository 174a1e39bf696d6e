/** Loads deliveries that are due, with the keys that sign them; concurrent callers share one query. */
import { Injectable } from '@nestjs/common';
import { Batcher } from '../../platform/batching/batcher.js';
import { Clock } from '../../platform/clock/clock.js';
import { OpenedSecrets } from '../../platform/crypto/opened-secrets.js';
import { AppSecretsService } from '../apps/app-secrets.service.js';
import { keysOfWebhook, liveSecretsOf, type LiveKeys } from '../apps/domain/secret-rotation.js';
import { webhookSecretContext } from '../webhook-configs/data/webhook-config.entity.js';
import { DeliveryWorkRepository, type DeliveryWork } from './data/delivery-work.repository.js';

interface LoadedWork extends DeliveryWork {
  appKey: string;
  appKeys: LiveKeys;
}

export interface SignableWork extends DeliveryWork {
  appKey: string;
  /** The webhook's own when it has a secret, else the app's. */
  keys: LiveKeys;
}

const MAX_LOADS_PER_QUERY = 500;

@Injectable()
export class LoadWorkService {
  private readonly loads: Batcher<string, LoadedWork | undefined>;

  constructor(
    private readonly deliveries: DeliveryWorkRepository,
    private readonly appSecrets: AppSecretsService,
    private readonly openedSecrets: OpenedSecrets,
    private readonly clock: Clock,
  ) {
    this.loads = new Batcher({
      maxItems: MAX_LOADS_PER_QUERY,
      concurrency: 2,
      run: (ids) => this.loadAll(ids),
    });
  }

  /**
   * The delivery when it is still pending, else undefined.
   *
   * @throws when a secret of its webhook cannot be opened: that is its own trouble, not that of those loaded with it
   */
  async load(deliveryId: string): Promise<SignableWork | undefined> {
    const loaded = await this.loads.add(deliveryId);
    if (!loaded) return undefined;
    const { appKeys, ...work } = loaded;
    return { ...work, keys: keysOfWebhook(this.ownKeysOf(work), appKeys) };
  }

  private async loadAll(deliveryIds: string[]): Promise<(LoadedWork | undefined)[]> {
    const found = await this.deliveries.load(deliveryIds);
    const apps = await this.appSecrets.keysOf([...found.values()].map((work) => work.appId));
    return deliveryIds.map((deliveryId) => {
      const work = found.get(deliveryId);
      const app = work && apps.get(work.appId);
      return work && app && { ...work, appKey: app.appKey, appKeys: app.keys };
    });
  }

  private ownKeysOf(work: DeliveryWork): LiveKeys<string | null> {
    const { current, next, previous } = liveSecretsOf(work, this.clock.now());
    const context = webhookSecretContext(work.webhookId);
    return {
      current: current && this.openedSecrets.open(current, context),
      next: next && this.openedSecrets.open(next, context),
      previous: previous && this.openedSecrets.open(previous, context),
    };
  }
}
