import { answerTunnelRequestSchema, createdTunnelSchema, createTunnelRequestSchema } from '../api/tunnels.js';
import { ADMIN_AND_DEVELOPER, defineRoute, singleOf } from './route.js';

const path = '/apps/{appKey}/tunnels';
const tag = 'webhooks';
const access = { roles: ADMIN_AND_DEVELOPER, scope: 'webhooks:write' } as const;

export const tunnelRoutes = {
  create: defineRoute({
    operationId: 'createTunnel',
    method: 'POST',
    path,
    tag,
    summary: { en: 'Open a tunnel to a client without an address', zh: '打开隧道（接收端无需公网地址）' },
    description: {
      en: 'Creates a temporary webhook whose requests go to the client that reads `…/requests`, such as `imcb listen` on a laptop. It delivers in order per conversation and signs with a secret of its own, which this answer alone carries. Its other settings can be changed as those of any webhook, except the URL. Without a client for 15 minutes the tunnel is deleted, with its webhook. An app has ten tunnels at most.',
      zh: '创建一个临时回调，请求发给读取 `…/requests` 的客户端，例如笔记本电脑上的 `imcb listen`。同一会话内按顺序投递，并用自己的密钥签名；密钥仅在本次响应中返回。除地址外，其他设置与普通回调一样可以修改。15 分钟没有客户端连接时，隧道连同回调一起删除。每个应用最多 10 个隧道。',
    },
    access,
    audit: 'webhook.created',
    body: createTunnelRequestSchema,
    isBodyOptional: true,
    idempotency: { secrets: ['secret'] },
    answer: { status: 201, schema: singleOf(createdTunnelSchema) },
    problems: ['conflict'],
  }),
  requests: defineRoute({
    operationId: 'watchTunnel',
    method: 'GET',
    path: `${path}/{tunnelId}/requests`,
    tag,
    summary: { en: 'The requests of a tunnel, as server-sent events', zh: '隧道中的请求（SSE）' },
    description: {
      en: 'Events: `ready` at the beginning, `request` for each request of the webhook (headers, and the body in base64; the id is that of the request), `end` when a newer stream of the tunnel took over or the tunnel was deleted. A comment comes every five seconds. The stream ends after a minute; reconnect at once. A request that was not answered is sent again on each new stream for as long as its attempt waits, with or without `Last-Event-ID`. When a client connects, everything that waits for the webhook is sent at once.',
      zh: '事件：连接时的 `ready`；每个请求一个 `request`（包含请求头和 base64 编码的请求体，事件 id 即请求 id）；被新的连接取代或隧道已删除时的 `end`。每 5 秒发送一次注释行。流在一分钟后结束，请立即重连。尚未应答的请求会在新的连接上再次发送，直到该次尝试超时，是否携带 `Last-Event-ID` 均可。客户端连接后，等待中的投递立即发送。',
    },
    access,
    answer: { status: 200, mediaTypes: ['text/event-stream'] },
    problems: ['too_many_requests'],
  }),
  answer: defineRoute({
    operationId: 'answerTunnelRequest',
    method: 'POST',
    path: `${path}/{tunnelId}/requests/{requestId}/response`,
    tag,
    summary: { en: 'Answer a request of a tunnel', zh: '应答隧道中的请求' },
    description: {
      en: "Becomes the receiver's answer of the attempt. What is not answered within the timeout of the webhook is retried by its policy; an answer that comes later, or a second one, is a 409.",
      zh: '作为该次尝试中接收端的应答。超过回调的超时时间仍未应答时按重试策略重试；过期或重复的应答返回 409。',
    },
    access,
    body: answerTunnelRequestSchema,
    answer: { status: 204 },
    problems: ['conflict'],
  }),
  delete: defineRoute({
    operationId: 'deleteTunnel',
    method: 'DELETE',
    path: `${path}/{tunnelId}`,
    tag,
    summary: { en: 'Close a tunnel', zh: '关闭隧道' },
    description: {
      en: 'Deletes its webhook too; what waits is canceled.',
      zh: '同时删除其回调，等待中的投递被取消。',
    },
    access,
    audit: 'webhook.deleted',
    answer: { status: 204 },
  }),
};
