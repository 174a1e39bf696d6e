/** Loads deliveries that are due, with the key that signs them; concurrent callers share one query. */
import { Injectable } from '@nestjs/common';
import { Batcher } from '../../platform/batching/batcher.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { AppSecretsService } from '../apps/app-secrets.service.js';
import { webhookSecretContext } from '../webhook-configs/data/webhook-config.entity.js';
import { DeliveryWorkRepository, type DeliveryWork } from './data/delivery-work.repository.js';

interface LoadedWork extends DeliveryWork {
  appKey: string;
  appSecret: string;
}

export interface SignableWork extends DeliveryWork {
  appKey: string;
  /** The webhook's own secret when it has one, else the AppSecret. */
  signingKey: string;
}

const MAX_LOADS_PER_QUERY = 500;

@Injectable()
export class LoadWorkService {
  private readonly loads: Batcher<string, LoadedWork | undefined>;

  constructor(
    private readonly deliveries: DeliveryWorkRepository,
    private readonly appSecrets: AppSecretsService,
    private readonly secretBox: SecretBox,
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
   * @throws when its webhook's secret cannot be opened: that is its own trouble, not that of those loaded with it
   */
  async load(deliveryId: string): Promise<SignableWork | undefined> {
    const loaded = await this.loads.add(deliveryId);
    if (!loaded) return undefined;
    const { appSecret, ...work } = loaded;
    return { ...work, signingKey: this.ownSecretOf(work) ?? appSecret };
  }

  private async loadAll(deliveryIds: string[]): Promise<(LoadedWork | undefined)[]> {
    const found = await this.deliveries.load(deliveryIds);
    const secrets = await this.appSecrets.secretsOf([...found.values()].map((work) => work.appId));
    return deliveryIds.map((deliveryId) => {
      const work = found.get(deliveryId);
      const app = work && secrets.get(work.appId);
      return work && app && { ...work, ...app };
    });
  }

  private ownSecretOf({ secretCiphertext, webhookId }: DeliveryWork): string | null {
    return secretCiphertext && this.secretBox.open(secretCiphertext, webhookSecretContext(webhookId));
  }
}
