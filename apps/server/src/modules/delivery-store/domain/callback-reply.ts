/** Finds answers of receivers that may ask for a reply to what a bot was told. What they mean is read later, elsewhere. */
import type { DeliveryKind } from '@im/contracts/api/deliveries';

/** The beginning of the answer, as it was captured. */
export interface CallbackReply {
  answer: string;
  isTruncated: boolean;
}

interface Answered {
  event: string;
  kind: DeliveryKind;
  /** How many deliveries the request carried: the answer to several is none to any of them. */
  carried: number;
  outcome: { errorClass: string | null; responseBody: string | null; isResponseTruncated: boolean };
}

const REPLIED_EVENT = 'bot.message';
const MARK = '"reply"';

/** @returns undefined, as nearly always: there is none */
export function replyIn({ event, kind, carried, outcome }: Answered): CallbackReply | undefined {
  if (event !== REPLIED_EVENT || kind !== 'event' || carried !== 1 || outcome.errorClass !== null) return;
  const { responseBody: answer, isResponseTruncated: isTruncated } = outcome;
  return answer?.includes(MARK) ? { answer, isTruncated } : undefined;
}
