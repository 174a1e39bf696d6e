/** Describes deliveries, their attempts and redeliveries. */
import { ID, LATER, MESSAGE, TIME, type FieldTexts } from './field-text.js';

export const DELIVERY_TEXTS = {
  'Delivery.eventId': ['The id of the event that is delivered.', '所投递事件的 ID。', ID],
  'Delivery.event': ['The name of the event that is delivered.', '所投递事件的名称。', 'message.sent'],
  'Delivery.kind': [
    'Why the delivery was made: an event, a test send, a redelivery, or a question before an event.',
    '投递的类型：事件、测试发送、重新投递，或事件发生前的询问。',
  ],
  'deliveries.kind': [
    'Why the delivery was made: an event, a test send, a redelivery, or a question before an event.',
    '投递的类型：事件、测试发送、重新投递，或事件发生前的询问。',
  ],
  'Delivery.status': ['What became of the delivery.', '投递的状态。'],
  'deliveries.status': ['What became of the delivery.', '投递的状态。'],
  'Delivery.createdAt': [
    'When the delivery was created, ISO 8601 in UTC.',
    '投递的创建时间，ISO 8601 UTC。',
    TIME,
  ],
  phase: [
    'Of a pending delivery: whether it waits for its first attempt, for a retry, or is held. null: it is not pending.',
    '等待中的投递所处的阶段：等待首次尝试、等待重试，或被保持。null 表示不在等待中。',
  ],
  heldBy: [
    'Who holds the delivery: a person who paused or disabled something, or the breaker. null: it is not held.',
    '投递被谁保持：人为暂停或停用，或熔断。null 表示没有被保持。',
  ],
  'Delivery.nextAttemptAt': [
    'When the next attempt is due unless the delivery is held, ISO 8601 in UTC. null: it is not pending.',
    '下次尝试的时间，除非投递被保持，ISO 8601 UTC。null 表示不在等待中。',
    TIME,
  ],
  'Delivery.responseStatus': [
    'The HTTP status that answered the last attempt. null: no answer came.',
    '最后一次尝试的 HTTP 状态码。null 表示没有收到响应。',
    200,
  ],
  errorClass: [
    'Why the last attempt failed. null: it did not fail.',
    '最后一次尝试的失败类别。null 表示没有失败。',
  ],
  'Attempt.errorClass': [
    'Why the attempt failed. null: it did not fail.',
    '该次尝试的失败类别。null 表示没有失败。',
  ],
  'attemptLog.errorClass': [
    'Why the attempt failed. null: it did not fail.',
    '该次尝试的失败类别。null 表示没有失败。',
  ],
  'Delivery.durationMs': [
    'How long the last attempt took, in milliseconds. null: there was none.',
    '最后一次尝试的耗时，单位毫秒。null 表示还没有尝试。',
    42.5,
  ],
  cancelReason: [
    'Why the delivery was canceled. null: it was not, or the reason was not recorded.',
    '投递被取消的原因。null 表示没有取消，或没有记录原因。',
  ],
  decision: [
    'What was decided about the event. null: the delivery is no before-callback.',
    '对事件的决定。null 表示不是前置回调。',
  ],
  decidedBy: [
    'Who decided: the receiver, or the policy of the webhook for one of the other reasons. null: the delivery is no before-callback.',
    '决定者：接收方，或因其他原因由回调的策略决定。null 表示不是前置回调。',
  ],
  receiverId: [
    'The user that the payload names as `receiverId`.',
    '事件数据中 `receiverId` 指明的用户。',
    'u10086',
  ],
  'DeliveryDetail.url': [
    'The URL of the webhook now. Attempts were sent to the URL of their time.',
    '回调当前的 URL，历次尝试使用当时的 URL。',
    'https://im.example.com/callbacks',
  ],
  receivedFrom: [
    'Who sent the event. null: the event is no longer kept.',
    '事件的提交者。null 表示事件已不再保留。',
  ],
  isPayloadKept: [
    'Whether the payload is still kept. If not, `payload` and `requestBody` are null.',
    '事件数据是否仍保留。不保留时 `payload` 和 `requestBody` 为 null。',
  ],
  isContentMasked: [
    'Whether message content is masked, as it is for support until it is revealed.',
    '消息内容是否已脱敏。对客服默认脱敏，直到查看原文。',
    false,
  ],
  payload: [
    'The payload of the event exactly as it was received. null: it is no longer kept.',
    '事件数据，与收到时完全一致。null 表示已不再保留。',
    MESSAGE,
  ],
  requestBody: [
    'The body of the last request, byte for byte as it was signed and sent. null: none is kept.',
    '最后一次请求的请求体，与签名和发送时逐字节一致。null 表示没有保留。',
    '{"event":"message.sent","data":{}}',
  ],
  attemptLog: ['The attempts in their order.', '按顺序排列的各次尝试。'],
  attempt: ['The number of the attempt, counted from 1.', '第几次尝试，从 1 开始。', 1],
  'Attempt.startedAt': [
    'When the attempt began, ISO 8601 in UTC.',
    '该次尝试的开始时间，ISO 8601 UTC。',
    TIME,
  ],
  'Attempt.durationMs': ['How long the attempt took, in milliseconds.', '该次尝试的耗时，单位毫秒。', 42.5],
  'attemptLog.startedAt': [
    'When the attempt began, ISO 8601 in UTC.',
    '该次尝试的开始时间，ISO 8601 UTC。',
    TIME,
  ],
  'attemptLog.durationMs': [
    'How long the attempt took, in milliseconds.',
    '该次尝试的耗时，单位毫秒。',
    42.5,
  ],
  phases: [
    'How long each phase took. A connection that was kept alive has no DNS, connect and TLS phase.',
    '各阶段的耗时。复用的连接没有 DNS、连接和 TLS 阶段。',
  ],
  dnsMs: [
    'Looking up the address, in milliseconds. null: it did not happen.',
    '域名解析耗时，单位毫秒。null 表示没有发生。',
    3.1,
  ],
  connectMs: [
    'Connecting, in milliseconds. null: it did not happen.',
    '建立连接耗时，单位毫秒。null 表示没有发生。',
    8.4,
  ],
  tlsMs: [
    'The TLS handshake, in milliseconds. null: it did not happen.',
    'TLS 握手耗时，单位毫秒。null 表示没有发生。',
    14.2,
  ],
  firstByteMs: [
    'From the request to the first byte of the answer, in milliseconds. null: it did not happen.',
    '从发出请求到收到首字节的耗时，单位毫秒。null 表示没有发生。',
    16.8,
  ],
  requestHeaders: [
    'The request headers as sent. Values that look like credentials are masked.',
    '发送的请求头，疑似凭据的值已脱敏。',
    { 'Content-Type': 'application/json' },
  ],
  responseHeaders: [
    'The headers of the answer. null: no answer came.',
    '响应头。null 表示没有收到响应。',
    { 'content-type': 'text/plain' },
  ],
  isResponseTruncated: [
    'Whether the kept body is only the beginning of the answer.',
    '保存的响应体是否只是开头部分。',
    false,
  ],
  diagnosis: ['Why it failed and what helps. null: it succeeded.', '失败的原因和处理建议。null 表示成功。'],
  cause: ['What happened.', '发生了什么。'],
  advice: ['What to do about it. null: nothing.', '处理建议。null 表示无需处理。'],
  isSplit: [
    'Whether a batch was refused as a whole and sent again in halves. Such an attempt does not count.',
    '批量请求是否整体被拒绝并拆成两半重发，这样的尝试不计数。',
    false,
  ],
  'Redelivered.accepted': [
    'The number of new deliveries, one for each callback.',
    '新投递数，每个回调一条。',
    12,
  ],
  'Redelivered.skipped': [
    'The number of deliveries that are not repeated, such as those that wait already or whose payload is no longer kept.',
    '没有重新投递的数量，例如仍在等待或事件数据已不再保留的。',
    0,
  ],
  deliveryIds: [
    'The deliveries to repeat, at most 200. Give these or `filter`.',
    '要重新投递的投递 ID，最多 200 个，与 `filter` 二选一。',
    [ID],
  ],
  filter: [
    'The deliveries to repeat, as the list filters them; at most 1,000 may match. Give this or `deliveryIds`.',
    '按列表的筛选条件重新投递，最多匹配 1000 条，与 `deliveryIds` 二选一。',
  ],
  'RedeliverFilter.status': ['Only deliveries with this status.', '只含此状态的投递。', 'failed'],
  'RedeliverFilter.phase': [
    'Only pending deliveries in this phase. `problem`: those that failed, are retried or are held.',
    '只含处于此阶段的等待中投递。`problem` 指失败、等待重试或被保持的。',
  ],
  'RedeliverFilter.event': [
    'Only deliveries of this event, or of a family such as `message.*`.',
    '只含此事件的投递，也可以是 `message.*` 这样的事件族。',
    'message.sent',
  ],
  'RedeliverFilter.kind': ['Only deliveries of this kind.', '只含此类型的投递。'],
  'RedeliverFilter.responseStatus': [
    'Only deliveries whose last answer had this HTTP status.',
    '只含最后响应为此 HTTP 状态码的投递。',
    500,
  ],
  'RedeliverFilter.errorClass': ['Only deliveries that failed for this reason.', '只含因此类别失败的投递。'],
  'RedeliverFilter.from': [
    'Only deliveries created since then, inclusive, ISO 8601.',
    '只含此时间（含）之后创建的投递，ISO 8601。',
    TIME,
  ],
  'RedeliverFilter.to': [
    'Only deliveries created before, exclusive, ISO 8601.',
    '只含此时间（不含）之前创建的投递，ISO 8601。',
    LATER,
  ],
  'RedeliverFilter.callbackId': ['Only deliveries of this callback.', '只含此回调 ID 的投递。', ID],
  'RedeliverFilter.eventId': ['Only deliveries of the event with this id.', '只含此 ID 的事件的投递。', ID],
  'RedeliverFilter.messageId': [
    'Only deliveries of events of this message.',
    '只含此消息的事件的投递。',
    'msg-530117',
  ],
  'RedeliverFilter.conversationId': [
    'Only deliveries of events of this conversation.',
    '只含此会话的事件的投递。',
    'group-8842',
  ],
  'RedeliverFilter.userId': [
    'Only deliveries of events that name this user in any role.',
    '只含涉及此用户的事件的投递，不论角色。',
    'u10086',
  ],
  'RedeliverFilter.sourceId': [
    'Only deliveries of events that this IM source sent.',
    '只含此 IM 来源所发事件的投递。',
    ID,
  ],
  'RedeliverFilter.originalDeliveryId': ['Only redeliveries of this delivery.', '只含此投递的重新投递。', ID],
  'RedeliverFilter.webhookId': ['Only deliveries to this webhook.', '只含发往此回调的投递。', ID],
  q: [
    'A whole id, or at least three letters of the name of an event or error class.',
    '完整的 ID，或事件名、失败类别的至少三个字母。',
    'message.sent',
  ],
} satisfies FieldTexts;
