import type { Chapter } from './blocks.js';

export const start: Chapter = {
  title: '5 分钟接入',
  blocks: [
    {
      steps: [
        '写一个能接收 `POST` 的地址，应答 2xx。示例代码“接收回调”是可以直接运行的接收端；“用工具包接收”还会解析所有格式并去重，工具包在仓库的 `kits/` 目录中。',
        '在[回调地址](webhooks)页面新增回调，填入这个地址。没有单独设置密钥时，用应用的 AppSecret 签名。',
        '把密钥交给接收端（环境变量 `APP_SECRET`），先验签，再处理。',
        '点“测试”，或者在下面的“事件”一章把示例事件发到你的回调。',
      ],
    },
    { text: '每个事件都是一次 `POST`，`Content-Type: application/json; charset=utf-8`：' },
    {
      label: '请求',
      code: `POST /callback HTTP/1.1
Content-Type: application/json; charset=utf-8
X-App-Key: {appKey}
X-App-Timestamp: 1795248000123
X-App-Nonce: 00112233445566778899aabbccddeeff
X-App-Signature: 8fffe5cf…（64 位小写十六进制）
X-App-Event: message.sent
X-App-Callback-Id: 01980000-0000-7000-8000-000000000001
X-App-Delivery-Id: 01980000-0000-7000-8000-000000000002
X-App-Webhook-Id: 01980000-0000-7000-8000-000000000003
X-App-Attempt: 1
X-App-Kind: event

{"callbackId":"01980000-0000-7000-8000-000000000001","event":"message.sent","appKey":"{appKey}",
 "timestamp":"2026-11-21T08:00:00.123Z","webhookId":"01980000-0000-7000-8000-000000000003",
 "deliveryId":"01980000-0000-7000-8000-000000000002","data":{}}`,
    },
    {
      table: {
        head: ['字段', '含义'],
        rows: [
          ['`callbackId`', '这个事件对这个回调的编号。重试和重新投递时不变，去重就用它。'],
          ['`event`', '事件名，例如 `message.sent`。'],
          ['`appKey`', '本应用的 AppKey：`{appKey}`。'],
          ['`timestamp`', '事件发生的时间，ISO 8601，UTC。'],
          ['`webhookId`', '回调的编号。'],
          ['`deliveryId`', '这次投递的编号，重新投递时是新的。'],
          ['`data`', '事件内容，见“事件”。收到的是什么就是什么，大整数和键的顺序都保留。'],
        ],
      },
    },
    { note: '尽快应答：默认 10 秒内没有应答就算失败。耗时的工作放进队列，应答之后再做。' },
  ],
};

export const verify: Chapter = {
  title: '验签',
  blocks: [
    { text: '签名证明请求来自我们、途中没有改动。待签名串有四行，用换行符 `\\n` 连接，末尾没有换行：' },
    {
      label: '待签名串',
      code: `{appKey}
1795248000123
00112233445566778899aabbccddeeff
b8302f7745b80a71d6572640ce24e9e7d89e6f5b19ec135214dca201ccc63572`,
    },
    {
      table: {
        head: ['行', '来自', '形式'],
        rows: [
          ['1', '`X-App-Key`', 'AppKey'],
          ['2', '`X-App-Timestamp`', '本次尝试的 Unix 时间，毫秒，十进制'],
          ['3', '`X-App-Nonce`', '32 位小写十六进制，每次尝试都不同'],
          ['4', '请求体', '原始字节的 SHA-256，小写十六进制'],
        ],
      },
    },
    {
      text: '`X-App-Signature` 是 `HMAC-SHA256(key, 待签名串)` 的小写十六进制。密钥取其文本的 UTF-8 字节：回调单独设置了密钥就用它，否则用 AppSecret。',
    },
    {
      list: [
        '对**收到的原始字节**验签，在任何框架解析 JSON 之前。解析后再打印出来的 JSON 是另一串字节。',
        '时间戳与本机时间相差超过 5 分钟的请求，一律拒绝，防止旧请求被重放。接收端要与 NTP 同步。',
        '比较签名用恒定时间的函数，不要用 `==`。',
        '轮换密钥期间还有 `X-App-Signature-Next` 和 `X-App-Signature-Previous`；三个请求头任意一个相符即为真。',
        '不符时应答 401，不要透露原因。',
      ],
    },
    {
      fold: '另外两种签名',
      blocks: [
        {
          text: '回调的设置里可以另选签名方式，`X-App-*` 请求头照样携带。',
        },
        {
          table: {
            head: ['方式', '请求头', '值'],
            rows: [
              ['`x-app`（默认）', '`X-App-Signature`', '如上'],
              [
                '`standard-webhooks`',
                '`webhook-signature`',
                '`v1,` 加上 base64(HMAC-SHA256(key, id + "." + timestamp + "." + body))。密钥为 `whsec_…`，用它的各语言库即可验签。',
              ],
              [
                '`body-hmac`',
                '`X-App-Signature-256`',
                '`sha256=` 加上 HMAC-SHA256(key, body) 的小写十六进制，与 GitHub 相同。前缀可改；时间不在签名之内。',
              ],
            ],
          },
        },
      ],
    },
    { text: '验签不通过？把请求贴进[签名调试](debug)，它会逐行指出哪里不同。' },
  ],
};
