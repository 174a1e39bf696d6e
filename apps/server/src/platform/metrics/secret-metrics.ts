/** Counts secrets at rest by key, and those that could not be opened. */
import { Gauge, type Registry } from '@prometheus-io/client';
import { watchNumber } from './watch-number.js';

/** `current`: under SECRETS_KEY; `previous`: under a former key that is known, or in the layout of versions before. */
export type SealedCounts = Record<'current' | 'previous' | 'unopenable', number>;

export class SecretMetrics {
  private readonly sealed;

  constructor(private readonly registry: Registry) {
    this.sealed = new Gauge({
      name: 'im_callback_sealed_secrets',
      help: 'Sealed values in the database by key (current, previous, unopenable); counted every five minutes',
      labelNames: ['key'],
      registers: [registry],
    });
  }

  show(counts: SealedCounts): void {
    for (const [key, count] of Object.entries(counts)) this.sealed.set({ key }, count);
  }

  watchFailures(read: () => number): void {
    watchNumber(
      this.registry,
      'im_callback_secrets_not_opened',
      'How often this process could not open a stored secret since it started',
      read,
    );
  }
}
