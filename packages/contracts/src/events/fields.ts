/** Defines the field types of payloads. Every schema is built once, when the module loads. */
import { z } from 'zod';
import { boundedList, openObject } from '../api/bounded.js';
import { plainText } from '../api/common.js';
import { field, harmless } from './define.js';

/** An id of the IM server. Text, because IM ids exceed 2^53; it is stored and searched, so it is limited. */
export const idSchema = harmless(plainText(1, 200), /^/);

/** A word of a vocabulary of the IM server's, such as `ios`, `1509` or `text/plain`. */
const CODE = /^[\w.:/+-]{1,64}$/;

/** A kind of content, notification or the like: out of a vocabulary that only the IM server knows. */
export const kindSchema = harmless(plainText(1, 100), CODE);

/** A platform, a group's type: as {@link kindSchema}, with any value of the IM server accepted. */
export const codeSchema = harmless(z.string(), CODE);

/** Ids of one list; no more fit into an event of 256 KiB. */
const MAX_IDS = 131_072;

export const idsSchema = boundedList(idSchema, MAX_IDS);

/** A list of ids with at least one in it. */
export const idListSchema = idsSchema.min(1);

/** ISO 8601 in UTC, ending in `Z`: payloads are delivered as they came, so no other offset may slip in. */
export const utcInstantSchema = z.iso.datetime();

export const conversationTypeSchema = z.enum(['single', 'group', 'channel', 'system']);
export type ConversationType = z.infer<typeof conversationTypeSchema>;

export const requestStatusSchema = z.enum(['pending', 'accepted', 'rejected']);
export type RequestStatus = z.infer<typeof requestStatusSchema>;

/** Names of changed fields and their new values. */
export const changesSchema = z.record(z.string(), z.unknown());

/** A payload: fields that are not listed are kept and delivered, and `extra` is an agreed field for them. */
export function definePayload<S extends z.ZodRawShape>(shape: S) {
  return openObject({
    ...shape,
    extra: field(
      z.unknown(),
      '附加数据，任意 JSON，原样投递。',
      'Additional data, any JSON, delivered as it is.',
    ).optional(),
  });
}

/** A person or bot as some IM servers describe them inside an event. */
export const participantSchema = openObject({
  userId: field(idSchema, '用户 ID。', 'The user’s id.'),
  nickname: field(z.string(), '用户昵称。', 'The user’s nickname.').optional(),
  isBot: field(z.boolean(), '是否为机器人。', 'Whether the user is a bot.').optional(),
});
