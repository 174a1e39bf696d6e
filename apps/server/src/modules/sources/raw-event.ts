/** Makes the event that webhooks of format `raw` get: one request of an IM server, once and whole. */
import { hash } from 'node:crypto';
import { writeRawRequest } from '../delivery-store/raw-request.js';
import type { ReadEvent } from '../events/read-event.js';
import { originalName } from './compose-event.js';
import type { SourceAdapter, SourceRequest } from './source-kind.js';
import { sourceKey } from './source-key.js';

/** The same bytes again within this time are a retry of the sender. */
const RETRY_WITHIN_MS = 10_000;

/**
 * @param command names the request
 * @param mapped the events it was read as: the ids of the first one find it in the log, and a webhook that wants one of
 *   them gets it
 */
export function rawEventOf(
  sourceId: string,
  adapter: SourceAdapter,
  command: string,
  request: SourceRequest,
  mapped: readonly ReadEvent[],
): ReadEvent {
  const redacted = adapter.redact(request);
  const event = originalName(adapter.kind, command);
  const [first] = mapped;
  return {
    event,
    timestamp: first?.timestamp ?? null,
    conversationId: first?.conversationId ?? null,
    messageId: first?.messageId ?? null,
    userIds: [...new Set(mapped.flatMap(({ userIds }) => userIds))],
    payload: writeRawRequest({
      contentType: redacted.headers['content-type'] ?? 'application/octet-stream',
      body: redacted.body,
      ...adapter.appended(redacted),
    }),
    key: adapter.resends ? sourceKey(sourceId, { key: rawKeyOf(request), withinMs: RETRY_WITHIN_MS }) : null,
    audience: { form: 'raw', names: [event, ...new Set(mapped.map((each) => each.event))] },
  };
}

/** Without the query: a retry may carry a new signature there. */
function rawKeyOf({ path, body }: SourceRequest): string {
  const digest = hash('sha256', body, 'base64url');
  return `raw:${path}:${digest}`;
}
