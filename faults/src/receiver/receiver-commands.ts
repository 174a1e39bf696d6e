/** Defines the commands of a receiver process, and its answers. */
import type { Misbehaviour } from '../plan/fault.js';

export type Behaviour = 'ok' | Misbehaviour;

/** One event that came, alone or in a batch. */
export interface Arrival {
  channel: number;
  sequence: number;
  callbackId: string;
  deliveryId: string;
  /** Counted from 1. */
  attempt: number;
  /** Requests and answers of this receiver are numbered together, so this says what came before what. */
  order: number;
  /** The number of its answer, when that was a 2xx; 0: it was none. */
  acceptedOrder: number;
  atMs: number;
  behaviour: Behaviour;
  /** Of the event's own part of the body, as it came. */
  bodyHash: string;
  /** Events in the same request. */
  batchSize: number;
}

export interface ReceiverCommands {
  /** Resets everything; channel n has the path `/n`. */
  open: { input: { channels: number }; output: null };
  behave: { input: { channel: number; behaviour: Behaviour }; output: null };
  /** @returns the port; the same one again after a refusal */
  listen: { input: null; output: number };
  /** Closes every connection at once; the port refuses from now on. */
  refuse: { input: null; output: null };
  arrivals: { input: { from: number; limit: number }; output: Arrival[] };
  count: { input: null; output: number };
}
