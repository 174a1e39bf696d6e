/** The client certificate of a webhook. */
export const certificate = {
  title: '客户端证书',
  hint: '接收端要求双向 TLS 时填写。私钥加密保存，不会再显示。',
  certificate: '证书（PEM）',
  certificatePlaceholder: '-----BEGIN CERTIFICATE-----（含中间证书）',
  key: '私钥（PEM，不带口令）',
  keyPlaceholder: '-----BEGIN PRIVATE KEY-----',
  bothNeeded: '证书和私钥要一起填写',
  current: '当前证书：{subject}，有效期至',
  keep: '留空则不修改。',
  remove: '移除客户端证书',
  removedNotice: '保存后客户端证书将被移除。',
  expires: '有效期至',
};
