/** Reads what a message says. Its payload may be any bytes; clients of WuKongIM send JSON with a `type`. */
import { parseExactly } from '@im/contracts/exact-json';
import { kindSchema } from '@im/contracts/events/fields';
import { digitsOf, idOf, isObject, type JsonObject } from './wire-values.js';

/** Deeper JSON is kept as bytes: it could not be written again, and no receiver expects it. */
const MAX_DEPTH = 100;
const MAX_MENTIONED = 1_000;
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Content types of WuKongIM's SDKs and of TangSengDaoDao, by the number in `type`; others keep their number. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  1: 'text',
  2: 'image',
  3: 'image',
  4: 'audio',
  5: 'video',
  6: 'location',
  7: 'card',
  8: 'file',
  11: 'merge',
};

export interface Content {
  contentType: string;
  /** JSON as it was sent; other bytes as `{ base64 }`; null when there are none. */
  content: unknown;
  text?: string;
  mentionedUserIds?: string[];
  replyToMessageId?: string;
}

/** @returns null when it is no payload of a message */
export function readPayload(payload: unknown): Content | null {
  if (payload === null || payload === '') return { contentType: 'custom', content: null };
  if (typeof payload !== 'string' || payload.length % 4 !== 0 || !BASE64.test(payload)) return null;
  const json = jsonIn(Buffer.from(payload, 'base64'));
  if (json === undefined) return { contentType: 'custom', content: { base64: payload } };
  if (!isObject(json.value)) return { contentType: 'custom', content: json.value };
  return contentOf(json.value);
}

function contentOf(value: JsonObject): Content {
  const contentType = contentTypeOf(value.type);
  const { content, mention, reply } = value;
  const mentioned = isObject(mention) && Array.isArray(mention.uids) ? mention.uids : [];
  const mentionedUserIds = mentioned.slice(0, MAX_MENTIONED).flatMap((uid) => idOf(uid) ?? []);
  const replyTo = isObject(reply) ? (digitsOf(reply.message_id) ?? idOf(reply.message_id)) : undefined;
  return {
    contentType,
    content: value,
    ...(contentType === 'text' && typeof content === 'string' && { text: content }),
    ...(mentionedUserIds.length > 0 && { mentionedUserIds }),
    ...(replyTo !== undefined && { replyToMessageId: replyTo }),
  };
}

function contentTypeOf(type: unknown): string {
  const name = typeof type === 'number' ? String(type) : type;
  if (typeof name !== 'string') return 'custom';
  if (Object.hasOwn(CONTENT_TYPES, name)) return CONTENT_TYPES[name] ?? name;
  return kindSchema.safeParse(name).success ? name : 'custom';
}

function jsonIn(bytes: Buffer): { value: unknown } | undefined {
  try {
    const value = parseExactly(UTF_8.decode(bytes));
    return isDeeperThan(value, MAX_DEPTH) ? undefined : { value };
  } catch {
    return undefined;
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((item) => isDeeperThan(item, levels - 1));
}
