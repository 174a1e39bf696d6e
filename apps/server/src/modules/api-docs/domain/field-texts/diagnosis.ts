/** Describes traces, explained signatures and check-ups of receivers. */
import { APP_KEY, EMAIL, ID, LATER, SECRET, TIME, type FieldTexts } from './field-text.js';

export const DIAGNOSIS_TEXTS = {
  'TracedEvent.webhooks': [
    'What became of the event, for each webhook of the app.',
    '事件对应用的每个回调的结果。',
  ],
  isEventKept: [
    'Whether the event is still kept. If not, only its deliveries are.',
    '事件是否仍保留。不保留时只有投递记录。',
  ],
  repetitions: [
    'Other events of the same name for the same message, received under another id.',
    '同一消息的同名事件，以其他 ID 重复收到。',
  ],
  'TracedEvent.url': [
    'The URL of the webhook, masked for support and portal links.',
    '回调的 URL，对客服和门户链接脱敏。',
    'https://im.example.com/callbacks',
  ],
  'webhooks.outcome': ['What became of the event for this webhook.', '事件对该回调的结果。'],
  answer: ['The outcome in plain words.', '结果的文字说明。'],
  'webhooks.decidedBy': [
    'The setting that decided, as it was when the event came. null: none did.',
    '事件到达时起决定作用的设置。null 表示没有。',
  ],
  next: [
    'What happens next without anybody’s doing. null: nothing.',
    '接下来会自动发生什么。null 表示什么也不会发生。',
  ],
  'webhooks.deliveries': ['The deliveries of the event to this webhook.', '事件发往该回调的投递。'],
  'webhooks.deliveries.originalDeliveryId': [
    'The delivery that this one repeats. null: it is no redelivery.',
    '被重新投递的原投递 ID。null 表示不是重新投递。',
    ID,
  ],
  'TracePage.reason': ['Why nothing was found. null: something was.', '没有找到的原因。null 表示找到了。'],
  'TracePageReason.code': [
    'Whether it was never received, is no longer kept, or cannot be told.',
    '从未收到、已不再保留，或无法判断。',
  ],
  'TracePageReason.text': ['The reason in plain words.', '原因的文字说明。'],
  'DecidedBy.field': ['The setting.', '设置的名称。'],
  'DecidedBy.value': [
    'Its value then: the events that the webhook wanted, or whether it was enabled.',
    '当时的值：回调订阅的事件，或是否启用。',
    ['group.*'],
  ],
  'DecidedBy.revision': ['The revision of the settings.', '设置的版本号。', 3],
  'DecidedBy.by': ['Who set it so.', '设置者。', EMAIL],
  since: ['Since when it was set so, ISO 8601 in UTC.', '从何时起如此设置，ISO 8601 UTC。', TIME],
  what: [
    'Whether an attempt, the probe of an open breaker, or its turn in the conversation comes next.',
    '接下来是尝试、熔断中的探测，还是等待会话中的次序。',
  ],
  'Next.at': [
    'When, ISO 8601 in UTC. null: after what it waits for.',
    '时间，ISO 8601 UTC。null 表示在所等待的事项之后。',
    LATER,
  ],
  behindDeliveryId: [
    'The delivery of the same conversation that has to end first. null: none.',
    '同一会话中须先结束的投递。null 表示没有。',
    ID,
  ],
  'Next.text': ['What happens next in plain words.', '接下来发生什么的文字说明。'],

  'ExplainSignatureRequest.headers': [
    'The headers of the request as received. Those without a part in the signature are ignored.',
    '收到的请求头，与签名无关的会忽略。',
    { 'X-App-Key': APP_KEY, 'X-App-Timestamp': '1795140251000' },
  ],
  'ExplainSignatureRequest.body': [
    'The body of the request as received, byte for byte.',
    '收到的请求体，逐字节一致。',
    '{"event":"message.sent"}',
  ],
  bodyEncoding: [
    'How `body` is written. Use `base64` to be sure that no byte is changed.',
    '`body` 的编码方式。`base64` 可确保内容不被改动。',
  ],
  'ExplainSignatureRequest.secret': [
    'The key that the verifier or signer uses. Absent: the secrets of the app and its webhooks are tried.',
    '验签方或签名方使用的密钥。不填时尝试应用及其回调的密钥。',
    SECRET,
  ],
  schemes: ['An explanation for each kind of signature whose headers came.', '对出现的每种签名方式的解释。'],
  scheme: ['The kind of signature.', '签名方式。'],
  verdict: [
    'Whether the signature is valid. `incomplete`: headers are missing.',
    '签名是否有效。`incomplete` 表示缺少请求头。',
  ],
  summary: ['The verdict in plain words.', '结论的文字说明。'],
  canonicalString: [
    'What is signed, as the service computes it. null: it cannot be computed.',
    '服务计算出的待签名内容。null 表示无法计算。',
    `${APP_KEY}\n1795140251000\n0123456789abcdef0123456789abcdef\n${'ab'.repeat(32)}`,
  ],
  expectedSignature: [
    'The signature as it has to be, only with a given secret. null: it is not told.',
    '正确的签名，仅在给出密钥时返回。null 表示不返回。',
    'ab'.repeat(32),
  ],
  fittingKey: [
    'The key that fits, by its name. null: none does.',
    '匹配的密钥的名称。null 表示没有匹配的密钥。',
  ],
  clockOffsetMs: [
    'How far the timestamp is ahead of the clock of the service, in milliseconds. null: there is no timestamp.',
    '时间戳比服务时钟快多少，单位毫秒。null 表示没有时间戳。',
    -1_200,
  ],
  parts: ['The parts of the signature.', '签名的各个部分。'],
  part: ['The part of the signature.', '签名的组成部分。'],
  'parts.status': ['Whether the part is right.', '该部分是否正确。'],
  'parts.value': [
    'What came in the header; of the body its SHA-256, of the key its name. null: nothing came.',
    '请求头中的值；请求体为其 SHA-256，密钥为其名称。null 表示没有。',
    '1795140251000',
  ],
  findings: ['What was noticed.', '发现的问题。'],
  'findings.code': ['What kind of finding it is.', '问题的类型。'],
  'findings.text': ['The finding in plain words.', '问题的文字说明。'],
  owner: [
    'Whose key it is: the one that was given, the app’s, or a webhook’s.',
    '密钥的所有者：给出的、应用的，或回调的。',
  ],
  'FittingKey.role': [
    'Which of the secrets it is during a rotation. null: it is the given one.',
    '轮换期间属于哪个密钥。null 表示是给出的密钥。',
  ],
  'FittingKey.webhookId': [
    'The webhook to which it belongs. null: it belongs to none.',
    '所属的回调。null 表示不属于回调。',
    ID,
  ],
  'FittingKey.name': [
    'The name of the app or webhook to which it belongs.',
    '所属应用或回调的名称。',
    'Orders',
  ],

  score: [
    'From 0 to 100: the points of what passed, of all that could be judged.',
    '0 到 100 分：通过项目的得分占可评判项目的比例。',
    95,
  ],
  'Checkup.startedAt': ['When the check-up began, ISO 8601 in UTC.', '体检开始的时间，ISO 8601 UTC。', TIME],
  'Checkup.durationMs': ['How long the check-up took, in milliseconds.', '体检耗时，单位毫秒。', 1_840.2],
  checks: ['The checks in the order of the score card.', '各项检查，按评分表的顺序。'],
  check: ['The check.', '检查项目。'],
  'checks.status': ['How it went. `skipped`: it could not be judged.', '检查结果。`skipped` 表示无法评判。'],
  'checks.title': ['What was checked.', '检查的内容。'],
  'checks.detail': ['What was seen.', '观察到的情况。'],
  'checks.durationMs': [
    'How long the receiver took, in milliseconds. null: nothing was sent.',
    '接收方的耗时，单位毫秒。null 表示没有发送。',
    38.1,
  ],
} satisfies FieldTexts;
