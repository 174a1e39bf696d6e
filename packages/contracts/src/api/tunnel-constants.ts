/** Lists the limits of tunnels, without zod: clients use them. */

/** Tunnels of an app at once. */
export const MAX_TUNNELS = 10;
/** Without a client for this long, a tunnel is deleted with its webhook. */
export const TUNNEL_IDLE_MINUTES = 15;
/** Requests of a tunnel that wait for their answers at once; a further one is answered 429. */
export const MAX_TUNNEL_WAITING = 100;
/** Bytes of the bodies of all of them. */
export const MAX_TUNNEL_WAITING_BYTES = 16_777_216;
/** Bytes of one body; a longer one is answered 413. */
export const MAX_TUNNEL_BODY_BYTES = 1_048_576;
/** Bytes of a body that a client answers. */
export const MAX_TUNNEL_ANSWER_BYTES = 65_536;
export const MAX_TUNNEL_ANSWER_HEADERS = 50;

/** A stream of requests shows that it is alive at least this often, milliseconds. */
export const TUNNEL_HEARTBEAT_MS = 5_000;
/** After this many milliseconds the service ends a stream; its client opens the next one. */
export const TUNNEL_STREAM_MS = 60_000;
