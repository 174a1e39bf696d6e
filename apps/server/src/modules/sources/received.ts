/** Says what became of a request of an IM server. */
import type { SourceOutcome } from '@im/contracts/api/source-constants';
import type { SourceAnswer } from './source-kind.js';

export interface Received {
  outcome: SourceOutcome;
  command: string | null;
  detail: string;
  eventIds: string[];
  answer: SourceAnswer;
}
