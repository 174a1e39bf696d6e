/**
 * Composes the AsyncAPI 3.0 document of the callbacks (https://www.asyncapi.com/docs/reference/specification/v3.0.0)
 * from the event catalogue and the signature's headers. Pure: the same contracts give the same document.
 */
import { callbackEnvelopeSchema } from '@im/contracts/envelope';
import { EVENT_CATALOGUE } from '@im/contracts/events/catalogue';
import type { EventDefinition, LocalizedText } from '@im/contracts/events/define';
import { bodyHmacHeaders, DEFAULT_SIGNATURE_PREFIX } from '@im/contracts/signature-body-hmac';
import { DELIVERY_HEADERS, ROTATION_SIGNATURE_HEADERS, SIGNATURE_HEADERS } from '@im/contracts/signature';
import type { JsonSchema, Language } from './domain/document.js';
import { SchemaCollection } from './json-schemas.js';

export interface AsyncApiOptions {
  /** Of the service, such as `1.0.0`. */
  version: string;
  language?: Language;
}

const TEXTS = {
  title: { en: 'IM callbacks', zh: 'IM 回调' },
  about: {
    en: 'Each event is sent by POST to the webhooks that want it, signed, and sent again until it is answered with 2xx or given up. Drop duplicates by `callbackId`. Shown is the format `im`; a webhook may choose another one.',
    zh: '每个事件以 POST 发送给订阅它的回调地址，带签名，直到返回 2xx 或放弃为止。请按 `callbackId` 去重。此处为默认格式 `im`，回调可选择其他格式。',
  },
  receiver: { en: "The receiver, the webhook's URL", zh: '接收方，即回调地址' },
  deliver: { en: 'Every event goes to the webhooks that want it', zh: '每个事件发送给订阅它的回调' },
} as const satisfies Record<string, LocalizedText>;

const HEADER_TEXTS: Readonly<Record<string, LocalizedText>> = {
  [SIGNATURE_HEADERS.appKey]: { en: 'The AppKey', zh: 'AppKey' },
  [SIGNATURE_HEADERS.timestamp]: {
    en: 'Unix time of this attempt in milliseconds',
    zh: '本次投递的 Unix 时间（毫秒）',
  },
  [SIGNATURE_HEADERS.nonce]: {
    en: '32 lower-case hex digits, new for each attempt',
    zh: '32 位小写十六进制，每次投递都不同',
  },
  [SIGNATURE_HEADERS.signature]: {
    en: 'Lower-case hex of HMAC-SHA256(key, appKey + "\\n" + timestamp + "\\n" + nonce + "\\n" + sha256hex(body))',
    zh: 'HMAC-SHA256(key, appKey + "\\n" + timestamp + "\\n" + nonce + "\\n" + sha256hex(body)) 的小写十六进制',
  },
  [DELIVERY_HEADERS.event]: { en: 'The name of the event', zh: '事件名' },
  [DELIVERY_HEADERS.callbackId]: { en: 'As in the body', zh: '同请求体' },
  [DELIVERY_HEADERS.deliveryId]: { en: 'As in the body', zh: '同请求体' },
  [DELIVERY_HEADERS.webhookId]: { en: 'As in the body', zh: '同请求体' },
  [DELIVERY_HEADERS.attempt]: { en: 'Counts from 1', zh: '从 1 开始的次数' },
  [DELIVERY_HEADERS.kind]: {
    en: 'What it is sent for: `event`, `test`, `redelivery`, or `before` for a question that is to be answered with a decision',
    zh: '发送目的：`event`、`test`、`redelivery`，或 `before`（需要用决定来回答的前置回调）',
  },
};
const WITH_NEXT_KEY: LocalizedText = {
  en: 'The same with the next key, while a rotation is staged',
  zh: '以新密钥计算的签名，仅在轮换准备期间',
};
const WITH_OLD_KEY: LocalizedText = {
  en: 'The same with the old key, during the overlap after a rotation',
  zh: '以旧密钥计算的签名，仅在轮换后的重叠期内',
};
const ROTATION_TEXTS: Readonly<Record<string, LocalizedText>> = {
  [ROTATION_SIGNATURE_HEADERS.next]: WITH_NEXT_KEY,
  [ROTATION_SIGNATURE_HEADERS.previous]: WITH_OLD_KEY,
};

/** Only of webhooks with the signature `body-hmac`, here with its default prefix. */
const BODY_HMAC = bodyHmacHeaders(DEFAULT_SIGNATURE_PREFIX);
const BODY_HMAC_TEXTS: Readonly<Record<string, LocalizedText>> = {
  [BODY_HMAC.signature]: {
    en: "Only with the signature `body-hmac`; X-App is the webhook's prefix: sha256= and lower-case hex of HMAC-SHA256(key, body)",
    zh: '仅签名方式为 `body-hmac` 时，X-App 为回调的前缀：sha256= 加上 HMAC-SHA256(key, body) 的小写十六进制',
  },
  [BODY_HMAC.next]: WITH_NEXT_KEY,
  [BODY_HMAC.previous]: WITH_OLD_KEY,
  [BODY_HMAC.deliveryId]: {
    en: "The delivery's id, only with `body-hmac`",
    zh: '投递 ID，仅签名方式为 `body-hmac` 时',
  },
};

/** @returns the document, ready for `JSON.stringify` */
export function composeAsyncApi({
  version,
  language = 'en',
}: AsyncApiOptions): JsonSchema & { asyncapi: string } {
  const schemas = new SchemaCollection('#/components/schemas/', language);
  const messages = Object.fromEntries(
    EVENT_CATALOGUE.map((definition) => [definition.event, messageOf(definition, schemas, language)]),
  );
  const inChannel = EVENT_CATALOGUE.map(({ event }) => ({ $ref: `#/channels/callback/messages/${event}` }));
  return {
    asyncapi: '3.0.0',
    info: { title: TEXTS.title[language], version, description: TEXTS.about[language] },
    defaultContentType: 'application/json',
    channels: {
      callback: {
        address: null,
        description: TEXTS.receiver[language],
        messages: Object.fromEntries(
          EVENT_CATALOGUE.map(({ event }) => [event, { $ref: `#/components/messages/${event}` }]),
        ),
      },
    },
    operations: {
      deliver: {
        action: 'send',
        channel: { $ref: '#/channels/callback' },
        summary: TEXTS.deliver[language],
        bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
        messages: inChannel,
      },
    },
    components: {
      messages,
      schemas: { ...schemas.named, CallbackHeaders: headersOf(language) },
    },
  };
}

function messageOf(definition: EventDefinition, schemas: SchemaCollection, language: Language): JsonSchema {
  const { event, payload, schema, description, example } = definition;
  const envelope = schemas.add(callbackEnvelopeSchema, 'input');
  const properties = envelope.properties as Record<string, JsonSchema>;
  const data = { title: payload, ...schemas.add(schema, 'input') };
  return {
    name: event,
    title: event,
    summary: description[language],
    contentType: 'application/json',
    headers: { $ref: '#/components/schemas/CallbackHeaders' },
    payload: { ...envelope, properties: { ...properties, event: { const: event }, data } },
    examples: [{ name: event, payload: { ...EXAMPLE_ENVELOPE, event, data: example } }],
  };
}

/** Ids of the form the service makes; `data` comes from the event's own example. */
const EXAMPLE_ENVELOPE = {
  callbackId: '0198f3a0-7c00-8a51-9b1e-5d0c2f4a6b7c',
  event: '',
  appKey: 'ak_w5x9k2m4q7r8t3v6y1z0',
  timestamp: '2026-11-21T08:00:00.123Z',
  webhookId: '0198f39e-1d40-7c3a-8f52-6a7b8c9d0e1f',
  deliveryId: '0198f3a0-7c01-7d2b-9c63-1f2e3d4c5b6a',
  data: {},
};

function headersOf(language: Language): JsonSchema {
  const all = { ...HEADER_TEXTS, ...ROTATION_TEXTS, ...BODY_HMAC_TEXTS };
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(all).map(([name, text]) => [name, { type: 'string', description: text[language] }]),
    ),
    required: Object.keys(HEADER_TEXTS),
  };
}
