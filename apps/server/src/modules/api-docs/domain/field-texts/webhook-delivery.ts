/** Describes how a webhook delivers, its state, revisions and test sends. */
import { EMAIL, ID, TIME, type FieldTexts } from './field-text.js';

export const WEBHOOK_DELIVERY_TEXTS = {
  strategy: ['How the delays between attempts grow.', '重试间隔的增长方式。'],
  'retryPolicy.strategy': [
    'How the delays between attempts grow. Default: `schedule`.',
    '重试间隔的增长方式，默认 `schedule`。',
  ],
  'retryPolicy.maxAttempts': [
    'The most attempts of a delivery, the first one included.',
    '每次投递的最多尝试次数，含首次。',
    9,
  ],
  'RetryPolicy.maxAttempts': [
    'The most attempts of a delivery, the first one included.',
    '每次投递的最多尝试次数，含首次。',
    9,
  ],
  scheduleMs: [
    'With the strategy `schedule`, the delays before attempt 2, 3 and so on, in milliseconds. The last one repeats.',
    '策略为 `schedule` 时，第 2、3…次尝试之前的间隔，单位毫秒，最后一个会重复使用。',
    [5_000, 30_000, 120_000],
  ],
  initialDelayMs: [
    'The delay before the second attempt, in milliseconds. Default: 5 seconds.',
    '第二次尝试之前的间隔，单位毫秒，默认 5 秒。',
    5_000,
  ],
  maxDelayMs: [
    'The longest delay between attempts, in milliseconds. Default: 12 hours, or the longest of the schedule.',
    '重试间隔的上限，单位毫秒。默认 12 小时，或间隔表中最长的一个。',
    43_200_000,
  ],
  jitter: [
    'Whether each delay varies by up to 20 % in either direction. Default: on for `schedule` and `exponential`.',
    '每个间隔是否随机浮动（上下最多 20%）。`schedule` 和 `exponential` 默认开启。',
  ],
  retryOnStatus: [
    'If present, only answers with these HTTP statuses are tried again.',
    '如果给出，则只对这些 HTTP 状态码的响应重试。',
    [500, 502, 503],
  ],
  retryOnTimeout: [
    'Whether to try again when no answer came in time. Default: true.',
    '超时没有响应时是否重试，默认 true。',
  ],
  ordering: [
    'With `conversation`, the events of a conversation arrive strictly in the order in which they were accepted.',
    '`conversation` 表示同一会话的事件严格按接收顺序投递。',
  ],
  batch: [
    'How events are put together into one request. null: every event is sent alone.',
    '多个事件合并为一个请求的方式。null 表示每个事件单独发送。',
  ],
  maxEvents: ['A batch with this many events is sent at once.', '批量中的事件达到此数时立即发送。', 20],
  maxWaitMs: [
    'The longest time that a batch waits after its first event, in milliseconds.',
    '首个事件到达后批量最多等待的时间，单位毫秒。',
    1_000,
  ],
  format: [
    'The form of the body. `raw` is what the source sent, byte for byte.',
    '请求体的格式。`raw` 为来源发送的原始内容，逐字节不变。',
  ],
  signature: [
    'The signature that is sent in addition to the `X-App-*` headers.',
    '除 `X-App-*` 请求头之外附加的签名方式。',
  ],
  signaturePrefix: [
    'How the headers of the signature `body-hmac` begin, such as `X-App` in `X-App-Signature-256`.',
    '签名方式 `body-hmac` 的请求头前缀，例如 `X-App-Signature-256` 中的 `X-App`。',
    'X-App',
  ],
  rateLimitPerSecond: ['The most requests a second. 0: no limit.', '每秒最多请求数，0 表示不限。', 0],
  before: [
    'The events that the webhook decides about before they happen. null: none.',
    '由该回调在发生之前做决定的事件。null 表示没有。',
  ],
  'Before.events': [
    'The names of the events that the webhook decides about. Only one webhook of an app decides about an event.',
    '由该回调决定的事件名称。每个事件只由应用的一个回调决定。',
    ['message.sent'],
  ],
  'BeforeSettings.events': [
    'The names of the events that the webhook decides about. Only one webhook of an app decides about an event.',
    '由该回调决定的事件名称。每个事件只由应用的一个回调决定。',
    ['message.sent'],
  ],
  deadlineMs: [
    'How long the decision may take in all, in milliseconds.',
    '做出决定的总时限，单位毫秒。',
    1_500,
  ],
  onFailure: [
    'What is decided when the receiver does not decide in time or cannot.',
    '接收方未能及时做出决定时采用的结果。',
  ],
  health: [
    'How well the webhook works. `paused` means that the breaker is open after failures in a row.',
    '回调的健康状况。`paused` 表示连续失败后已熔断。',
  ],
  consecutiveFailures: ['Failed attempts since the last success.', '上次成功以来失败的尝试次数。', 0],
  disabledReason: [
    'Why the webhook is disabled: a person did it, the receiver answered 410, or it failed for days. null: it is enabled.',
    '回调停用的原因：由人停用、接收方返回 410，或连续多日失败。null 表示已启用。',
  ],
  pausedAt: [
    'Since when a person has paused the webhook, ISO 8601 in UTC. null: it is not paused by a person.',
    '被人暂停的时间，ISO 8601 UTC。null 表示没有被人暂停。',
    TIME,
  ],
  pausedBy: [
    'Who paused it: a member’s email, or `token:` and the name of an API token. null: it is not paused by a person.',
    '暂停者：成员邮箱，或 `token:` 加 API 令牌名称。null 表示没有被人暂停。',
    EMAIL,
  ],
  lastDeliveryAt: [
    'When the last attempt was made, ISO 8601 in UTC. null: never.',
    '最近一次投递的时间，ISO 8601 UTC。null 表示从未投递。',
    TIME,
  ],
  lastSuccessAt: [
    'When a delivery last succeeded, ISO 8601 in UTC. null: never.',
    '最近一次投递成功的时间，ISO 8601 UTC。null 表示从未成功。',
    TIME,
  ],
  'Webhook.revision': [
    'The revision of the settings, counted from 1: the ETag of answers, and what `If-Match` takes.',
    '设置的版本号，从 1 开始，即响应的 ETag，可用于 `If-Match`。',
    3,
  ],
  stats: ['The counts of all time, test sends left out.', '全部时间的统计，不含测试发送。'],
  'WebhookCounters.total': ['All deliveries, with any outcome.', '全部投递数，不论结果。', 1280],
  'WebhookCounters.attempts': [
    'Requests made for the deliveries; of a batch, one for each delivery in it.',
    '为这些投递发出的请求数，批量请求按其中的投递数计。',
    1300,
  ],
  'ListWebhooksAnswer.total': [
    'The number of webhooks that fit the filters, on all pages.',
    '符合筛选条件的回调总数，含所有页。',
    3,
  ],
  'WebhookState.waiting': [
    'Deliveries that wait for the webhook now, retries included.',
    '当前等待该回调的投递数，含重试。',
    8,
  ],
  'DisableWebhookRequest.waiting': [
    'What happens to waiting deliveries: they stay until the webhook is enabled again, or they are canceled.',
    '等待中的投递如何处理：保留到重新启用，或取消。',
  ],
  'SendWebhookDeliveriesNow.waiting': [
    'Deliveries that wait for the webhook. They go out as fast as its receiver accepts them.',
    '等待该回调的投递数，将以接收方能接受的速度发出。',
    8,
  ],
  'WebhookRevision.kind': [
    'What made the revision. `found`: the settings when revisions were introduced.',
    '版本的由来。`found` 表示引入版本记录时已有的设置。',
  ],
  'WebhookRevision.changes': [
    'What differs from the revision before. Empty unless the kind is `updated`.',
    '与前一版本的差异。类型不是 `updated` 时为空。',
  ],
  'WebhookRevision.changes.field': [
    'The name of the setting; one header is `headers.<name>`.',
    '设置的名称，单个请求头为 `headers.<name>`。',
    'timeoutMs',
  ],
  'WebhookRevision.changes.before': [
    'The value before. null: there was none.',
    '修改前的值。null 表示没有。',
    10_000,
  ],
  'WebhookRevision.changes.after': [
    'The value after. null: there is none.',
    '修改后的值。null 表示没有。',
    20_000,
  ],
  'WebhookRevision.settings': [
    'All settings from then on. Secrets are left out.',
    '此版本的全部设置，不含密钥。',
  ],
  'WebhookSettings.paused': ['Whether a person had paused the webhook.', '是否被人暂停。', false],
  'WebhookSettings.isSecretStaged': [
    'Whether a next secret waited to be activated.',
    '是否有新密钥等待启用。',
    false,
  ],
  'TestWebhookRequest.event': [
    'The event to send. Default: `test.ping`.',
    '要发送的事件，默认 `test.ping`。',
    'test.ping',
  ],
  'TestWebhookRequest.data': [
    'The data of the event, passed on as it is. Default: the example of the event type.',
    '事件数据，原样发送。默认使用事件类型的示例。',
    { text: 'Hello' },
  ],
  'TestWebhookAnswer.deliveryId': ['The id of the delivery in the log.', '日志中的投递 ID。', ID],
  'TestWebhookAnswer.status': ['What became of the test send.', '测试发送的结果。'],
} satisfies FieldTexts;
