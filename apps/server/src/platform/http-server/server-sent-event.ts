/** Formats server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html */

export interface ServerSentEvent {
  event: string;
  data: unknown;
  /** A reader sends it to go on from here. */
  id?: string;
}

/** JSON has no line breaks of its own, so one `data` line holds it. */
export function formatEvent({ event, data, id }: ServerSentEvent): string {
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  return `${idLine}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Keeps the connection open; readers ignore it. */
export const HEARTBEAT = ': still here\n\n';

/** How long a reader waits before it comes back. */
export function formatRetry(milliseconds: number): string {
  return `retry: ${String(milliseconds)}\n\n`;
}
