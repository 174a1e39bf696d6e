/** Makes WuKongIM's messages and writes its bodies, in the field order of each version. */
import { randomUUID } from 'node:crypto';
import { crc32, gzipSync } from 'node:zlib';
import { goJson } from '../go-json.js';
import { lineOf, membersOf } from '../people.js';

export const WUKONGIM_VERSIONS = ['v3', 'v2'] as const;
export type WukongimVersion = (typeof WUKONGIM_VERSIONS)[number];

export interface WukongimMessage {
  serial: number;
  /** A JSON object without its closing brace: msg.offline adds fields. */
  head: string;
  recipients: string[];
}

/** Its ids are snowflakes: this instant, and the bits below the milliseconds. */
const EPOCH_MS = 1_288_834_974_657n;
const ID_BITS_BELOW_MS = 22n;
const PERSON = 1;
const GROUP = 2;
/** More recipients than that are sent in several requests; a full one is compressed. */
const OFFLINE_CHUNK = 512;
const V2_SOURCE_ID = 1_001;
/** Go's gzip does not say on which system it ran. */
const GZIP_SYSTEM_BYTE = 9;
const GZIP_SYSTEM_UNKNOWN = 255;

export interface MessageFactoryOptions {
  version: WukongimVersion;
  /** Members of a group, the sender included. */
  groupMembers: number;
  contentOf?: ((serial: number) => Record<string, unknown>) | undefined;
}

export class MessageFactory {
  private readonly firstId = (BigInt(Date.now()) - EPOCH_MS) << ID_BITS_BELOW_MS;
  private readonly sequences = new Map<string, number>();
  private serial = 0;

  constructor(private readonly options: MessageFactoryOptions) {}

  make(): WukongimMessage {
    const serial = this.serial++;
    const line = lineOf(serial);
    const { senderId, receiverId, groupId, text } = line;
    const isGroup = groupId !== null;
    const members = isGroup ? membersOf(line, this.options.groupMembers) : [receiverId, senderId];
    const content = this.options.contentOf?.(serial) ?? { type: 1, content: text };
    const fields = {
      from_uid: senderId,
      channel_id: groupId ?? this.personChannel(senderId, receiverId),
      channel_type: isGroup ? GROUP : PERSON,
      timestamp: Math.floor(Date.now() / 1_000),
      payload: Buffer.from(JSON.stringify(content)).toString('base64'),
    };
    const id = String(this.firstId + BigInt(serial));
    return {
      serial,
      head: this.head(id, this.nextSequence(groupId ?? fields.channel_id), fields),
      // v3 counts the sender among those who are offline.
      recipients: this.options.version === 'v3' ? members : members.filter((uid) => uid !== senderId),
    };
  }

  private head(id: string, sequence: number, fields: Record<string, unknown>): string {
    const isV3 = this.options.version === 'v3';
    const { from_uid, channel_id, channel_type, timestamp, payload } = fields;
    const named = {
      message_idstr: id,
      client_msg_no: isV3 ? '' : `${randomUUID().replaceAll('-', '')}0`,
      message_seq: sequence,
      ...(isV3 ? fields : { from_uid, channel_id, channel_type, expire: 0, timestamp, payload }),
    };
    const first = {
      header: { no_persist: 0, red_dot: isV3 ? 0 : 1, sync_once: 0 },
      setting: 0,
      ...(isV3 && { expire: 0 }),
    };
    // The id is a number beyond what a double holds.
    return `${goJson(first).slice(0, -1)},"message_id":${id},${goJson(named).slice(1, -1)}`;
  }

  /** v3: the internal name, made of both; v2: the other one. */
  private personChannel(senderId: string, receiverId: string): string {
    if (this.options.version === 'v2') return receiverId;
    return crc32(senderId) > crc32(receiverId) ? `${senderId}@${receiverId}` : `${receiverId}@${senderId}`;
  }

  private nextSequence(channel: string): number {
    const sequence = (this.sequences.get(channel) ?? 0) + 1;
    this.sequences.set(channel, sequence);
    return sequence;
  }
}

export function notifyBody(messages: readonly WukongimMessage[]): Buffer {
  return Buffer.from(`[${messages.map(({ head }) => `${head}}`).join(',')}]`);
}

/** One request for each 512 recipients (v3), or one for all (v2). */
export function offlineBodies({ head, recipients }: WukongimMessage, version: WukongimVersion): Buffer[] {
  if (version === 'v2') {
    return [Buffer.from(`${head},"to_uids":${goJson(recipients)},"source_id":${V2_SOURCE_ID}}`)];
  }
  const bodies: Buffer[] = [];
  for (let from = 0; from < recipients.length; from += OFFLINE_CHUNK) {
    const chunk = recipients.slice(from, from + OFFLINE_CHUNK);
    const uids =
      chunk.length === OFFLINE_CHUNK
        ? `"compress":"gzip","compress_to_uids":"${compress(chunk)}"`
        : `"to_uids":${goJson(chunk)}`;
    bodies.push(Buffer.from(`${head},${uids}}`));
  }
  return bodies;
}

function compress(uids: readonly string[]): string {
  const bytes = gzipSync(goJson(uids));
  bytes[GZIP_SYSTEM_BYTE] = GZIP_SYSTEM_UNKNOWN;
  return bytes.toString('base64');
}
