/** Makes requests as OpenIM sends them, byte for byte but for the ids and times, for tests from the console. */
import { randomBytes } from 'node:crypto';
import type { OpenedSourceSettings, SourceRequest } from '../../source-kind.js';
import { findCommand } from '../mapping/commands.js';
import { sampleBody } from './sample-bodies.js';
import type { SampleBody } from './sample-body.js';

const DEFAULT_COMMAND = 'callbackAfterSendSingleMsgCommand';
/** Since 3.8.4 these tell their ids in the query as well. */
const KEYED = new Set([
  'callbackAfterSendSingleMsgCommand',
  'callbackAfterSendGroupMsgCommand',
  'callbackAfterMsgSaveDBCommand',
]);

export function sampleOf(
  name: string | undefined,
  { version = 'main' }: OpenedSourceSettings,
  now: Date,
): SourceRequest | null {
  const command = findCommand(name ?? DEFAULT_COMMAND)?.command;
  const body = command === undefined ? null : sampleBody(command, version, idsOf(now));
  if (command === undefined || !body) return null;
  const bytes = Buffer.from(`${goJson(body)}\n`, 'utf8');
  const { operationID } = body;
  return {
    method: 'POST',
    path: command,
    query: version === 'main' && KEYED.has(command) ? keyOf(body) : '',
    headers: {
      'user-agent': 'Go-http-client/1.1',
      'content-length': String(bytes.length),
      'content-type': 'application/json; charset=utf-8',
      operationid:
        typeof operationID === 'string' && operationID !== '' ? operationID : `${String(now.getTime())}-1`,
      'accept-encoding': 'gzip',
    },
    body: bytes,
    receivedAt: now,
  };
}

function idsOf(now: Date) {
  return {
    serverMsgID: randomBytes(16).toString('hex'),
    clientMsgID: randomBytes(16).toString('hex'),
    operationID: `${String(now.getTime())}-1`,
    now: now.getTime(),
  };
}

function keyOf({ sendID, recvID = '', groupID = '' }: SampleBody): string {
  const ids = Buffer.from(goJson({ sendID, recvID, groupID })).toString('base64');
  return new URLSearchParams({ key: ids }).toString();
}

/** Go escapes these in every text. */
const ESCAPED = /[<>&\u2028\u2029]/g;

function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
