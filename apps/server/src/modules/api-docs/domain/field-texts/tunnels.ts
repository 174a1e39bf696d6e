/** Describes tunnels and the built-in test receiver. */
import { CALLBACK_URL, ID, LATER, SECRET, type FieldTexts } from './field-text.js';

export const TUNNEL_TEXTS = {
  'Tunnel.name': [
    'The name of the temporary webhook. Default: `Tunnel` and who opened it.',
    '临时回调的名称，默认为 `Tunnel` 加创建者。',
    'Tunnel of ops@example.com',
  ],
  'Tunnel.webhookId': [
    'The id of the temporary webhook, which is deleted with the tunnel.',
    '临时回调的 ID，随隧道一起删除。',
    ID,
  ],
  'CreatedTunnel.secret': [
    'The secret that signs the requests. Only this answer shows it.',
    '对请求签名的密钥，仅在本次响应中返回。',
    SECRET,
  ],
  'CreatedTunnel.expiresAt': [
    'When the tunnel is deleted unless a client connects, ISO 8601 in UTC.',
    '没有客户端连接时隧道的删除时间，ISO 8601 UTC。',
    LATER,
  ],
  'AnswerTunnelRequest.status': [
    'The HTTP status that counts as the answer of the receiver.',
    '作为接收方响应的 HTTP 状态码。',
    200,
  ],
  'AnswerTunnelRequest.headers': [
    'The response headers by name.',
    '响应头，以名称为键。',
    { 'Content-Type': 'text/plain' },
  ],
  'AnswerTunnelRequest.body': [
    'The body of the answer in base64, of 64 KiB at most.',
    'base64 编码的响应体，最多 64 KiB。',
    'T0s=',
  ],

  'TestReceiver.url': [
    'The address to use as the URL of a webhook, masked for support. null: it is not created yet.',
    '可用作回调 URL 的地址，对客服脱敏。null 表示尚未创建。',
    CALLBACK_URL,
  ],
  mode: [
    'What it answers: 200 or 401 by the signature, 500, nothing until the timeout, or no connection at all.',
    '应答方式：按签名返回 200 或 401、返回 500、直到超时不应答，或拒绝连接。',
  ],
  'TestReceiver.requests': [
    'The last requests, at most 50, the newest first.',
    '最近的请求，最多 50 个，最新的在前。',
  ],
  'TestReceiverRequest.headers': [
    'The headers of the request. Credentials are masked.',
    '请求头，凭据已脱敏。',
    { 'content-type': 'application/json' },
  ],
  isSignatureValid: ['Whether the signature is valid.', '签名是否有效。'],
  signatureScheme: ['The kind of signature that was checked.', '所检查的签名方式。'],
  signatureFault: ['Why the signature is not valid. null: it is valid.', '签名无效的原因。null 表示有效。'],
  'TestReceiverRequest.webhookId': [
    'The webhook whose settings decided about the signature. null: the secret of the app alone.',
    '决定签名检查方式的回调。null 表示只用应用的密钥。',
    ID,
  ],
  isFromOutside: [
    'Whether it came over the network, such as from curl, and not from a delivery.',
    '是否来自外部网络（例如 curl），而不是投递。',
    false,
  ],
} satisfies FieldTexts;
