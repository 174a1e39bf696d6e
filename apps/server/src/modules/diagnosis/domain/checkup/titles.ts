import type { CheckName } from '@im/contracts/api/checkup';
import type { LocalizedText } from '@im/contracts/events/define';

export const CHECK_TITLES: Readonly<Record<CheckName, LocalizedText>> = {
  good_signature: { zh: '接受正确的签名', en: 'Takes a right signature' },
  wrong_signature: { zh: '拒绝错误的签名', en: 'Refuses a wrong signature' },
  stale_timestamp: { zh: '拒绝过期的时间戳', en: 'Refuses an old timestamp' },
  duplicate: { zh: '重复的回调无害', en: 'A duplicate does no harm' },
  unicode_body: { zh: '正确处理中文、表情与转义', en: 'Handles Chinese, emoji and escapes' },
  large_body: { zh: '接受较大的请求体', en: 'Takes a large body' },
  speed: { zh: '答复速度', en: 'Speed of its answers' },
  keep_alive: { zh: '保持连接', en: 'Keeps connections alive' },
  method_and_redirect: {
    zh: '地址接受 POST 且不重定向',
    en: 'Takes POST at this address, without a redirect',
  },
  tls: { zh: 'HTTPS 证书', en: 'HTTPS certificate' },
};
