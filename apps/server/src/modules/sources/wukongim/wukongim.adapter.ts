/** Reads and answers requests of WuKongIM, versions 2 and 3. */
import type { SourceAdapter, SourceAnswer, SourceReading, SourceRequest } from '../source-kind.js';
import { eventOf, readRequest } from './read-request.js';
import { sampleRequest } from './sample.js';
import { wukongimSnippet } from './snippet.js';

/** Exactly 200 counts as success. An empty body lets v2 keep its connection: it opens another one after any other. */
const STORED: SourceAnswer = { status: 200, contentType: null, body: '' };
/** v2 sends `msg.notify` again four times, a second apart; v3 everything twice, within milliseconds. */
const TRY_AGAIN: SourceAnswer = { status: 503, contentType: null, body: '' };

export const wukongimAdapter: SourceAdapter = {
  kind: 'wukongim',
  resends: true,
  read,
  allow: () => STORED,
  unavailable: () => TRY_AGAIN,
  // Its requests have no tokens but that of the source.
  redact: (request) => request,
  appended(request) {
    const event = eventOf(request);
    return {
      pathSuffix: null,
      query: event === null ? null : `event=${encodeURIComponent(event.toWellFormed())}`,
    };
  },
  snippet: wukongimSnippet,
  sample: sampleRequest,
};

function read(request: SourceRequest): SourceReading {
  try {
    return readRequest(request);
  } catch {
    // Nested so deep that it cannot be written again, for example.
    return { kind: 'not_understood', command: null, reason: 'The request could not be read' };
  }
}
