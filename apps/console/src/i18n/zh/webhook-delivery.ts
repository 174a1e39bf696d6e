/** How a webhook wants its callbacks. */
export const delivery = {
  title: '投递方式',
  format: '内容格式',
  formats: {
    im: 'IM 信封',
    'standard-webhooks': 'Standard Webhooks',
    cloudevents: 'CloudEvents 1.0',
    raw: '原样转发',
  },
  formatHints: {
    im: '默认格式：callbackId、事件名、时间等放在外层，事件内容放在 data 里。',
    'standard-webhooks': '只有 type、timestamp、data 三项，适合已按 Standard Webhooks 规范写好的接收端。',
    cloudevents: 'CloudEvents 结构化 JSON，可以直接接入事件总线、函数计算等平台。',
    raw: '事件来源发来的内容和类型原封不动，适合照着 OpenIM、WuKongIM 写好的接收端。',
  },
  signature: '签名方式',
  signatures: {
    'x-app': 'X-App 签名头',
    'standard-webhooks': 'X-App 加 Standard Webhooks',
  },
  signatureHints: {
    'x-app': '按“接入说明”里的验签公式验签。',
    'standard-webhooks':
      '另外带上 webhook-id、webhook-timestamp、webhook-signature，可用各语言的 Standard Webhooks 库验签，密钥以 whsec_ 开头。',
  },
  ordering: '投递顺序',
  orderings: {
    none: '不保证顺序',
    conversation: '按会话保序',
  },
  orderingHints: {
    none: '并行投递，速度最快。',
    conversation: '同一会话逐条投递，上一条送达或放弃后才发下一条。',
  },
  batch: '合并投递',
  batchOff: '每个事件单独发一次请求。',
  batchOn: '凑够条数或等够时间就发出，一次请求带多个事件，整批一起成功或重试。',
  batchNotRaw: '原样转发时只能逐条投递。',
  maxEvents: '每批最多',
  maxEventsUnit: '个事件',
  maxEventsInvalid: '请填写 {min} 至 {max}',
  maxWait: '最长等待',
  maxWaitUnit: '毫秒',
  maxWaitInvalid: '请填写 {min} 至 {max}',
  batchSummary: '每批最多 {maxEvents} 个事件，最长等待 {wait}',
  noBatch: '逐条投递',
  rateLimit: '限速',
  rateLimitUnit: '次请求 / 秒',
  rateLimitHint: '0 表示不限速。超出的不会丢弃，排队等待发送。',
  rateLimitInvalid: '请填写 {min} 至 {max}，0 表示不限速',
  rateLimitSummary: '每秒最多 {limit} 次请求',
  noRateLimit: '不限速',
};
