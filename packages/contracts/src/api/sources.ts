/** Defines sources: IM servers that send events in their own form, at an address with a token. */
import { z } from 'zod';
import { boundedList } from './bounded.js';
import { externalIdSchema, nameText, plainText, visibleText, wholeNumberParameter } from './common.js';
import { activateSecretRequestSchema, secretRotationSchema } from './secrets.js';
import {
  MAX_CONFIG_CHARACTERS,
  MAX_SOURCE_CIDRS,
  SOURCE_KINDS,
  SOURCE_OUTCOMES,
  SOURCE_VERSIONS,
} from './source-constants.js';

export const sourceKindSchema = z.enum(SOURCE_KINDS);
export const sourceOutcomeSchema = z.enum(SOURCE_OUTCOMES);

/** An address or a range of them, such as `10.0.0.0/8`. The server checks it. */
const cidrSchema = plainText(2, 64).trim();
const secretText = visibleText(z.string().trim().min(1).max(512));

const openimSettings = z.strictObject({
  version: z.enum(SOURCE_VERSIONS.openim).default('main'),
});
const wukongimSettings = z.strictObject({
  version: z.enum(SOURCE_VERSIONS.wukongim).default('v3'),
  /** Version 2 only: the `grpcAddr` that the server is given (`host:port`), by which its calls are told apart. */
  grpcAuthority: visibleText(z.string().trim().min(1).max(255)).nullable().default(null),
});
const dootaskSettings = z.strictObject({
  /** Where DooTask itself is reached, to send messages as the bot. */
  address: visibleText(z.string().trim().min(1).max(255)).nullable().default(null),
  /** null removes it; absent or empty in a change leaves it as it is. Never answered again. */
  botToken: secretText.nullable().or(z.literal('')).optional(),
  /** The bot's user id: three of DooTask's four events do not name it. */
  botId: plainText(1, 64).nullable().default(null),
});
const tencentSettings = z.strictObject({
  /** Requests of another SDKAppID are rejected; null accepts any. */
  sdkAppId: plainText(1, 20).regex(/^\d+$/, 'must be a number').nullable().default(null),
  /** Token of the callback authentication; null accepts requests without a signature. Never answered again. */
  authToken: secretText.nullable().or(z.literal('')).optional(),
});

/** The settings of each kind, as a client writes them. */
export const SOURCE_SETTINGS = {
  openim: openimSettings,
  wukongim: wukongimSettings,
  dootask: dootaskSettings,
  'tencent-im': tencentSettings,
} as const;

const common = {
  name: nameText(100),
  enabled: z.boolean(),
  /** Addresses that may send; empty: any. */
  allowedCidrs: boundedList(cidrSchema, MAX_SOURCE_CIDRS),
  externalId: externalIdSchema.nullable(),
};
const created = {
  name: common.name,
  enabled: common.enabled.default(true),
  allowedCidrs: common.allowedCidrs.default([]),
  externalId: common.externalId.default(null),
};

export const createSourceRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('openim'), ...created, settings: openimSettings.prefault({}) }),
  z.strictObject({ kind: z.literal('wukongim'), ...created, settings: wukongimSettings.prefault({}) }),
  z.strictObject({ kind: z.literal('dootask'), ...created, settings: dootaskSettings.prefault({}) }),
  z.strictObject({ kind: z.literal('tencent-im'), ...created, settings: tencentSettings.prefault({}) }),
]);
export type CreateSourceRequest = z.input<typeof createSourceRequestSchema>;
export type SourceToCreate = z.output<typeof createSourceRequestSchema>;

/** Absent fields stay. `settings` names only what changes, with the fields of the source's kind. */
export const updateSourceRequestSchema = z
  .strictObject({ ...common, settings: z.record(z.string(), z.unknown()) })
  .partial();
export type UpdateSourceRequest = z.input<typeof updateSourceRequestSchema>;

/** As answered: secrets are replaced by whether there is one. */
export const sourceSettingsSchema = z
  .object({
    version: z.string().optional(),
    grpcAuthority: z.string().nullable().optional(),
    address: z.string().nullable().optional(),
    botId: z.string().nullable().optional(),
    hasBotToken: z.boolean().optional(),
    sdkAppId: z.string().nullable().optional(),
    hasAuthToken: z.boolean().optional(),
  })
  .meta({ id: 'SourceSettings' });

/** Requests of the last 24 hours. */
export const sourceCountersSchema = z
  .object({
    received: z.number().int(),
    accepted: z.number().int(),
    rejected: z.number().int(),
    notUnderstood: z.number().int(),
    failed: z.number().int(),
  })
  .meta({ id: 'SourceCounters' });
export type SourceCounters = z.infer<typeof sourceCountersSchema>;

/** Requests of each of the last 24 hours, the oldest first; the last one ends now. */
export const sourceHoursSchema = z
  .object({
    /** When the first one begins. */
    from: z.string(),
    accepted: z.array(z.number().int()),
    /** Rejected, not understood or not stored. */
    notAccepted: z.array(z.number().int()),
  })
  .meta({ id: 'SourceHours' });
export type SourceHours = z.infer<typeof sourceHoursSchema>;

export const sourceSchema = z
  .object({
    sourceId: z.string(),
    appKey: z.string(),
    kind: sourceKindSchema,
    name: z.string(),
    enabled: z.boolean(),
    /** With a masked token. */
    url: z.string(),
    /** Masked. */
    token: z.string(),
    tokenRotation: secretRotationSchema,
    settings: sourceSettingsSchema,
    allowedCidrs: z.array(z.string()),
    externalId: z.string().nullable(),
    lastReceivedAt: z.string().nullable(),
    counters: sourceCountersSchema,
    hours: sourceHoursSchema,
    createdAt: z.string(),
    updatedAt: z.string(),
    createdBy: z.string(),
  })
  .meta({ id: 'Source' });
export type Source = z.infer<typeof sourceSchema>;

/** The answer to create, with `token` and `url` whole. */
export const createdSourceSchema = sourceSchema.extend({}).meta({ id: 'CreatedSource' });

export const revealedSourceTokenSchema = z.object({ token: z.string(), url: z.string() });
export type RevealedSourceToken = z.infer<typeof revealedSourceTokenSchema>;

/** `url` is the address with the next token, which is accepted from now on beside the present one. */
export const stagedSourceTokenSchema = z.object({
  token: z.string(),
  url: z.string(),
  tokenRotation: secretRotationSchema,
});
export type StagedSourceToken = z.infer<typeof stagedSourceTokenSchema>;

export const activateSourceTokenRequestSchema = activateSecretRequestSchema;

export const listSourceRequestsQuerySchema = z.strictObject({
  limit: wholeNumberParameter(1, 50).default(50),
  outcome: sourceOutcomeSchema.optional(),
});

/** A request as it came, tokens redacted. */
export const sourceRequestSchema = z
  .object({
    requestId: z.string(),
    receivedAt: z.string(),
    method: z.string(),
    /** After the token, with the query. */
    path: z.string(),
    /** The sender's address. */
    remoteAddress: z.string(),
    headers: z.record(z.string(), z.string()),
    /** The beginning of the body: as text, or in base64 when it is not UTF-8. */
    body: z.string(),
    isBase64: z.boolean(),
    /** Of the whole body. */
    bodyBytes: z.number().int(),
    isBodyTruncated: z.boolean(),
    outcome: sourceOutcomeSchema,
    /** Its command or event, when one could be read. */
    command: z.string().nullable(),
    /** Why it was not accepted, or what it became, in English. */
    detail: z.string(),
    /** Events it was stored as; repeats of what was stored before are not among them. */
    eventIds: z.array(z.string()),
    /** What the sender was answered. */
    answerStatus: z.number().int(),
    answerBody: z.string(),
    durationMs: z.number(),
  })
  .meta({ id: 'SourceRequest' });
export type SourceRequestEntry = z.infer<typeof sourceRequestSchema>;

export const snippetQuerySchema = z.strictObject({
  version: plainText(1, 20).optional(),
});

/** What to paste into the IM server's configuration. It contains the token, so it is audited like a reveal. */
export const sourceSnippetSchema = z
  .object({
    version: z.string(),
    versions: z.array(z.string()),
    /** The file it belongs into, or the field of the vendor's console. */
    file: z.string(),
    language: z.enum(['yaml', 'toml', 'text']),
    snippet: z.string(),
    /** What has to be done for it to take effect, and why it is written this way. */
    notes: z.array(z.object({ en: z.string(), zh: z.string() })),
  })
  .meta({ id: 'SourceSnippet' });
export type SourceSnippet = z.infer<typeof sourceSnippetSchema>;

export const testSourceRequestSchema = z.strictObject({
  /** The command or event to play; absent: the kind's message. */
  command: plainText(1, 100).optional(),
});

export const testedSourceSchema = z
  .object({
    command: z.string(),
    outcome: sourceOutcomeSchema,
    detail: z.string(),
    eventIds: z.array(z.string()),
    answerStatus: z.number().int(),
    answerBody: z.string(),
  })
  .meta({ id: 'TestedSource' });
export type TestedSource = z.infer<typeof testedSourceSchema>;

export const checkSourceConfigRequestSchema = z.strictObject({
  /** The whole configuration file. */
  text: z.string().max(MAX_CONFIG_CHARACTERS),
});

export const configFindingSchema = z
  .object({
    severity: z.enum(['error', 'warning', 'ok']),
    /** Counted from 1; null: about the file as a whole. */
    line: z.number().int().nullable(),
    message: z.object({ en: z.string(), zh: z.string() }),
  })
  .meta({ id: 'ConfigFinding' });
export type ConfigFinding = z.infer<typeof configFindingSchema>;
export const checkedSourceConfigSchema = z.object({ findings: z.array(configFindingSchema) });

/** A message of the bot (DooTask). */
export const sendSourceMessageRequestSchema = z.strictObject({
  dialogId: plainText(1, 64).regex(/^\d+$/, 'must be a number'),
  text: plainText(1, 200_000),
  textType: z.enum(['html', 'md']).optional(),
  /** DooTask's `key`: a keyword under which the message is found by searching. */
  key: plainText(1, 200).optional(),
  /** Without a notification. */
  silence: z.boolean().optional(),
  /** The id of the message that is answered. */
  replyTo: plainText(1, 64).regex(/^\d+$/, 'must be a number').optional(),
});
export type SendSourceMessageRequest = z.infer<typeof sendSourceMessageRequestSchema>;

export const sourceMessageSchema = z
  .object({
    messageId: z.string(),
    sourceId: z.string(),
    state: z.enum(['waiting', 'sent', 'failed']),
    /** `reply`: from a receiver's answer; `api`: asked for by the API. */
    origin: z.enum(['reply', 'api']),
    /** The delivery whose answer asked for it. */
    deliveryId: z.string().nullable(),
    dialogId: z.string(),
    attempts: z.number().int(),
    nextAttemptAt: z.string().nullable(),
    responseStatus: z.number().int().nullable(),
    error: z.string().nullable(),
    createdAt: z.string(),
    completedAt: z.string().nullable(),
  })
  .meta({ id: 'SourceMessage' });
export type SourceMessage = z.infer<typeof sourceMessageSchema>;
