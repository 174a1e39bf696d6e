/** Defines the commands of a load generator's process, and its answers. */
import type { LoadSpread } from './spread.js';

export interface LoadPlan {
  /** Of the API, such as `http://127.0.0.1:8080`. */
  apiUrl: string;
  appKey: string;
  token: string;
  /** Name of the events to send: decides which webhooks want them. */
  event: string;
  /** Events go to these apps, with these names, one in each request; absent: all to `appKey`, as `event`. */
  spread?: LoadSpread | undefined;
  /** Events in one request; 1: the route for a single event. */
  batchSize: number;
  /** How many webhooks want each event. */
  webhooks: number;
  conversations: number;
  /** Each conversation's events are sent one after the other. */
  isOrdered: boolean;
  /** Events carry an id, so what is refused is sent again until it is acknowledged; without, it is given up. */
  hasIds: boolean;
  pace: Pace;
  /** Stop after this number of events. */
  totalEvents?: number;
}

export type Pace =
  /** Requests under way at once; none is sent while more than `maxBacklog` deliveries are under way or waiting. */
  | { kind: 'closed'; inFlight: number; maxBacklog: number }
  /** At a fixed schedule, independent of the answers. */
  | { kind: 'open'; eventsPerSecond: number };

export interface LoadProgress {
  /** Events sent, and those of them that were acknowledged with 202. */
  issued: number;
  acknowledged: number;
  /** Most deliveries acknowledged but not arrived, as far as known here. */
  largestBacklog: number;
  /** Whether nothing more will be sent and everything sent has its answer. */
  isFinished: boolean;
  atMs: number;
}

export interface LoadReport extends LoadProgress {
  /** By sequence: 1 when it was acknowledged. */
  isAcknowledged: Uint8Array;
  /** By sequence, open pace only: the instant it was planned for, on the machine's monotonic clock. */
  plannedAtMs: Float64Array;
  /** Open pace only: how much later than planned requests left, milliseconds. */
  lateness: { p50Ms: number; p99Ms: number };
  /** Answers other than 202, by status or error code. */
  refusals: Record<string, number>;
}

export interface LoadCommands {
  start: { input: LoadPlan; output: null };
  /** How many deliveries have arrived so far. */
  noteArrived: { input: number; output: null };
  progress: { input: null; output: LoadProgress };
  /** Sends nothing more; resolves when everything sent has its answer. */
  finish: { input: null; output: LoadReport };
}
