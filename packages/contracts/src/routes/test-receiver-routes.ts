import { changeTestReceiverRequestSchema, testReceiverSchema } from '../api/test-receiver.js';
import { ADMIN_AND_DEVELOPER, ALL_ROLES, defineRoute, singleOf } from './route.js';

const path = '/apps/{appKey}/test-receiver';
const tag = 'webhooks';
const WRITE = { roles: ADMIN_AND_DEVELOPER, scope: 'webhooks:write' } as const;
const answer = { status: 200, schema: singleOf(testReceiverSchema) } as const;

export const testReceiverRoutes = {
  get: defineRoute({
    operationId: 'getTestReceiver',
    method: 'GET',
    path,
    tag,
    summary: { en: 'The built-in test receiver', zh: '查看内置接收端' },
    description: {
      en: 'Its address, what it answers, and the last 50 requests of the last 24 hours with a verdict on each signature. `url` is null until it is created. Support sees bodies and the address masked.',
      zh: '返回地址、应答方式，以及最近 24 小时内最后 50 条请求和每条的验签结论。尚未创建时 `url` 为 null。客服看到的请求体和地址已打码。',
    },
    access: { roles: ALL_ROLES, scope: 'webhooks:read' },
    answer,
  }),
  create: defineRoute({
    operationId: 'createTestReceiver',
    method: 'POST',
    path,
    tag,
    summary: { en: 'Create the built-in test receiver', zh: '创建内置接收端' },
    description: {
      en: 'One for each app; a further call answers the same one. Only webhooks of this app reach it at `url`, in process and without a network connection. Requests from outside, such as from curl, are served at the same address.',
      zh: '每个应用一个；重复调用返回同一个。只有本应用的回调能投递到 `url`，在进程内完成，不建立网络连接。从外部（例如 curl）发到同一地址的请求也会应答。',
    },
    access: WRITE,
    audit: 'test_receiver.created',
    answer,
  }),
  update: defineRoute({
    operationId: 'updateTestReceiver',
    method: 'PATCH',
    path,
    tag,
    summary: { en: 'Change what the test receiver answers', zh: '修改内置接收端的应答方式' },
    description: {
      en: '`ok`: 200, or 401 when the signature is not valid. `fail`: 500. `hang`: no answer until the timeout of the webhook. `refuse`: the connection is refused.',
      zh: '`ok`：返回 200，验签不通过返回 401。`fail`：返回 500。`hang`：不应答，直到回调超时。`refuse`：拒绝连接。',
    },
    access: WRITE,
    audit: 'test_receiver.updated',
    body: changeTestReceiverRequestSchema,
    answer,
  }),
};
