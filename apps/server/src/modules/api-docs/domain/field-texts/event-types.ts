/** Describes event types, their packs and who subscribes to them. */
import { APP_KEY, EMAIL, TIME, type FieldTexts } from './field-text.js';

const SCHEMA = { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] };
const EXAMPLE = { orderId: 'o-1042' };

export const EVENT_TYPE_TEXTS = {
  'EventType.name': ['The name of the event type.', '事件类型的名称。', 'order.paid'],
  'CreateEventTypeRequest.name': [
    'The name of the event type: letters, digits, `_` and `-`, parts separated by one of `.`, `/` and `:`.',
    '事件类型的名称：字母、数字、`_` 和 `-`，各部分以 `.`、`/` 或 `:` 分隔。',
    'order.paid',
  ],
  origin: ['Whether it is built in or the tenant’s own.', '内置的，或租户自己定义的。'],
  overridesBuiltIn: [
    'Whether it replaces a built-in event type of the same name.',
    '是否代替同名的内置事件类型。',
    false,
  ],
  'EventType.description': ['What the event means, in both languages.', '事件的含义，中英文。'],
  'EventType.version': [
    'The version of the schema, counted from 1. null: it is built in.',
    'Schema 的版本，从 1 开始。null 表示内置。',
    1,
  ],
  schema: [
    'What the payload has to be: a JSON Schema, draft 2020-12.',
    '事件数据须符合的 JSON Schema（draft 2020-12）。',
    SCHEMA,
  ],
  example: [
    'A complete payload that fits the schema. Test sends use it.',
    '符合 Schema 的完整事件数据，用于测试发送。',
    EXAMPLE,
  ],
  'EventType.createdAt': [
    'When it was created, ISO 8601 in UTC. null: it is built in.',
    '创建时间，ISO 8601 UTC。null 表示内置。',
    TIME,
  ],
  'EventTypeVersion.createdAt': [
    'When the version was made, ISO 8601 in UTC. Events received since then are checked against it.',
    '该版本的创建时间，ISO 8601 UTC。此后收到的事件按此版本检查。',
    TIME,
  ],
  'EventTypePack.name': ['The name of the pack.', '事件包名称。', 'trae'],
  'EventTypePack.description': ['What the pack is for, in both languages.', '事件包的用途，中英文。'],
  'EventTypePack.events': [
    'The names of its event types.',
    '包含的事件类型名称。',
    ['build.started', 'build.completed'],
  ],
  present: [
    'The event types of the pack that the tenant has already.',
    '租户已有的该包事件类型。',
    ['build.started'],
  ],
  added: ['The event types that were added.', '新添加的事件类型。', ['build.completed']],
  kept: [
    'The event types that the tenant had already. They stay as they are.',
    '租户原有的事件类型，保持不变。',
    ['build.started'],
  ],
  'InstalledPack.name': ['The name of the pack.', '事件包名称。', 'trae'],
  subscribers: [
    'The number of webhooks that want its events, disabled ones too.',
    '需要该事件的回调数，含已停用的。',
    3,
  ],
  deliveriesLastDay: [
    'The number of deliveries of its events that were created in the last 24 hours, test sends left out.',
    '最近 24 小时内创建的该事件投递数，不含测试发送。',
    1280,
  ],
  naming: [
    'The number of subscribers that name it. While there are any, it cannot be deleted.',
    '指名订阅它的回调数，不为 0 时不能删除。',
    1,
  ],
  'EventTypeSubscribers.webhooks': [
    'The first 100 subscribers, those that name it first.',
    '前 100 个订阅者，指名订阅的在前。',
  ],
  'EventSubscriber.name': ['The name of the webhook.', '回调名称。', 'Orders'],
  'EventSubscriber.enabled': ['Whether the webhook takes events.', '回调是否接收事件。'],
  'EventSubscriber.appKey': [
    'The AppKey of the app to which the webhook belongs.',
    '回调所属应用的 AppKey。',
    APP_KEY,
  ],
  pattern: [
    'The entry of its `events` that wants the event. null: it wants all events.',
    '其 `events` 中匹配该事件的一项。null 表示订阅所有事件。',
    'order.*',
  ],
  'EventType.createdBy': [
    'Who created it: a member’s email, or `token:` and the name of an API token. null: it is built in.',
    '创建者：成员邮箱，或 `token:` 加 API 令牌名称。null 表示内置。',
    EMAIL,
  ],
} satisfies FieldTexts;
