/**
 * Understands Tencent Cloud Chat, a cloud service that calls one address per app. Nothing of it was run: the facts are
 * the vendor's, of the pages that stand beside each mapping, and of the overview that holds for all of them:
 * https://www.tencentcloud.com/document/product/1047/34354 (https://cloud.tencent.com/document/product/269/1522).
 */
import { parseExactly } from '@im/contracts/exact-json';
import type { SourceAdapter, SourceReading, SourceRequest } from '../source-kind.js';
import { allowing, answerOf, answerWith, readAnswer } from './before-answers.js';
import { BEFORE_COMMANDS, UNKNOWN_BEFORE, type BeforeCommand } from './before-commands.js';
import type { TencentCommand } from './command.js';
import { composeEvents, composeQuestion } from './compose.js';
import { GROUP_COMMANDS } from './group-commands.js';
import { MESSAGE_COMMANDS } from './message-commands.js';
import { isBody, textOf, type Body } from './read-values.js';
import { RELATION_COMMANDS } from './relation-commands.js';
import { readQuery, rejectionOf } from './request-query.js';
import { sampleOf } from './samples.js';
import { snippetOf } from './setup.js';

/** It gives up after 2 s and lets the message go out, or as the console is set: page 34354. */
const PATIENCE_MS = 1_800;
const MAX_COMMAND_LENGTH = 100;

const AFTER = byName([...MESSAGE_COMMANDS, ...GROUP_COMMANDS, ...RELATION_COMMANDS]);
const BEFORE = byName(BEFORE_COMMANDS);
/** `Group.CallbackBeforeSendMsg`, `Sns.CallbackPrevFriendAdd`, and newer ones of that form. */
const ASKS = /\.Callback(?:Before|Prev)/i;

export const tencentAdapter: SourceAdapter = {
  kind: 'tencent-im',
  /** "Not retried by default, and you can configure whether to retry the webhooks when they time out": page 34354. */
  resends: true,
  read(request, settings) {
    try {
      return read(request, settings);
    } catch {
      return { kind: 'not_understood', command: null, reason: 'The body cannot be read' };
    }
  },
  allow: (request) => {
    const { command } = readQuery(request.query);
    const answering = command === undefined ? undefined : BEFORE.get(command.toLowerCase())?.answer;
    // Only an answer to friend requests depends on the body.
    const isPlain = !answering || answering.refusedBy === 'ErrorCode';
    return answerWith(allowing(answering, isPlain ? {} : (bodyOf(request)?.body ?? {})));
  },
  /** No status is known to make Tencent try again: it does so after a timeout only. */
  unavailable: (request) => tencentAdapter.allow(request),
  /** `Sign` stays: it is good for a minute, holds no token, and a receiver written for Tencent checks it itself. */
  redact: (request) => request,
  appended: ({ query }) => ({ pathSuffix: null, query: query === '' ? null : query }),
  snippet: (url, _, settings) => snippetOf(url, settings),
  sample: sampleOf,
};

function read(request: SourceRequest, settings: Parameters<SourceAdapter['read']>[1]): SourceReading {
  const query = readQuery(request.query);
  const rejection = rejectionOf(query, settings, request.receivedAt);
  if (rejection !== null) return { kind: 'rejected', command: shown(query.command), reason: rejection };
  const parsed = bodyOf(request);
  if (!parsed) {
    const reason = 'The body is no JSON object: is it a request of Tencent Cloud Chat?';
    return { kind: 'not_understood', command: shown(query.command), reason };
  }
  const name = shown(query.command) ?? shown(textOf(parsed.body.CallbackCommand));
  if (name === null) return { kind: 'not_understood', command: null, reason: 'CallbackCommand is missing' };
  const before = BEFORE.get(name.toLowerCase()) ?? unknownBefore(name);
  const after: TencentCommand = AFTER.get(name.toLowerCase()) ?? { command: name, page: '', mappings: [] };
  const { command } = before ?? after;
  if (!before) {
    return { kind: 'events', command, events: composeEvents({ ...parsed, query, command: after }) };
  }
  return {
    kind: 'before',
    command,
    question: composeQuestion({ ...parsed, query, command: before }),
    patienceMs: PATIENCE_MS,
    answer: (decision) => answerOf(before.answer, parsed.body, decision),
    readRawAnswer: (text) => readAnswer(before.answer, parsed.body, text),
  };
}

function unknownBefore(command: string): BeforeCommand | undefined {
  return ASKS.test(command) ? { command, page: '', mappings: [], answer: UNKNOWN_BEFORE } : undefined;
}

function bodyOf({ body }: SourceRequest): { text: string; body: Body } | null {
  const text = body.toString('utf8').replace(/^\uFEFF/, '');
  try {
    const value = parseExactly(text);
    return isBody(value) ? { text, body: value } : null;
  } catch {
    return null;
  }
}

/** A command is shown and names an event, so it is cleaned: anyone may have sent it. */
function shown(command: string | undefined): string | null {
  return command?.replaceAll(/[^\w.:-]+/g, '_').slice(0, MAX_COMMAND_LENGTH) || null;
}

function byName<C extends TencentCommand>(commands: readonly C[]): ReadonlyMap<string, C> {
  return new Map(commands.map((command) => [command.command.toLowerCase(), command]));
}
