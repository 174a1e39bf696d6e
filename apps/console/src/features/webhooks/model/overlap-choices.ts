/** How long an old secret may go on beside the new one: what the dialog offers. */
import { OVERLAP_SECONDS } from '@im/contracts/api/webhook-constants';

export const OVERLAP_CHOICES = [
  { name: 'none', seconds: OVERLAP_SECONDS.min },
  { name: 'hour', seconds: 3_600 },
  { name: 'day', seconds: OVERLAP_SECONDS.default },
  { name: 'week', seconds: 604_800 },
  { name: 'month', seconds: OVERLAP_SECONDS.max },
] as const;
