/** Maps verdicts and outcomes to the colours of statuses. */
import type { TraceOutcome } from '@im/contracts/api/trace';
import type { StatusLook } from '../../../shared/ui/status-looks.js';
import type { Verdict } from './verdict.js';

export const VERDICT_TYPES: Readonly<Record<Verdict, StatusLook['type']>> = {
  delivered: 'success',
  pending: 'warning',
  failed: 'danger',
  unmatched: 'info',
};

export const OUTCOME_TYPES: Readonly<Record<TraceOutcome, StatusLook['type']>> = {
  delivered: 'success',
  waiting: 'primary',
  paused: 'warning',
  failed: 'danger',
  canceled: 'info',
  skipped: 'info',
  disabled: 'info',
  filtered: 'info',
  not_yet_created: 'info',
  deleted: 'info',
  missing: 'danger',
};
