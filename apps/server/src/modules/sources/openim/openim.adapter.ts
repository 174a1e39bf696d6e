/** Adapts OpenIM: it posts one JSON object for each command, to the configured address with the command appended. */
import type { SourceAdapter, SourceReading, SourceRequest } from '../source-kind.js';
import { checkConfig } from './config/check-config.js';
import { snippetOf } from './config/compose-snippet.js';
import { allowAnswer, answerOf } from './compose-answer.js';
import { readOpenimAnswer } from './raw-answer.js';
import { readEvents, readQuestion } from './read-events.js';
import { readRequest } from './read-request.js';
import { sampleOf } from './samples/sample.js';

/** OpenIM waits 5 s in its own file of settings. */
const PATIENCE_MS = 4_000;

export const openimAdapter: SourceAdapter = {
  kind: 'openim',
  resends: false,
  read(request) {
    try {
      return readingOf(request);
    } catch (error) {
      // Too deep or too large for the engine.
      return { kind: 'not_understood', command: null, reason: `cannot be read: ${String(error)}` };
    }
  },
  allow,
  // There is no second try, whatever the answer.
  unavailable: allow,
  redact: (request) => request,
  appended: ({ path, query }) => ({
    pathSuffix: path === '' ? null : path,
    query: query === '' ? null : query,
  }),
  snippet: snippetOf,
  sample: sampleOf,
  checkConfig,
};

function readingOf(request: SourceRequest): SourceReading {
  const { name, command, body } = readRequest(request);
  if (request.method !== 'POST') {
    return { kind: 'not_understood', command: name, reason: `OpenIM posts; this is ${request.method}` };
  }
  if (!body) return { kind: 'not_understood', command: name, reason: 'the body is no JSON object' };
  if (!command) return { kind: 'not_understood', command: name, reason: 'no command of OpenIM is named' };
  const sent = name ?? command.command;
  if (command.phase === 'after') {
    return { kind: 'events', command: sent, events: readEvents(command, body, request.receivedAt) };
  }
  return {
    kind: 'before',
    command: sent,
    question: readQuestion(command, body, request.receivedAt),
    patienceMs: PATIENCE_MS,
    answer: (decision) => {
      try {
        return answerOf(command, body.data, decision);
      } catch {
        return allowAnswer(command, body.data);
      }
    },
    readRawAnswer: (text) => readOpenimAnswer(command, body.data, text),
  };
}

function allow(request: SourceRequest) {
  try {
    const { command, body } = readRequest(request);
    return allowAnswer(command, body?.data ?? null);
  } catch {
    return allowAnswer(null, null);
  }
}
