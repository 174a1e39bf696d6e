/** Renews and releases leases; concurrent callers share one statement. */
import { Injectable } from '@nestjs/common';
import { Batcher } from '../../platform/batching/batcher.js';
import { ConfigVersion } from '../../platform/database/config-version.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { ClaimsRepository } from '../delivery-store/data/claims.repository.js';
import type { LeasedDelivery } from './lanes/leased-delivery.js';

/** How long a lease lasts; it is renewed while the worker lives. */
export const LEASE_MS = 10_000;
const ROWS_PER_STATEMENT = 1_000;
const RELEASE_LINGER_MS = 20;

@Injectable()
export class RenewLeasesService {
  private readonly renewals: Batcher<LeasedDelivery, boolean>;
  private readonly releases: Batcher<LeasedDelivery, undefined>;

  constructor(
    private readonly claims: ClaimsRepository,
    private readonly configVersion: ConfigVersion,
    private readonly metrics: Metrics,
  ) {
    this.renewals = new Batcher({
      maxItems: ROWS_PER_STATEMENT,
      concurrency: 2,
      run: (deliveries) => this.renewAll(deliveries),
    });
    this.releases = new Batcher({
      maxItems: ROWS_PER_STATEMENT,
      concurrency: 1,
      lingerMs: RELEASE_LINGER_MS,
      run: (deliveries) => this.releaseAll(deliveries),
    });
  }

  /** @returns false when this worker has lost the lease; otherwise the lease starts again */
  renew(delivery: LeasedDelivery): Promise<boolean> {
    return this.renewals.add(delivery);
  }

  /** Any worker may claim it when it is due. */
  release(delivery: LeasedDelivery): Promise<undefined> {
    return this.releases.add(delivery);
  }

  private async renewAll(deliveries: LeasedDelivery[]): Promise<boolean[]> {
    const askedAt = performance.now();
    const underWay = deliveries.map((delivery) => delivery.isUnderWay);
    const renewed = await this.claims.renew(...namesOf(deliveries), underWay, LEASE_MS);
    this.metrics.deliveries.leasesRenewed(renewed.size);
    return deliveries.map((delivery) => {
      const version = renewed.get(delivery.deliveryId);
      if (version === undefined) return false;
      this.configVersion.observe(version, askedAt);
      delivery.seenAt = performance.now();
      delivery.leaseEndsAt = Math.max(askedAt, delivery.dueAt) + LEASE_MS;
      return true;
    });
  }

  private async releaseAll(deliveries: LeasedDelivery[]): Promise<undefined[]> {
    await this.claims.release(...namesOf(deliveries));
    return deliveries.map(() => undefined);
  }
}

function namesOf(deliveries: LeasedDelivery[]): [ids: string[], claimNumbers: number[]] {
  return [
    deliveries.map((delivery) => delivery.deliveryId),
    deliveries.map((delivery) => delivery.claimNumber),
  ];
}
