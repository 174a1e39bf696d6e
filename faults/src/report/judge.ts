/** Checks every promise against the evidence, and describes the first event for which one was broken. */
import type { Deployment } from '@im/testbed/deployment';
import type { ServerSupervisor } from '../chaos/server-supervisor.js';
import {
  DUPLICATES_ARE_KNOWN,
  NOTHING_IS_INVENTED,
  NOTHING_IS_LOST,
  ONE_EVENT_FOR_ONE_ID,
} from '../proofs/arrivals.js';
import type { Evidence, Proof, Violation } from '../proofs/evidence.js';
import { ORDER_IS_KEPT } from '../proofs/order.js';
import { COUNTERS_AGREE, NOTHING_IS_LEFT, RATE_IS_KEPT, SUCCESS_IS_TRUE } from '../proofs/rows.js';
import type { Load } from '../scene/scene.js';
import { describeEvent } from './describe-event.js';

const PROOFS: readonly Proof[] = [
  NOTHING_IS_LOST,
  NOTHING_IS_INVENTED,
  DUPLICATES_ARE_KNOWN,
  ONE_EVENT_FOR_ONE_ID,
  ORDER_IS_KEPT,
  NOTHING_IS_LEFT,
  COUNTERS_AGREE,
  SUCCESS_IS_TRUE,
  RATE_IS_KEPT,
];

export interface Verdict {
  promise: string;
  violations: readonly Violation[];
}

export interface Judgement {
  verdicts: readonly Verdict[];
  /** A summary of the round, one line. */
  summary: string;
  /** Of the first broken promise; empty when all were kept. */
  story: readonly string[];
}

interface Participants {
  deployment: Deployment;
  supervisor: ServerSupervisor;
  load: Load;
}

export async function judge(evidence: Evidence, participants: Participants): Promise<Judgement> {
  const { supervisor, load } = participants;
  const verdicts: Verdict[] = [
    ...PROOFS.map(({ promise, violationsIn }) => ({ promise, violations: violationsIn(evidence) })),
    {
      promise: 'senders were answered 202, 429, 503 or not at all',
      violations: load.complaints.map((text) => ({ text })),
    },
    { promise: 'no process ended by itself', violations: supervisor.crashes.map((text) => ({ text })) },
  ];
  const first = verdicts
    .flatMap(({ violations }) => violations)
    .find(({ sequence }) => sequence !== undefined);
  return {
    verdicts,
    summary: summaryOf(evidence),
    story: first ? await describeEvent(first, evidence, participants) : [],
  };
}

function summaryOf({ events, channels }: Evidence): string {
  const ofState = (state: string): string => String(events.filter((event) => event.state === state).length);
  const perChannel = channels.map(({ name, arrivals, rows }) => {
    const events = new Set(arrivals.map(({ sequence }) => sequence)).size;
    const attempts = arrivals.length;
    const accepted = arrivals.filter(({ acceptedOrder }) => acceptedOrder > 0).length;
    const succeeded = rows.filter(({ status }) => status === 'success').length;
    const givenUp = rows.filter(({ status }) => status === 'failed').length;
    return `${name}: ${String(events)} events in ${String(attempts)} arrivals, ${String(accepted - succeeded)} taken twice, ${String(givenUp)} given up`;
  });
  return `${ofState('acknowledged')} events acknowledged, ${ofState('unknown')} without an answer\n    ${perChannel.join('\n    ')}`;
}
