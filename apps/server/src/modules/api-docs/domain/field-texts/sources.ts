/** Describes IM sources: settings, requests and messages. */
import { ID, TIME, type FieldTexts } from './field-text.js';

const TOKEN = '0123456789abcdef0123456789abcdef';
const WHOLE_URL = `https://hooks.example.com/in/openim/${TOKEN}`;
const SOURCE_URL = 'https://hooks.example.com/in/openim/****';

export const SOURCE_TEXTS = {
  'Source.kind': ['The kind of IM server.', 'IM 服务器的类型。'],
  'Source.name': ['The name of the IM source.', 'IM 来源的名称。', 'OpenIM production'],
  'Source.enabled': [
    'Whether the source takes requests. While it is off, they are rejected.',
    '来源是否接收请求。停用期间的请求会被拒绝。',
  ],
  'Source.url': [
    'The address that the IM server calls, with its token masked.',
    'IM 服务器调用的地址，令牌已脱敏。',
    SOURCE_URL,
  ],
  'CreatedSource.url': [
    'The whole address that the IM server calls. Only this answer and a reveal show it.',
    'IM 服务器调用的完整地址，仅在本次响应和查看时返回。',
    WHOLE_URL,
  ],
  'RevealSourceTokenAnswer.url': [
    'The whole address that the IM server calls.',
    'IM 服务器调用的完整地址。',
    WHOLE_URL,
  ],
  'StageSourceTokenAnswer.url': [
    'The address with the next token, which is accepted from now on beside the present one.',
    '使用新令牌的地址，从现在起与当前地址同时有效。',
    WHOLE_URL,
  ],
  'Source.token': ['The token in the address, masked.', '地址中的令牌，已脱敏。', '****'],
  'CreatedSource.token': [
    'The token in the address. Only this answer and a reveal show it.',
    '地址中的令牌，仅在本次响应和查看时返回。',
    TOKEN,
  ],
  'RevealSourceTokenAnswer.token': ['The token in the address.', '地址中的令牌。', TOKEN],
  'StageSourceTokenAnswer.token': ['The next token.', '新的令牌。', TOKEN],
  tokenRotation: ['The state of the rotation of the token.', '令牌轮换的状态。'],
  'Source.settings': ['The settings of this kind of IM server.', '此类 IM 服务器的设置。'],
  'UpdateSourceRequest.settings': [
    'The settings that change, as for creating a source of this kind. Others stay.',
    '要修改的设置，格式与创建时相同，其余保持不变。',
    { version: '3.8' },
  ],
  'settings.version': ['The version of the IM server.', 'IM 服务器的版本。'],
  'SourceSettings.version': ['The version of the IM server.', 'IM 服务器的版本。', 'main'],
  grpcAuthority: [
    'WuKongIM version 2 only: the `grpcAddr` that the server is given, by which its calls are told apart. null: none.',
    '仅 WuKongIM v2：服务器配置的 `grpcAddr`，用于区分其调用。null 表示没有。',
    'hooks.example.com:6979',
  ],
  address: [
    'DooTask only: where DooTask itself is reached, to send messages as the bot. null: not set.',
    '仅 DooTask：DooTask 自身的地址，用于以机器人身份发送消息。null 表示未设置。',
    'https://dootask.example.com',
  ],
  botToken: [
    'DooTask only: the token of the bot. null removes it, absent or empty leaves it as it is. It is never returned.',
    '仅 DooTask：机器人的令牌。null 则移除，不填或空保持不变。不再返回。',
    'the token of the bot',
  ],
  botId: [
    'DooTask only: the user id of the bot. null: not set.',
    '仅 DooTask：机器人的用户 ID。null 表示未设置。',
    '1001',
  ],
  hasBotToken: ['DooTask only: whether there is a token of the bot.', '仅 DooTask：是否有机器人的令牌。'],
  sdkAppId: [
    'Tencent IM only: requests of another SDKAppID are rejected. null: any is accepted.',
    '仅腾讯 IM：拒绝其他 SDKAppID 的请求。null 表示不限。',
    '1400000001',
  ],
  authToken: [
    'Tencent IM only: the token of the callback authentication. null accepts requests without a signature, absent or empty leaves it as it is. It is never returned.',
    '仅腾讯 IM：回调鉴权 Token。null 表示接受不带签名的请求，不填或空保持不变。不再返回。',
    'the token of the console',
  ],
  hasAuthToken: ['Tencent IM only: whether requests have to be signed.', '仅腾讯 IM：请求是否必须签名。'],
  allowedCidrs: [
    'The addresses that may send, as CIDRs. Empty: any.',
    '允许的发送方地址，CIDR 形式。空表示不限。',
    ['10.0.0.0/8'],
  ],
  lastReceivedAt: [
    'When the last request came, ISO 8601 in UTC. null: none came.',
    '最近一次收到请求的时间，ISO 8601 UTC。null 表示没有收到过。',
    TIME,
  ],
  counters: [
    'The requests of the last 24 hours, by what became of them.',
    '最近 24 小时的请求数，按结果统计。',
  ],
  hours: ['The requests of each of the last 24 hours.', '最近 24 小时每小时的请求数。'],
  received: ['All requests.', '全部请求数。', 1280],
  'SourceCounters.accepted': [
    'Requests that were stored as events, or answered by a before-callback.',
    '已存为事件或由前置回调应答的请求数。',
    1270,
  ],
  'SourceCounters.rejected': [
    'Requests that were refused, such as for the address of their sender or a wrong signature.',
    '被拒绝的请求数，例如发送方地址不符或签名错误。',
    0,
  ],
  notUnderstood: [
    'Requests that could not be read, or have no mapping.',
    '无法解析或没有对应事件的请求数。',
    10,
  ],
  'SourceCounters.failed': ['Requests that could not be stored.', '未能存储的请求数。', 0],
  'SourceHours.from': [
    'When the first hour begins, ISO 8601 in UTC. The last one ends now.',
    '第一个小时的起点，ISO 8601 UTC，最后一个小时截至当前。',
    TIME,
  ],
  'SourceHours.accepted': [
    'Accepted requests of each hour, the oldest first.',
    '每小时已接收的请求数，最早的在前。',
    [52, 48, 60],
  ],
  notAccepted: [
    'Requests of each hour that were rejected, not understood or not stored, the oldest first.',
    '每小时被拒绝、无法识别或未能存储的请求数，最早的在前。',
    [0, 1, 0],
  ],
  method: ['The HTTP method.', 'HTTP 方法。', 'POST'],
  path: [
    'The path after the token, with the query.',
    '令牌之后的路径，含查询参数。',
    '/callbackAfterSendSingleMsgCommand',
  ],
  'SourceRequest.headers': [
    'The headers of the request, with tokens masked.',
    '请求头，令牌已脱敏。',
    { 'content-type': 'application/json' },
  ],
  body: [
    'The beginning of the body, as text or in base64.',
    '请求体的开头部分，文本或 base64。',
    '{"event":"message.sent"}',
  ],
  isBase64: [
    'Whether `body` is in base64, since it is not UTF-8.',
    '`body` 是否为 base64（内容不是 UTF-8 时）。',
    false,
  ],
  bodyBytes: ['The length of the whole body in bytes.', '完整请求体的字节数。', 412],
  isBodyTruncated: ['Whether `body` is only the beginning.', '`body` 是否只是开头部分。', false],
  'Source.outcome': [
    'What became of the request: stored or answered, not understood, rejected, or not stored.',
    '请求的结果：已接收、无法识别、被拒绝，或未能存储。',
  ],
  command: [
    'The command or event of the IM server that the request is about. null: none could be read.',
    '请求对应的 IM 服务器命令或事件。null 表示未能识别。',
    'callbackAfterSendSingleMsgCommand',
  ],
  'TestSourceRequest.command': [
    'The command or event of the IM server to play. Absent: a message.',
    '要模拟的 IM 服务器命令或事件，不填时为消息。',
    'callbackAfterSendSingleMsgCommand',
  ],
  'Source.detail': [
    'What the request became, or why it was not accepted, in English.',
    '请求被转换为什么，或为何未被接收，英文。',
    'Stored as message.sent',
  ],
  'TestedSource.detail': [
    'What the request became, or why it was not accepted, in English.',
    '请求被转换为什么，或为何未被接收，英文。',
    'Stored as message.sent',
  ],
  answerStatus: [
    'The HTTP status that the sender was answered. null: nothing was answered.',
    '返回给发送方的 HTTP 状态码。null 表示没有应答。',
    200,
  ],
  answerBody: ['The body that the sender was answered.', '返回给发送方的响应体。', '{"actionCode":0}'],
  'SourceRequest.durationMs': ['How long answering took, in milliseconds.', '应答耗时，单位毫秒。', 6.2],
  'SourceSnippet.version': [
    'The version of the IM server that the snippet is for.',
    '配置片段适用的 IM 服务器版本。',
    'main',
  ],
  versions: ['The versions with a snippet.', '有配置片段的版本。', ['main', '3.8', '3.7']],
  file: [
    'The file to put it in, or the field in the console of the vendor.',
    '应放入的配置文件，或厂商控制台中的字段。',
    'config/webhooks.yml',
  ],
  'SourceSnippet.language': ['The language of the snippet.', '配置片段的语言。'],
  snippet: [
    'What to paste into the configuration of the IM server. It contains the token.',
    '粘贴到 IM 服务器配置中的内容，含令牌。',
    `url: "${WHOLE_URL}"\n`,
  ],
  notes: ['What has to be done for it to take effect.', '使其生效所需的操作。'],
  'CheckSourceConfigRequest.text': [
    'The whole configuration file of the IM server.',
    'IM 服务器的完整配置文件。',
    `url: "${WHOLE_URL}"\n`,
  ],
  'CheckSourceConfigAnswer.findings': ['What is right and wrong in the file.', '文件中的检查结果。'],
  'ConfigFinding.severity': ['Whether it is an error, a warning, or right.', '错误、警告，或正确。'],
  line: [
    'The line of the file, counted from 1. null: the file as a whole.',
    '文件中的行号，从 1 开始。null 表示整个文件。',
    12,
  ],
  'ConfigFinding.message': ['What was found, in both languages.', '检查结果，中英文。'],
  dialogId: ['The id of the dialog in DooTask.', 'DooTask 的会话 ID。', '42'],
  'SendSourceMessageRequest.text': ['The text of the message.', '消息文本。', 'Your order was shipped.'],
  textType: ['The form of the text, HTML or Markdown.', '文本的格式，HTML 或 Markdown。', 'md'],
  'SendSourceMessageRequest.key': [
    'A keyword by which the message is found in a search.',
    '用于搜索该消息的关键词。',
    'order-1042',
  ],
  silence: ['Whether to send without a notification.', '是否静默发送，不提醒。', false],
  replyTo: ['The id of the message that is answered.', '被回复的消息 ID。', '530117'],
  'SourceMessage.messageId': ['The id of the message.', '消息 ID。', ID],
  'SourceMessage.state': ['Whether the message waits, was sent, or failed.', '消息等待中、已发送，或失败。'],
  'SourceMessage.origin': [
    'Where it comes from: the answer of a receiver, or this API.',
    '消息的来源：接收方的响应，或本 API。',
  ],
  'SourceMessage.deliveryId': [
    'The delivery whose answer asked for it. null: the API did.',
    '由哪条投递的响应触发。null 表示由 API 触发。',
    ID,
  ],
  'SourceMessage.error': [
    'Why it failed. null: it did not.',
    '失败原因。null 表示没有失败。',
    'DooTask answered: the bot is not in this dialog',
  ],
} satisfies FieldTexts;
