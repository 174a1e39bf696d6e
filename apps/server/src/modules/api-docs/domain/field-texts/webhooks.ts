/** Describes webhooks: names, URLs, secrets and certificates. */
import { CALLBACK_URL, LATER, SECRET, TIME, type FieldTexts } from './field-text.js';

const WHSEC = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';

export const WEBHOOK_TEXTS = {
  'Webhook.name': ['The name of the webhook.', '回调名称。', 'Orders'],
  'Webhook.description': [
    'What the webhook is for.',
    '回调的用途说明。',
    'Sends messages to the order system',
  ],
  'Webhook.externalId': [
    'Your own id of the webhook, unique in the app and usable as `ext:<externalId>` in paths. null: none.',
    '您自己系统中的回调 ID，应用内唯一，可在路径中以 `ext:<externalId>` 使用。null 表示没有。',
    'crm-1042',
  ],
  'CreateWebhookRequest.url': [
    'The URL to which callbacks are sent. Its address must not be in a private range unless the service allows it.',
    '接收回调的 URL。除非服务允许，否则不能是内网地址。',
    CALLBACK_URL,
  ],
  'UpdateWebhookRequest.url': [
    'The URL to which callbacks are sent. The masked form, with `****`, is refused.',
    '接收回调的 URL。带 `****` 的脱敏形式会被拒绝。',
    CALLBACK_URL,
  ],
  'RevealWebhookUrlAnswer.url': [
    'The whole URL to which callbacks are sent.',
    '接收回调的完整 URL。',
    CALLBACK_URL,
  ],
  'Webhook.enabled': [
    'Whether the webhook takes events. While it is off, new events are skipped.',
    '回调是否接收事件。停用期间的新事件会被跳过。',
  ],
  events: [
    'Names of events, or families such as `message.*`. Empty: every event.',
    '事件名称，或 `message.*` 这样的事件族。空列表表示所有事件。',
    ['message.sent', 'group.*'],
  ],
  hasSecret: [
    'Whether it has a secret of its own. If not, the AppSecret signs.',
    '是否有自己的密钥。没有时使用 AppSecret 签名。',
  ],
  secret: [
    'The secret that signs the callbacks in place of the AppSecret. null: the AppSecret signs.',
    '代替 AppSecret 对回调签名的密钥。null 表示使用 AppSecret。',
    SECRET,
  ],
  'CreateWebhookRequest.secret': [
    'The secret that signs the callbacks. Absent, empty or null: the AppSecret signs.',
    '对回调签名的密钥。不填、空或 null 表示使用 AppSecret。',
    SECRET,
  ],
  'UpdateWebhookRequest.secret': [
    'A new secret. Absent or empty leaves it as it is, null removes it.',
    '新的密钥。不填或空保持不变，null 则移除。',
    SECRET,
  ],
  'StageWebhookSecretRequest.secret': [
    'The next secret. Absent, empty or null: the service makes one.',
    '新的密钥。不填、空或 null 时由服务生成。',
    SECRET,
  ],
  nextSecret: [
    'The next secret. This answer is the only place that shows it before it is activated.',
    '新的密钥。启用前仅在本次响应中返回。',
    SECRET,
  ],
  standardWebhooksSecret: [
    'The secret in the form `whsec_…` that verifiers of Standard Webhooks take. null: the webhook does not sign that way.',
    'Standard Webhooks 验签库使用的 `whsec_…` 形式的密钥。null 表示该回调不使用这种签名。',
    WHSEC,
  ],
  'Stage.standardWebhooksSecret': [
    'The next secret in the form `whsec_…` that verifiers of Standard Webhooks take. null: the webhook does not sign that way.',
    'Standard Webhooks 验签库使用的 `whsec_…` 形式的新密钥。null 表示该回调不使用这种签名。',
    WHSEC,
  ],
  secretRotation: ['The state of the rotation of the secret.', '密钥轮换的状态。'],
  'SecretRotation.isStaged': [
    'Whether a next secret waits to be activated.',
    '是否有新密钥等待启用。',
    false,
  ],
  'SecretRotation.stagedAt': [
    'When the next secret was staged, ISO 8601 in UTC. null: none is.',
    '新密钥的生成时间，ISO 8601 UTC。null 表示没有新密钥。',
    TIME,
  ],
  'SecretRotation.previousExpiresAt': [
    'Until when the old secret stays valid beside the new one, ISO 8601 in UTC. null: there is no old one.',
    '旧密钥与新密钥同时有效的截止时间，ISO 8601 UTC。null 表示没有旧密钥。',
    LATER,
  ],
  overlapSeconds: [
    'How long the old secret stays valid beside the new one, in seconds.',
    '旧密钥与新密钥同时有效的时长，单位秒。',
  ],
  clientCertificate: [
    'The client certificate for receivers that require one (mutual TLS). null: none.',
    '用于要求双向 TLS 的接收方的客户端证书。null 表示没有。',
  ],
  'UpdateWebhookRequest.clientCertificate': [
    'A new client certificate for receivers that require one (mutual TLS). null removes it.',
    '用于要求双向 TLS 的接收方的新客户端证书。null 则移除。',
  ],
  'ClientCertificate.certificate': [
    'The certificate in PEM, followed by the intermediates up to an authority that the receiver trusts.',
    'PEM 格式的证书，其后是接收方信任的机构之前的中间证书。',
    '-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n',
  ],
  'ClientCertificate.key': [
    'The private key in PEM, without a passphrase. It is stored encrypted and never returned.',
    'PEM 格式的私钥，不带口令。加密存储，不再返回。',
    'the private key in PEM',
  ],
  hasClientCertificate: [
    'Whether it has a client certificate for mutual TLS.',
    '是否有用于双向 TLS 的客户端证书。',
    false,
  ],
  clientCertificateSubject: [
    'The subject of the client certificate. null: it has none.',
    '客户端证书的主体。null 表示没有证书。',
    'CN=callbacks.example.com',
  ],
  clientCertificateExpiresAt: [
    'When the client certificate expires, ISO 8601 in UTC. null: it has none.',
    '客户端证书的到期时间，ISO 8601 UTC。null 表示没有证书。',
    LATER,
  ],
  'Webhook.headers': [
    'Headers that are added to every callback, by name; at most 20.',
    '附加到每个回调的请求头，以名称为键，最多 20 个。',
    { 'X-Environment': 'production' },
  ],
  timeoutMs: [
    'How long the receiver may take to answer, in milliseconds.',
    '接收方的响应超时，单位毫秒。',
    10_000,
  ],
  retryPolicy: ['When failed deliveries are tried again, and how often.', '投递失败后何时重试、重试几次。'],
  'retryPolicy.preset': [
    'A policy by name in place of its numbers: 3 attempts in a minute, 9 in 21 hours, or 13 in 3 days.',
    '以名称代替具体数值：1 分钟内 3 次、21 小时内 9 次，或 3 天内 13 次。',
  ],
} satisfies FieldTexts;
