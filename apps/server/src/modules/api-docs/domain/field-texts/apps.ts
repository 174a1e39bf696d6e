/** Describes apps. */
import { SECRET, type FieldTexts } from './field-text.js';

export const APP_TEXTS = {
  'App.name': ['The name of the app.', '应用名称。', 'Chat'],
  'App.description': ['What the app is for.', '应用的用途说明。', 'The chat of the shop'],
  packageName: [
    'The package name (bundle id) of the client app.',
    '客户端应用的包名（Bundle ID）。',
    'com.example.chat',
  ],
  retention: ['How long the events and the log of the app are kept.', '应用的事件和日志保留多久。'],
  eventsDays: [
    'How long events are kept with their payloads, in days. null: as long as the service keeps them.',
    '事件及其数据保留的天数。null 表示与服务设置一致。',
    30,
  ],
  logsDays: [
    'How long the delivery log is kept, in days. null: as long as the service keeps it.',
    '投递日志保留的天数。null 表示与服务设置一致。',
    90,
  ],
  'App.externalId': [
    'Your own id of the app, unique in the tenant and usable as `ext:<externalId>` in paths. null: none.',
    '您自己系统中的应用 ID，租户内唯一，可在路径中以 `ext:<externalId>` 使用。null 表示没有。',
    'crm-1042',
  ],
  'App.secretRotation': ['The state of the rotation of the AppSecret.', 'AppSecret 轮换的状态。'],
  appSecret: [
    'The AppSecret. Its UTF-8 bytes are the key of `X-App-Signature`.',
    'AppSecret，其 UTF-8 字节即 `X-App-Signature` 的密钥。',
    SECRET,
  ],
  'RevealAppSecretAnswer.standardWebhooksSecret': [
    'The AppSecret in the form `whsec_…` that verifiers of Standard Webhooks take.',
    'Standard Webhooks 验签库使用的 `whsec_…` 形式的 AppSecret。',
    'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
  ],
  webhookCount: ['The number of its webhooks.', '回调数。', 3],
  openAlertCount: ['The number of its open alerts.', '未处理的告警数。', 0],
  incidentCount: [
    'The number of webhooks and sources with alerts that are not resolved.',
    '有未解除告警的回调和来源数。',
    0,
  ],
  last24Hours: ['The deliveries created in the last 24 hours.', '最近 24 小时创建的投递。'],
  'last24Hours.attempts': ['Requests made for these deliveries.', '为这些投递发出的请求数。', 1300],
  webhookHealth: [
    'The state of its webhooks, without those that a person disabled.',
    '回调的状况，不含人为停用的。',
  ],
  worst: [
    'The worst health of its webhooks. null: there are none.',
    '最差的回调健康状况。null 表示没有回调。',
  ],
  unwell: ['The number of webhooks that are not healthy.', '不健康的回调数。', 0],
} satisfies FieldTexts;
