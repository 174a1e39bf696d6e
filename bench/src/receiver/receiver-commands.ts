/** Defines the commands of a receiver process, and its answers. */

/** How one channel (a path of the receiver, for one webhook) answers. */
export type ChannelBehaviour =
  | { kind: 'ok' }
  /** Decides a before-callback. */
  | { kind: 'allow' }
  | { kind: 'hang'; answerAfterMs: number }
  /** 500 to the first attempt of this percentage of the events, chosen by a hash of their sequence. */
  | { kind: 'fail-first'; percent: number };

export interface ChannelPlan {
  behaviour: ChannelBehaviour;
  /** Watch the order: events `sequence` and `sequence + conversations` belong to the same conversation. */
  order?: { conversations: number; maxAttempts: number };
}

export interface ReceiverProgress {
  /** Events answered with 2xx, each once for each channel. */
  arrived: number;
  /** Every request, with any answer. */
  requests: number;
  /** Of the machine's monotonic clock. */
  atMs: number;
}

export interface ChannelReport {
  /** By sequence: when the request that was answered 2xx came, on the machine's monotonic clock; 0: never. */
  arrivedAtMs: Float64Array;
  /** Events that came again after a 2xx, and those among them that carried another `callbackId` then. */
  duplicates: number;
  duplicatesWithOtherId: number;
  /** Events that came before the one before them in their conversation was answered 2xx or given up. */
  inversions: number;
}

export interface ReceiverCommands {
  /** Resets the record and answers as planned from now on; channel n has the path `/n`. */
  plan: { input: ChannelPlan[]; output: null };
  /** @returns the port; the same one again after a refusal */
  listen: { input: null; output: number };
  /** Closes every connection at once; the port refuses from now on. */
  refuse: { input: null; output: null };
  progress: { input: null; output: ReceiverProgress };
  report: { input: null; output: ChannelReport[] };
}
