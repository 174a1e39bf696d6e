/** The page of one webhook. */
export const detail = {
  title: '回调详情',
  tabs: { overview: '概览', deliveries: '投递', settings: '设置', signing: '签名', history: '历史' },
  settings: '设置',
  state: '状态',
  allEvents: '全部事件',
  createdBy: '创建人',
  noHeaders: '无',
  signing: '签名与密钥',
  secret: '密钥',
  ownSecret: '单独的回调密钥',
  appSecret: '应用的 AppSecret',
  revealUrl: '显示完整地址',
  urlMasked: '可能是令牌的部分已隐藏。查看完整地址会记入审计日志。',
  formulaText: {
    'x-app': '结果为小写十六进制；body 取收到的原始字节，不要重新序列化。X-App-Timestamp 为毫秒时间戳。',
    'standard-webhooks':
      '密钥去掉 whsec_ 后做 Base64 解码即为 key；body 取收到的原始字节。webhook-timestamp 为秒级时间戳；轮换密钥期间 webhook-signature 含多个以空格分隔的签名，任意一个相符即可。',
    'body-hmac': 'sha256= 之后是小写十六进制。请求体指收到的原始字节，不要重新序列化。',
  },
  appSecretEncoded:
    '目前由 AppSecret 签名：请把 whsec_ 加上 AppSecret 的 Base64 交给验签库，或为这个回调轮换出单独的密钥。',
};
