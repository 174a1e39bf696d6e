/** Makes the answers to a question before an event. */

export interface BeforeAnswer {
  decision: 'allow' | 'deny' | 'modify';
  /** For the IM server; each has its own range of codes. */
  code?: number;
  /** For people, at most 500 characters. */
  reason?: string;
  changes?: Record<string, unknown>;
}

type Explanation = Pick<BeforeAnswer, 'code' | 'reason'>;

export function allow(): BeforeAnswer {
  return { decision: 'allow' };
}

export function deny(explanation: Explanation = {}): BeforeAnswer {
  return { decision: 'deny', ...explanation };
}

/** @param changes new values by the field names of the event's data */
export function modify(changes: Record<string, unknown>, explanation: Explanation = {}): BeforeAnswer {
  return { decision: 'modify', ...explanation, changes };
}
