/** Describes parameters of queries and headers. */
import { APP_KEY, EMAIL, ID, LATER, TIME, type FieldTexts } from './field-text.js';

export const PARAMETER_TEXTS = {
  'Parameter.limit': ['The most entries of a page.', '每页最多条数。', 50],
  'TraceEventsParameter.limit': ['The most events of a page.', '每页最多事件数。', 10],
  cursor: [
    'The `nextCursor` of the page before. Absent: the first page.',
    '上一页的 `nextCursor`。不填为第一页。',
    'MjAyNi0xMS0yMA',
  ],
  'Parameter.event': [
    'Only this event, or a family such as `message.*`.',
    '只含此事件，也可以是 `message.*` 这样的事件族。',
    'message.sent',
  ],
  'ListWebhooksParameter.event': [
    'Only webhooks that get this event when they are enabled.',
    '只含启用时会收到此事件的回调。',
    'message.sent',
  ],
  'StatisticsParameter.event': ['Only deliveries of this event.', '只含此事件的投递。', 'message.sent'],
  'Parameter.from': [
    'Only what was created or received since then, inclusive, ISO 8601.',
    '只含此时间（含）之后创建或收到的，ISO 8601。',
    TIME,
  ],
  'Parameter.to': [
    'Only what was created or received before, exclusive, ISO 8601.',
    '只含此时间（不含）之前创建或收到的，ISO 8601。',
    LATER,
  ],
  'StatisticsParameter.from': [
    'Where the time span begins, ISO 8601. The whole bucket counts.',
    '时间段的起点，ISO 8601，整个时间桶都计入。',
    TIME,
  ],
  'StatisticsParameter.to': [
    'Where the time span ends, ISO 8601. A bucket that it cuts counts as a whole.',
    '时间段的终点，ISO 8601，被截断的时间桶整个计入。',
    LATER,
  ],
  'GetBeforeStatisticsParameter.from': [
    'Where the time span begins, inclusive, ISO 8601. Absent: 24 hours ago.',
    '时间段的起点（含），ISO 8601。不填为 24 小时前。',
    TIME,
  ],
  'GetBeforeStatisticsParameter.to': [
    'Where the time span ends, exclusive, ISO 8601. Absent: now.',
    '时间段的终点（不含），ISO 8601。不填为当前时间。',
    LATER,
  ],
  'Parameter.messageId': ['Only what belongs to this message.', '只含属于此消息的。', 'msg-530117'],
  'Parameter.conversationId': ['Only what belongs to this conversation.', '只含属于此会话的。', 'group-8842'],
  'Parameter.userId': [
    'Only events that name this user in any role, and their deliveries.',
    '只含涉及此用户的事件及其投递，不论角色。',
    'u10086',
  ],
  'Parameter.callbackId': ['Only deliveries of this callback.', '只含此回调 ID 的投递。', ID],
  'Parameter.eventId': ['Only deliveries of the event with this id.', '只含此 ID 的事件的投递。', ID],
  'Parameter.deliveryId': ['The delivery whose event is looked for.', '按投递 ID 查找其事件。', ID],
  'Parameter.originalDeliveryId': ['Only redeliveries of this delivery.', '只含此投递的重新投递。', ID],
  'Parameter.sourceId': [
    'Only what this IM source sent, or is about it.',
    '只含由此 IM 来源发出或与其相关的。',
    ID,
  ],
  'Parameter.webhookId': ['Only what is about this webhook.', '只含与此回调相关的。', ID],
  'ListWebhooksParameter.q': [
    'A part of the name or URL, in any case.',
    '名称或 URL 的一部分，不区分大小写。',
    'orders',
  ],
  'Parameter.format': [
    '`csv` is for spreadsheets, `ndjson` has a JSON value in each line.',
    '`csv` 适用于电子表格，`ndjson` 每行一个 JSON 值。',
  ],
  'Parameter.origin': [
    'Only built-in event types, or only those of the tenant.',
    '只含内置的，或只含租户的事件类型。',
  ],
  'Parameter.enabled': [
    'Only webhooks that are enabled, or only those that are not.',
    '只含启用的，或只含未启用的回调。',
  ],
  'Parameter.active': [
    'Only webhooks that are active, or only those that are not.',
    '只含启用的，或只含未启用的回调。',
  ],
  sort: ['What the list is sorted by.', '列表的排序依据。'],
  order: [
    'The direction of sorting. `asc` begins with the oldest, or with A.',
    '排序方向。`asc` 从最早的或字母 A 开始。',
  ],
  'Parameter.status': ['Only entries with this status.', '只含此状态的。'],
  'Parameter.phase': [
    'Only pending deliveries in this phase. `problem`: those that failed, are retried or are held.',
    '只含处于此阶段的等待中投递。`problem` 指失败、等待重试或被保持的。',
  ],
  'Parameter.kind': ['Only deliveries of this kind.', '只含此类型的投递。'],
  'Parameter.responseStatus': [
    'Only deliveries whose last answer had this HTTP status.',
    '只含最后响应为此 HTTP 状态码的投递。',
    500,
  ],
  'Parameter.errorClass': ['Only deliveries that failed for this reason.', '只含因此类别失败的投递。'],
  'Parameter.outcome': ['Only requests with this outcome.', '只含此结果的请求。'],
  'Parameter.timeZone': [
    'The IANA time zone whose hours, days, weeks and months are meant.',
    '小时、日、周、月所依据的 IANA 时区。',
    'Asia/Shanghai',
  ],
  'Parameter.severity': ['Only alerts of this severity.', '只含此严重程度的告警。'],
  'Parameter.rule': ['Only alerts of this rule.', '只含此规则的告警。'],
  'Parameter.action': ['Only entries of this action.', '只含此操作的记录。'],
  logins: ['`false` leaves logins and failed logins out.', '`false` 表示不含登录和登录失败。', 'false'],
  'Parameter.actor': [
    'Only entries of this person or token: an email, or `token:` and a name.',
    '只含此操作者的记录：邮箱，或 `token:` 加名称。',
    EMAIL,
  ],
  'Parameter.appKey': ['Only entries about this app.', '只含与此应用相关的记录。', APP_KEY],
  'Parameter.targetId': ['Only entries about the object with this id.', '只含与此 ID 的对象相关的记录。', ID],
  redirect: ['The page of the console to open after logging in.', '登录后打开的控制台页面。', '/apps'],
  'FinishOidcLoginParameter.code': [
    'The code of the identity provider.',
    '身份提供方返回的授权码。',
    'a code of the provider',
  ],
  'FinishOidcLoginParameter.state': [
    'The state that the login began with.',
    '登录开始时的 state。',
    'the state of the login',
  ],
  'FinishOidcLoginParameter.error': [
    'Why the identity provider refused.',
    '身份提供方拒绝的原因。',
    'access_denied',
  ],
  'Parameter.offset': ['The number of entries to leave out.', '略过的条数。', 0],
  'Parameter.project_id': [
    'The AppKey or external id of the app. Absent: the app of the token, or the oldest one of the tenant.',
    '应用的 AppKey 或外部 ID。不填表示令牌的应用，或租户最早的应用。',
    APP_KEY,
  ],
  'Parameter.event_type': [
    'Only deliveries of this event, or of a family such as `build.*`.',
    '只含此事件的投递，也可以是 `build.*` 这样的事件族。',
    'message.sent',
  ],
  'ListFamiliarDeliveriesParameter.start_date': [
    'Only deliveries created since then, inclusive: a day in UTC, or an instant.',
    '只含此时间（含）之后创建的投递：UTC 日期或时间点。',
    '2026-11-20',
  ],
  'ListFamiliarDeliveriesParameter.end_date': [
    'Only deliveries created until then, inclusive: a day in UTC, or an instant.',
    '只含此时间（含）之前创建的投递：UTC 日期或时间点。',
    '2026-11-21',
  ],
  'GetFamiliarStatisticsParameter.start_date': [
    'Where the time span begins: a day in UTC, or an instant. Its whole period counts.',
    '时间段的起点：UTC 日期或时间点，整个周期都计入。',
    '2026-11-20',
  ],
  'GetFamiliarStatisticsParameter.end_date': [
    'Where the time span ends: a day in UTC, or an instant. Its whole period counts.',
    '时间段的终点：UTC 日期或时间点，整个周期都计入。',
    '2026-11-21',
  ],
  lang: ['The language of titles and descriptions.', '标题和说明的语言。'],
  'Idempotency-Key': [
    'Repeated within 24 hours with the same body, the request is not done again: it is answered as the first one was, with `Idempotent-Replayed: true` and without secrets.',
    '24 小时内以相同的请求体重复时不会再次执行，返回首次的结果，带 `Idempotent-Replayed: true`，不含密钥。',
    'order-1042',
  ],
  'If-Match': ['The ETag of what is changed.', '所修改对象的 ETag。', '"3"'],
  'Last-Event-ID': ['The id of the last event seen.', '最后收到的事件 id。', '1795140251000-0'],
} satisfies FieldTexts;
