/** Describes notification channels and notifications. */
import { APP_KEY, EMAIL, ID, SECRET, TIME, type FieldTexts } from './field-text.js';

export const NOTIFICATION_TEXTS = {
  'NotificationChannel.kind': [
    'Where notifications are sent: mail, a webhook, or a group of a chat platform.',
    '通知发往何处：邮件、Webhook，或聊天平台的群。',
  ],
  'NotificationChannel.name': ['The name of the channel.', '通知渠道的名称。', 'On call'],
  'NotificationChannel.enabled': ['Whether the channel is notified.', '渠道是否启用。'],
  'NotificationChannel.url': [
    'The URL to which notifications are sent, with its tokens masked. null: the channel sends mail.',
    '发送通知的 URL，令牌已脱敏。null 表示邮件渠道。',
    'https://chat.example.com/hooks/****',
  ],
  'CreateNotificationChannelRequest.url': [
    'The URL to which notifications are sent.',
    '发送通知的 URL。',
    'https://chat.example.com/hooks/1',
  ],
  'UpdateNotificationChannelRequest.url': [
    'The URL to which notifications are sent. The masked form is refused.',
    '发送通知的 URL，脱敏形式会被拒绝。',
    'https://chat.example.com/hooks/1',
  ],
  'NotificationChannel.secret': [
    'The secret that signs the notifications. null or absent: they are not signed.',
    '对通知签名的密钥。null 或不填表示不签名。',
    SECRET,
  ],
  'CreateNotificationChannelRequestWebhook.secret': [
    'The secret that signs the notifications.',
    '对通知签名的密钥。',
    SECRET,
  ],
  'UpdateNotificationChannelRequest.secret': [
    'A new secret that signs the notifications. Absent or empty leaves it as it is, null removes it.',
    '对通知签名的新密钥。不填或空保持不变，null 则移除。',
    SECRET,
  ],
  'NotificationChannel.hasSecret': [
    'Whether a secret is set; of an email channel, a password.',
    '是否设置了密钥，邮件渠道为密码。',
  ],
  language: ['The language of the notifications.', '通知的语言。'],
  minSeverity: [
    'The lowest severity that is notified. `critical` leaves warnings out.',
    '通知的最低严重程度。`critical` 表示不通知警告。',
  ],
  appKeys: [
    'The apps whose alerts are notified, by AppKey. Empty: every app.',
    '通知哪些应用的告警，以 AppKey 列出。空表示所有应用。',
    [APP_KEY],
  ],
  'NotificationChannel.rules': [
    'The rules whose alerts are notified. Empty: every rule.',
    '通知哪些规则的告警。空表示所有规则。',
  ],
  'NotificationChannel.email': [
    'How mail is sent. null: the channel is of another kind.',
    '邮件的发送方式。null 表示渠道不是邮件。',
  ],
  host: [
    'The host name or IP address of the SMTP server.',
    'SMTP 服务器的主机名或 IP 地址。',
    'smtp.example.com',
  ],
  port: ['The port of the SMTP server.', 'SMTP 服务器的端口。', 587],
  security: [
    '`starttls` requires the upgrade to TLS, `tls` is TLS from the first byte, `none` sends unencrypted.',
    '`starttls` 要求升级到 TLS，`tls` 从一开始使用 TLS，`none` 不加密。',
  ],
  username: [
    'The user name at the SMTP server. Empty: it asks for no login.',
    'SMTP 服务器的用户名。空表示无需登录。',
    EMAIL,
  ],
  'NotificationChannel.password': [
    'The password at the SMTP server. null: none.',
    'SMTP 服务器的密码。null 表示没有。',
    'the password of the mailbox',
  ],
  'UpdateNotificationChannelRequest.password': [
    'A new password at the SMTP server. Absent or empty leaves it as it is, null removes it.',
    'SMTP 服务器的新密码。不填或空保持不变，null 则移除。',
    'the password of the mailbox',
  ],
  'NotificationChannel.from': ['The address of the sender.', '发件人地址。', 'alerts@example.com'],
  'NotificationChannel.to': [
    'The addresses of the recipients, at most 20.',
    '收件人地址，最多 20 个。',
    [EMAIL],
  ],
  lastNotification: [
    'What became of the newest notification. null: there was none.',
    '最近一次通知的结果。null 表示还没有通知。',
  ],
  'LastNotification.status': ['What became of the notification.', '通知的状态。'],
  'TestNotificationChannelAnswer.status': ['Whether it was sent.', '是否已发送。'],
  'TestNotificationChannelAnswer.responseStatus': [
    'The HTTP status or the SMTP reply code. null: no answer came.',
    'HTTP 状态码或 SMTP 应答码。null 表示没有收到响应。',
    200,
  ],
  notificationId: ['The id of the notification.', '通知 ID。', ID],
  'Notification.kind': [
    'What it tells. `summary`: what quiet hours deferred.',
    '通知的类型。`summary` 表示免打扰时段积累的汇总。',
  ],
  'Notification.alertId': [
    'The alert that it is about. null: it is a summary of several.',
    '相关的告警。null 表示多个告警的汇总。',
    ID,
  ],
  'Notification.rule': [
    'The rule of the alert. null: it is a summary of several.',
    '告警的规则。null 表示多个告警的汇总。',
  ],
  alerts: ['The number of alerts that it is about.', '涉及的告警数。', 1],
  'Notification.status': ['What became of the notification.', '通知的状态。'],
  'Notification.responseStatus': [
    'The HTTP status or the SMTP reply code. null: no answer came.',
    'HTTP 状态码或 SMTP 应答码。null 表示没有收到响应。',
    200,
  ],
  lastAttemptAt: [
    'When it was last tried, ISO 8601 in UTC. null: never.',
    '最近一次尝试的时间，ISO 8601 UTC。null 表示从未尝试。',
    TIME,
  ],
} satisfies FieldTexts;
