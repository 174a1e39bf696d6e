/** Lists how long an old secret may stay valid next to the new one, for the dialog. */
import { OVERLAP_SECONDS } from '@im/contracts/api/webhook-constants';

export const OVERLAP_CHOICES = [
  { name: 'none', seconds: OVERLAP_SECONDS.min },
  { name: 'hour', seconds: 3_600 },
  { name: 'day', seconds: OVERLAP_SECONDS.default },
  { name: 'week', seconds: 604_800 },
  { name: 'month', seconds: OVERLAP_SECONDS.max },
] as const;
