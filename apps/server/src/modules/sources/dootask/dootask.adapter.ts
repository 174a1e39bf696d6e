/** Reads and answers what DooTask posts for its bots. It never sends anything twice and ignores the status of answers. */
import type { SourceAdapter, SourceAnswer, SourceReading, SourceRequest } from '../source-kind.js';
import { commandOf, eventOf } from './map-event.js';
import { readBody } from './read-body.js';
import { redactForm, redactTokens } from './redact-tokens.js';
import { sampleOf } from './sample.js';
import { snippetFor } from './snippet.js';

/** DooTask posts `message` of an answer whose `code` is 200 into the conversation: an answer of ours has neither. */
const NOTHING_TO_POST: SourceAnswer = {
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: '{}',
};

export const dootaskAdapter: SourceAdapter = {
  kind: 'dootask',
  resends: false,
  read({ body, receivedAt }, settings): SourceReading {
    try {
      // Tokens are gone before anything is read, so no reading can contain them.
      const read = readBody(redactTokens(body));
      if ('reason' in read) return { kind: 'not_understood', command: null, reason: read.reason };
      const command = commandOf(read.fields);
      if (command === null) {
        return { kind: 'not_understood', command, reason: 'The body names no event and has no msg_id' };
      }
      return { kind: 'events', command, events: [eventOf(command, read.fields, settings, receivedAt)] };
    } catch {
      return { kind: 'not_understood', command: null, reason: 'The body could not be read' };
    }
  },
  allow: () => NOTHING_TO_POST,
  unavailable: () => NOTHING_TO_POST,
  redact(request): SourceRequest {
    const { query, headers, body } = request;
    return { ...request, query: redactForm(query), headers: withoutToken(headers), body: redactTokens(body) };
  },
  appended: () => ({ pathSuffix: null, query: null }),
  snippet: (url) => snippetFor(url),
  sample: sampleOf,
};

/** DooTask's API takes tokens in a header of this name, so other senders may do so as well. */
function withoutToken(headers: SourceRequest['headers']): SourceRequest['headers'] {
  return Object.hasOwn(headers, 'token') ? { ...headers, token: '***' } : headers;
}
