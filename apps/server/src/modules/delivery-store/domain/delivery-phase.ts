import type { DeliveryHolder, DeliveryPhase, DeliveryStatus } from '@im/contracts/api/deliveries';

interface Waiting {
  status: DeliveryStatus;
  /** Who holds it; null: it goes out when it is due. */
  heldBy: DeliveryHolder | null;
  attempts: number;
}

/** The phase of a waiting delivery, as people see it; null once it has ended. */
export function phaseOf({ status, heldBy, attempts }: Waiting): DeliveryPhase | null {
  if (status !== 'pending') return null;
  if (heldBy !== null) return 'held';
  return attempts === 0 ? 'queued' : 'retrying';
}
