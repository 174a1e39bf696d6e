/** Describes events. */
import { ID, MESSAGE, TIME, type FieldTexts } from './field-text.js';

export const EVENT_TEXTS = {
  'SubmitEventRequest.id': [
    'Your own id of the event. A repetition with the same id and content gets the first answer again.',
    '您自己的事件 ID。以相同 ID 和内容重复提交时返回首次的结果。',
    'order-1042-paid',
  ],
  'SubmitEventRequest.event': ['The name of the event.', '事件名称。', 'message.sent'],
  'SubmitEventRequest.timestamp': [
    'When it happened, ISO 8601. Absent: when it is received.',
    '事件发生时间，ISO 8601。不填时为收到的时间。',
    TIME,
  ],
  'SubmitEventRequest.conversationId': [
    'The conversation by which events are ordered. Absent: `data.conversationId`, if there is one.',
    '事件排序所依据的会话。不填时取 `data.conversationId`（如有）。',
    'group-8842',
  ],
  'SubmitEventRequest.data': [
    'The payload. It has to fit the schema of the event type; further fields are kept and delivered.',
    '事件数据，须符合事件类型的 Schema，其他字段会保留并投递。',
    MESSAGE,
  ],
  'SubmitEventsRequest.events': [
    'The events, at most 1,000, each as for a single one. One bad event does not stop the others.',
    '事件列表，最多 1000 个，格式与单个提交相同。个别错误不影响其他事件。',
    [{ event: 'message.sent', data: MESSAGE }],
  ],
  'IngestedEvent.deliveries': [
    'The number of deliveries that were planned, one for each webhook that wants the event.',
    '计划的投递数，每个需要该事件的回调一条。',
    2,
  ],
  'SubmitEvents.deliveries': [
    'The number of deliveries that were planned, one for each webhook that wants the event.',
    '计划的投递数，每个需要该事件的回调一条。',
    2,
  ],
  duplicate: [
    'Whether the event was accepted before. Nothing new was planned then.',
    '该事件此前是否已接收过，如是则没有新的投递。',
    false,
  ],
  'SubmitEventsAnswer.accepted': ['The number of events that were accepted.', '已接收的事件数。', 2],
  'SubmitEventsAnswer.rejected': ['The number of events that were refused.', '被拒绝的事件数。', 0],
  'data.errorsTruncated': [
    'There are more faults than the results name: at most 20 of an event, 100 in all.',
    '错误多于结果中列出的数量：每个事件最多 20 个，总共 100 个。',
  ],
  results: [
    'What became of each event, in the order of the request.',
    '每个事件的结果，与请求中的顺序一致。',
  ],
  index: ['The position of the event in the request, counted from 0.', '事件在请求中的位置，从 0 开始。', 0],
  'SubmitEvents.status': [
    'The HTTP status that a single request with this event would have got.',
    '单独提交该事件时会得到的 HTTP 状态码。',
    422,
  ],
  'SubmitEvents.error': ['Why the event was refused.', '该事件被拒绝的原因。'],
  'error.type': [
    'A URI that names the kind of problem, with its error code.',
    '表示问题类型的 URI，含错误码。',
    'urn:im-callback:problem:invalid_input',
  ],
  'error.title': ['The kind of problem in a few words.', '问题类型的简短说明。', 'Invalid input'],
  'error.status': ['The HTTP status of the problem.', '该问题的 HTTP 状态码。', 422],
  'error.detail': [
    'What is wrong with the event, in English.',
    '事件的具体问题，英文。',
    '/data/messageId is required',
  ],
  'error.code': [
    'The error code. It is stable: clients may branch on it.',
    '错误码，稳定不变，客户端可以据此分支。',
    'invalid_input',
  ],
  'error.message': [
    'The same as `detail`, only below `/api/webhooks`.',
    '与 `detail` 相同，仅出现在 `/api/webhooks` 之下。',
    '/data/messageId is required',
  ],
  userIds: [
    'The users that the event names in any role, at most 100.',
    '事件涉及的用户，不论角色，最多 100 个。',
    ['u10086', 'u10233'],
  ],
  'EventDetail.deliveries': [
    'What became of the event, one entry for each webhook.',
    '事件的投递结果，每个回调一项。',
  ],
  'EventDelivery.deliveryId': [
    'The id of the newest delivery, which the other fields are about.',
    '最新一条投递的 ID，其他字段均指这条投递。',
    ID,
  ],
  'EventDelivery.deliveries': [
    'The number of deliveries of the event to this webhook, redeliveries included.',
    '该事件发往此回调的投递数，含重新投递。',
    1,
  ],
  'ReceivedFrom.kind': [
    'Who sent the event: a person, an API token, an app signature, an IM source, or a test send.',
    '事件的提交方式：成员、API 令牌、应用签名、IM 来源，或测试发送。',
  ],
  'ReceivedFrom.name': [
    'The person’s email, or the name of the token, app or source. null: not known.',
    '成员邮箱，或令牌、应用、来源的名称。null 表示未知。',
    'OpenIM production',
  ],
  'ReceivedFrom.sourceId': [
    'The id of the IM source. Only an event of a source has it.',
    'IM 来源 ID，仅来源提交的事件有。',
    ID,
  ],
  isSourceDeleted: [
    'Whether the IM source was deleted. Its name is the last one it had.',
    'IM 来源是否已删除，名称为其最后的名称。',
    false,
  ],
} satisfies FieldTexts;
