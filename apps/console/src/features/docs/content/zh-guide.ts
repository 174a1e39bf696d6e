import type { Guide } from './blocks.js';
import { bots } from './zh-bots.js';
import { start, verify } from './zh-first-steps.js';

export const guide: Guide = {
  start,
  verify,
  events: {
    title: '事件',
    blocks: [
      {
        text: '回调可以订阅全部事件、一整类（`message.*`）或单个事件。选一个事件，看它的字段和示例，或者发一个到你的回调。租户自己的事件见[事件类型](eventTypes)。',
      },
    ],
  },
  retries: {
    title: '重试与顺序',
    blocks: [
      {
        table: {
          head: ['接收端的应答', '结果'],
          rows: [
            ['2xx', '送达。'],
            ['3xx', '失败，从不跟随跳转。'],
            ['410', '失败，并停用这个回调，产生告警。'],
            ['429、503', '失败；按 `Retry-After` 等待，不超过策略的最长间隔。'],
            ['其他状态、超时、网络错误', '失败，按重试策略再次投递。'],
          ],
        },
      },
      {
        text: '默认共 9 次，间隔 5 秒、30 秒、2 分钟、10 分钟、30 分钟、2 小时、6 小时、12 小时，约 21 小时。每个回调可以另设。每次尝试都有新的时间戳、随机串和签名，`X-App-Attempt` 加一。',
      },
      {
        list: [
          '最后一次仍失败：投递为“失败”并告警，在[投递日志](deliveries)里可以重新投递或批量恢复。',
          '连续失败 10 次：暂停投递，隔 30 秒起探测一次，恢复后把积压的平稳发出。排队中的投递不消耗次数。',
          '5 天里没有一次成功：自动停用。',
        ],
      },
      {
        text: '顺序默认不作保证。回调的“顺序”设为“按会话”后，同一会话的事件严格按接收的先后送达：前一个成功或放弃之后才发下一个，其他会话并行。需要先后时，也可以比较 `timestamp` 或消息的 `seq`。',
      },
    ],
  },
  idempotency: {
    title: '幂等',
    blocks: [
      {
        text: '投递至少一次：应答丢在途中时，同一事件会再来一次。按 `callbackId` 去重，就不会重复处理。',
      },
      {
        steps: [
          '验签。',
          '把 `callbackId` 写入有唯一约束的表，与业务写入放在同一个事务里。',
          '写入冲突说明已经处理过：直接应答 2xx。',
        ],
      },
      {
        label: 'SQL',
        code: `CREATE TABLE handled_callbacks (
  callback_id uuid PRIMARY KEY,
  handled_at timestamptz NOT NULL DEFAULT now()
);

-- 插入 0 行：已经处理过
INSERT INTO handled_callbacks (callback_id) VALUES ($1) ON CONFLICT DO NOTHING;`,
      },
      {
        list: [
          '`callbackId` 在重试、重新投递和批量恢复时都不变，至少保留到重试结束之后，建议 30 天。',
          '`deliveryId` 在重新投递时会变，不要用它去重。',
          '合并投递时，每个事件有各自的 `callbackId`；`flat` 格式只有 `delivery_id`。',
        ],
      },
    ],
  },
  troubleshooting: {
    title: '错误排查',
    blocks: [
      {
        table: {
          head: ['现象', '原因与做法'],
          rows: [
            [
              '验签总不通过',
              '多半是框架先解析了 JSON，或密钥多了空格、换行。用[签名调试](debug)找出不同的那一行。',
            ],
            ['有时不通过', '内容里有中文或转义字符时请求体被重新打印了：对原始字节验签。'],
            ['测试通过，正式不通过', '两个环境的 AppSecret 不同，或回调单独设置了密钥。'],
            ['提示时间戳超出范围', '接收端时钟不准，或者把毫秒当成了秒。'],
            ['响应超时', '先应答，再处理；或在回调设置里延长超时（最长 60 秒）。'],
            ['返回了重定向', '把回调地址改成最终地址，通常是 `https` 或结尾的 `/`。'],
            ['证书不受信任', '补上中间证书；自签证书由运维加入信任列表。'],
            ['地址不允许访问', '内网地址默认拒绝，由运维用 `WEBHOOK_ALLOWED_CIDRS` 放行。'],
            ['一个请求都没有', '回调停用、没订阅这个事件，或来源没有发来：看[投递日志](deliveries)。'],
          ],
        },
      },
      { text: '投递详情里有每次尝试发出的请求、收到的响应、各阶段耗时，以及原因和建议。' },
    ],
  },
  rotation: {
    title: '轮换',
    blocks: [
      { text: '密钥分两步更换，全程不中断。AppSecret 和回调自己的密钥做法相同。' },
      {
        table: {
          head: ['步骤', '我们做什么', '你做什么'],
          rows: [
            [
              '1. 生成新密钥',
              '仍用旧密钥签名，另带 `X-App-Signature-Next`',
              '让接收端换成新密钥，或新旧都接受',
            ],
            ['2. 启用', '改用新密钥签名，另带 `X-App-Signature-Previous`', '确认没有 401'],
            ['3. 保留期结束', '旧密钥失效（默认 24 小时）', '移除旧密钥'],
          ],
        },
      },
      {
        text: '示例代码检查全部三个请求头，所以接收端只保存一个密钥也能在保留期内任何时候切换。在[回调地址](webhooks)页面的“轮换”操作；接口为 `POST /api/v1/apps/{appKey}/secret/stage` 和 `…/secret/activate`。',
      },
    ],
  },
  bots,
  api: {
    title: 'API',
    blocks: [
      {
        text: '业务后端也可以自己提交事件。用 API 令牌（`Authorization: Bearer imk_…`，在[API 令牌](tokens)页面创建，权限 `events:write`），或者用 AppSecret 签名，请求头与接收端收到的相同。',
      },
      {
        table: {
          head: ['接口', '用途'],
          rows: [
            ['`POST /api/v1/apps/{appKey}/events`', '提交一个事件，应答 202'],
            ['`POST /api/v1/apps/{appKey}/events/batch`', '一次最多 1,000 个，逐项应答'],
            ['`POST /api/v1/apps/{appKey}/before/<事件>`', '事件发生前询问，等待决定'],
            ['`GET /api/v1/apps/{appKey}/trace?messageId=…`', '为什么没收到'],
            ['`GET /api/v1/apps/{appKey}/deliveries`', '投递日志'],
            ['`POST /api/v1/apps/{appKey}/signature/explain`', '签名哪里不对'],
          ],
        },
      },
      {
        list: [
          '带上 `id` 就可以放心重发：同样内容得到同样应答；内容不同则应答 409。',
          '签名的请求 5 分钟内有效，随机串不能重复使用。',
          '一个事件最多 256 KiB，一批最多 8 MiB。',
        ],
      },
      {
        text: '全部接口：[可阅读的文档](apiDocs) · [OpenAPI 3.1](openapi) · [AsyncAPI 3](asyncapi)。',
      },
    ],
  },
};
