/** Writes OpenIM's message callbacks as its client sends them. */
import { randomBytes } from 'node:crypto';
import { goJson } from '../go-json.js';
import { lineOf, type Line } from '../people.js';

const SINGLE = 1;
const READ_GROUP = 3;
const TEXT = 101;
const ANDROID = 2;
const FROM_USER = 100;
const STATUS_SENT = 1;

export interface OpenimMessage {
  serial: number;
  line: Line;
  operationId: string;
  before: string;
  after: string;
  /** Everything of the body but the command. */
  fields: Record<string, unknown>;
}

export interface OpenimMessageOptions {
  content: Record<string, unknown> | null;
  /** 3.7 has none. */
  hasSendTime: boolean;
  nowMs: number;
}

export function openimMessage(
  serial: number,
  { content, hasSendTime, nowMs }: OpenimMessageOptions,
): OpenimMessage {
  const line = lineOf(serial);
  const { senderId, nickname, receiverId, groupId, text } = line;
  const what = groupId === null ? 'SingleMsg' : 'GroupMsg';
  const operationId = `${String(nowMs)}-${String(serial)}`;
  return {
    ...{ serial, line, operationId },
    before: `callbackBeforeSend${what}Command`,
    after: `callbackAfterSend${what}Command`,
    fields: {
      serverMsgID: randomBytes(16).toString('hex'),
      clientMsgID: randomBytes(16).toString('hex'),
      operationID: operationId,
      senderPlatformID: ANDROID,
      senderNickname: nickname,
      sessionType: groupId === null ? SINGLE : READ_GROUP,
      msgFrom: FROM_USER,
      contentType: TEXT,
      status: STATUS_SENT,
      ...(hasSendTime && { sendTime: nowMs }),
      createTime: nowMs - 100,
      content: JSON.stringify(content ?? { content: text }),
      seq: 0,
      atUserList: null,
      faceURL: `https://example.com/face.png?user=${senderId}&size=64`,
      ex: '',
      ...(groupId === null ? { recvID: receiverId } : { groupID: groupId }),
    },
  };
}

/** With the newline that Go's encoder ends with. */
export function openimBody({ line, fields }: OpenimMessage, command: string): Buffer {
  return Buffer.from(`${goJson({ sendID: line.senderId, callbackCommand: command, ...fields })}\n`);
}

/** The query that newer versions add to the after-callbacks of messages. */
export function openimKey({ line: { senderId, receiverId, groupId } }: OpenimMessage): string {
  const key = { sendID: senderId, recvID: groupId === null ? receiverId : '', groupID: groupId ?? '' };
  return `?${new URLSearchParams({ key: Buffer.from(JSON.stringify(key)).toString('base64') }).toString()}`;
}
