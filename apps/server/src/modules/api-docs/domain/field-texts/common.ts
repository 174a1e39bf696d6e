/** Describes what has the same meaning in most schemas: pages, ids, names, times and people. */
import { APP_KEY, CALLBACK_URL, EMAIL, ID, LATER, TIME, type FieldTexts } from './field-text.js';

export const COMMON_TEXTS = {
  data: [
    'The object that was asked for, or the entries of this page of the list.',
    '所请求的对象，或列表本页的条目。',
  ],
  page: ['Where this page of the list ends.', '本页列表的结束位置。'],
  nextCursor: [
    'Pass it as `cursor` to get the next page. null: this is the last page.',
    '作为 `cursor` 传入即可取得下一页。null 表示已是最后一页。',
    'MjAyNi0xMS0yMA',
  ],
  alertId: ['The id of the alert.', '告警 ID。', ID],
  appKey: ['The AppKey of the app.', '应用的 AppKey。', APP_KEY],
  callbackId: [
    'Identifies one event for one webhook. It stays the same in every attempt and redelivery.',
    '标识某个事件对某个回调的投递，每次尝试和重新投递都不变。',
    ID,
  ],
  channelId: ['The id of the notification channel.', '通知渠道 ID。', ID],
  conversationId: [
    'The id of the conversation, as the IM server names it. null: the event has none.',
    'IM 服务器的会话 ID。null 表示事件没有会话。',
    'group-8842',
  ],
  deliveryId: ['The id of the delivery.', '投递 ID。', ID],
  eventId: ['The id of the event.', '事件 ID。', ID],
  eventIds: [
    'The ids of the events that the request was stored as. Repeated events are not among them.',
    '该请求所存储的事件的 ID，不含重复的事件。',
    [ID],
  ],
  externalId: [
    'The id of this object in your own system, usable as `ext:<externalId>` in paths. null: none.',
    '该对象在您自己系统中的 ID，可在路径中以 `ext:<externalId>` 使用。null 表示没有。',
    'crm-1042',
  ],
  linkId: ['The id of the portal link.', '门户链接 ID。', ID],
  memberId: ['The id of the member.', '成员 ID。', ID],
  messageId: [
    'The id of the message, as the IM server names it. null: the event has none.',
    'IM 服务器的消息 ID。null 表示事件没有消息。',
    'msg-530117',
  ],
  originalDeliveryId: [
    'The delivery that this one repeats. Only redeliveries have it.',
    '被重新投递的原投递 ID，仅重新投递有。',
    ID,
  ],
  recoveryId: ['The id of the recovery.', '批量恢复 ID。', ID],
  requestId: ['The id of the request.', '请求 ID。', ID],
  sourceId: [
    'The id of the IM source. null: no source is concerned.',
    'IM 来源 ID。null 表示与来源无关。',
    ID,
  ],
  tenantId: ['The id of the tenant.', '租户 ID。', ID],
  tokenId: ['The id of the API token.', 'API 令牌 ID。', ID],
  tunnelId: ['The id of the tunnel.', '隧道 ID。', ID],
  webhookId: ['The id of the webhook.', '回调 ID。', ID],
  webhookIds: [
    'The ids of the webhooks. null or absent: all webhooks of the app, later ones too.',
    '回调的 ID。null 或不填表示应用的全部回调，包括以后新建的。',
    [ID],
  ],

  'description.zh': ['The description in Chinese.', '中文说明。', '订单已付款'],
  'description.en': ['The description in English.', '英文说明。', 'An order was paid'],
  zh: ['The text in Chinese.', '中文文本。', '接收方没有响应。'],
  en: ['The text in English.', '英文文本。', 'The receiver did not answer.'],
  appName: ['The name of the app.', '应用名称。', 'Chat'],
  webhookName: [
    'The name of the webhook, or its masked URL if it has none. null: no webhook is concerned.',
    '回调名称，没有名称时为脱敏的 URL。null 表示与回调无关。',
    'Orders',
  ],
  sourceName: [
    'The name of the IM source. null: no source is concerned.',
    'IM 来源名称。null 表示与来源无关。',
    'OpenIM production',
  ],
  sourceKind: ['The kind of the IM source.', 'IM 来源的类型。'],
  email: ['The email address.', '邮箱地址。', EMAIL],
  event: [
    'The name of the event. null: none, or all of them.',
    '事件名称。null 表示没有，或不限事件。',
    'message.sent',
  ],
  url: [
    'The URL to which callbacks are sent. For support and tokens without `webhooks:write`, `****` stands in place of what may be a token.',
    '接收回调的 URL。对客服和没有 `webhooks:write` 权限的令牌，可能是令牌的部分显示为 `****`。',
    CALLBACK_URL,
  ],
  rule: ['The alert rule. null: no alert is concerned.', '告警规则。null 表示与告警无关。'],
  severity: [
    'How serious it is. null: not known, or no alert is concerned.',
    '严重程度。null 表示未知或与告警无关。',
  ],

  at: ['When it happened, ISO 8601 in UTC.', '发生时间，ISO 8601 UTC。', TIME],
  createdAt: ['When it was created, ISO 8601 in UTC.', '创建时间，ISO 8601 UTC。', TIME],
  updatedAt: [
    'When it was last changed, ISO 8601 in UTC. null: never.',
    '最后修改时间，ISO 8601 UTC。null 表示从未修改。',
    TIME,
  ],
  expiresAt: [
    'When it expires, ISO 8601. null: it does not expire.',
    '失效时间，ISO 8601。null 表示不失效。',
    LATER,
  ],
  startedAt: [
    'When it began, ISO 8601 in UTC. null: it has not begun.',
    '开始时间，ISO 8601 UTC。null 表示尚未开始。',
    TIME,
  ],
  completedAt: [
    'When it ended, ISO 8601 in UTC. null: it has not ended.',
    '结束时间，ISO 8601 UTC。null 表示尚未结束。',
    TIME,
  ],
  finishedAt: [
    'When it ended, ISO 8601 in UTC. null: it has not ended.',
    '结束时间，ISO 8601 UTC。null 表示尚未结束。',
    LATER,
  ],
  nextAttemptAt: [
    'When the next attempt is due, ISO 8601 in UTC. null: none is planned.',
    '下次尝试的时间，ISO 8601 UTC。null 表示没有计划中的尝试。',
    TIME,
  ],
  receivedAt: ['When the service received it, ISO 8601 in UTC.', '服务收到的时间，ISO 8601 UTC。', TIME],
  occurredAt: [
    'When the event happened, as its sender said, ISO 8601 in UTC.',
    '发送方给出的事件发生时间，ISO 8601 UTC。',
    TIME,
  ],
  lastUsedAt: [
    'When it was last used, ISO 8601 in UTC. null: never.',
    '最后使用时间，ISO 8601 UTC。null 表示从未使用。',
    TIME,
  ],
  from: ['Where the time span begins, inclusive, ISO 8601.', '时间段的起点（含），ISO 8601。', TIME],
  to: ['Where the time span ends, exclusive, ISO 8601.', '时间段的终点（不含），ISO 8601。', LATER],
  timeZone: ['The name of the time zone in the IANA database.', 'IANA 时区名称。', 'Asia/Shanghai'],

  createdBy: [
    'Who created it: a member’s email, or `token:` and the name of an API token. null: it was not created by a person.',
    '创建者：成员邮箱，或 `token:` 加 API 令牌名称。null 表示不是由人创建。',
    EMAIL,
  ],
  updatedBy: [
    'Who changed it last: a member’s email, or `token:` and the name of an API token. null: it was not changed.',
    '最后修改者：成员邮箱，或 `token:` 加 API 令牌名称。null 表示无人修改。',
    EMAIL,
  ],
  by: [
    'Who did it: a member’s email, `token:` and the name of an API token, or `system`. null: the service.',
    '操作者：成员邮箱、`token:` 加 API 令牌名称，或 `system`。null 表示服务自身。',
    EMAIL,
  ],
  ipAddress: [
    'The IP address of the client. null: not known.',
    '客户端的 IP 地址。null 表示未知。',
    '203.0.113.24',
  ],
  remoteAddress: [
    'The IP address of the other side. null: no connection was made.',
    '对端的 IP 地址。null 表示没有建立连接。',
    '203.0.113.24',
  ],

  attempts: ['The number of attempts made so far.', '已进行的尝试次数。', 1],
  maxAttempts: ['The most attempts that are made.', '最多尝试次数。', 9],
  durationMs: [
    'How long it took, in milliseconds. null: it did not happen.',
    '耗时，单位毫秒。null 表示没有发生。',
    42.5,
  ],
  responseStatus: [
    'The HTTP status of the answer. null: no answer came.',
    '响应的 HTTP 状态码。null 表示没有收到响应。',
    200,
  ],
  responseBody: [
    'The beginning of the answer’s body. null: no answer came.',
    '响应体的开头部分。null 表示没有收到响应。',
    'OK',
  ],
  errorMessage: [
    'What went wrong, in one sentence. null: nothing.',
    '出错原因，一句话。null 表示没有出错。',
    'The receiver answered 500',
  ],
  total: ['The number of all of them.', '总数。', 1280],
  succeeded: ['The number of deliveries that succeeded.', '成功的投递数。', 1250],
  failed: ['The number of deliveries that failed for good.', '最终失败的投递数。', 12],
  pending: ['The number of deliveries that wait.', '等待中的投递数。', 8],
  canceled: ['The number of deliveries that were canceled.', '已取消的投递数。', 2],
  skipped: ['The number of deliveries that were skipped.', '已跳过的投递数。', 8],

  'Problem.type': [
    'A URI that names the kind of problem, with its error code.',
    '表示问题类型的 URI，含错误码。',
    'urn:im-callback:problem:invalid_input',
  ],
  'Problem.title': ['The kind of problem in a few words.', '问题类型的简短说明。', 'Invalid input'],
  'Problem.status': ['The HTTP status of this answer.', '本次响应的 HTTP 状态码。', 422],
  'Problem.detail': [
    'What is wrong with this request, in English.',
    '本次请求的具体问题，英文。',
    '/name is required',
  ],
  'Problem.code': [
    'The error code. It is stable: clients may branch on it.',
    '错误码，稳定不变，客户端可以据此分支。',
    'invalid_input',
  ],
  'Problem.requestId': [
    'The id of the request, which the log of the service has too.',
    '请求 ID，服务日志中也有。',
    ID,
  ],
  'Problem.message': [
    'The same as `detail`, only below `/api/webhooks`.',
    '与 `detail` 相同，仅出现在 `/api/webhooks` 之下。',
    '/name is required',
  ],
  errors: ['The faults in the input, at most 20.', '输入中的错误，最多 20 个。'],
  'errors.pointer': [
    'Where the fault is: a JSON Pointer (RFC 6901) into the body, or `?name` for a query parameter.',
    '错误位置：请求体中的 JSON Pointer（RFC 6901），查询参数为 `?name`。',
    '/name',
  ],
  'errors.code': ['What kind of fault it is.', '错误的类型。'],
  'errors.message': ['What is wrong with the value, in English.', '该值的具体问题，英文。', 'is required'],
  errorsTruncated: ['There are more faults than are named here.', '错误多于此处列出的数量。'],
  'Reveal.reason': [
    'Why it has to be seen. The audit log keeps it.',
    '查看的原因，会记入审计日志。',
    'The customer asked about a missing message',
  ],
} satisfies FieldTexts;
