/** Defines tunnels: a client without an address of its own gets the requests of a temporary webhook, and answers them. */
import { z } from 'zod';
import { boundedList, boundedRecord } from './bounded.js';
import { eventPatternSchema } from '../events/name-schemas.js';
import { nameText, plainText } from './common.js';
import { MAX_TUNNEL_ANSWER_BYTES, MAX_TUNNEL_ANSWER_HEADERS } from './tunnel-constants.js';

export const createTunnelRequestSchema = z.strictObject({
  /** Of the webhook. Default: `Tunnel` and who made it. */
  name: nameText(100).optional(),
  /** Event names or families such as `message.*`; empty = every event. */
  events: boundedList(eventPatternSchema, 200).default([]),
});
export type CreateTunnelRequest = z.input<typeof createTunnelRequestSchema>;

/** The answer to create: the only place where the secret is shown. */
export const createdTunnelSchema = z
  .object({
    tunnelId: z.string(),
    /** The temporary webhook; it is deleted with the tunnel. */
    webhookId: z.string(),
    name: z.string(),
    events: z.array(z.string()),
    /** Signs the requests, as of any webhook. */
    secret: z.string(),
    /** When the tunnel is deleted, unless a client connects; a connected client moves it on. */
    expiresAt: z.string(),
  })
  .meta({ id: 'CreatedTunnel' });
export type CreatedTunnel = z.infer<typeof createdTunnelSchema>;

/** Event `request`: a request of the webhook, as a receiver at an address of its own would get it. */
export const tunnelRequestSchema = z.object({
  requestId: z.string(),
  method: z.literal('POST'),
  /** In sending order, signature included. */
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** Base64 of the very bytes that are signed. */
  body: z.string(),
  /** How long its answer is waited for, from when the request was made. */
  timeoutMs: z.number().int(),
  /** It was sent over an earlier stream and not answered. */
  isRepeat: z.boolean(),
});
export type TunnelRequest = z.infer<typeof tunnelRequestSchema>;

/** Event `end`, the last one: `replaced` by a newer stream of the tunnel, or the tunnel is `deleted`. */
export const tunnelEndSchema = z.object({ reason: z.enum(['replaced', 'deleted']) });
export type TunnelEnd = z.infer<typeof tunnelEndSchema>;

const BASE64_CHARACTERS = 4 * Math.ceil(MAX_TUNNEL_ANSWER_BYTES / 3);

export const answerTunnelRequestSchema = z.strictObject({
  status: z.number().int().min(200).max(599),
  headers: boundedRecord(plainText(1, 100), plainText(0, 4_096), MAX_TUNNEL_ANSWER_HEADERS).default({}),
  /** Base64, of 64 KiB at most. */
  body: z.base64().max(BASE64_CHARACTERS).default(''),
});
export type AnswerTunnelRequest = z.input<typeof answerTunnelRequestSchema>;
