/** Defines what makes connections for undici's clients, directly or through the outgoing proxy. */
import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import type { ConnectTrace } from './connect-trace.js';

/** A connection being made: the caller may abort it. */
export interface Connecting {
  destroy(): unknown;
}

/** @returns null when it was refused */
export type GuardedConnector = (
  options: buildConnector.Options,
  trace: ConnectTrace,
  callback: buildConnector.Callback,
) => Connecting | null;

/** undici documents that its connector returns the socket; its types leave that out. */
export type ReturningConnector = (
  options: buildConnector.Options,
  callback: buildConnector.Callback,
) => Socket;
