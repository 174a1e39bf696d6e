/** Describes tunnels and their requests as they are stored. */

/** Requests that are taken at once, of up to 1 MiB each. */
export const MAX_TAKEN = 20;

export interface TunnelRow {
  tunnelId: string;
  webhookId: string;
}

/** A stream of requests, and its tunnel. */
export interface TunnelStream {
  tunnelId: string;
  streamId: string;
}

/** A request on its way to a client. */
export interface WaitingRequest {
  requestId: string;
  tunnelId: string;
  /** JSON, pairs of name and value in sending order. */
  headers: string;
  body: Buffer;
  timeoutMs: number;
  /** It was sent over an earlier stream. */
  isRepeat: boolean;
}

/** What a client answered. */
export interface TunnelAnswer {
  status: number;
  /** JSON, lower-case names. */
  headers: string;
  body: Buffer;
}

/** `full`: too much waits already. */
export type Placed = 'placed' | 'no_tunnel' | 'no_client' | 'full';
