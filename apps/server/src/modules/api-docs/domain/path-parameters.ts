/** Describes the parameters of paths. */
import type { LocalizedText } from '@im/contracts/events/define';
import type { PathParameter } from '@im/contracts/routes/route-types';
import { APP_KEY, ID } from './field-texts/field-text.js';

/** Only of what may have an external id. */
const EXTERNALLY = {
  en: ' Or `ext:` and the external id.',
  zh: '也可以用 `ext:` 加外部 ID。',
};

interface Described extends LocalizedText {
  example: string;
}

function id(en: string, zh: string, isExternal = false): Described {
  return {
    en: `The id of the ${en}.${isExternal ? EXTERNALLY.en : ''}`,
    zh: `${zh}的 ID。${isExternal ? EXTERNALLY.zh : ''}`,
    example: ID,
  };
}

export const PATH_PARAMETERS: Readonly<Record<PathParameter, Described>> = {
  appKey: {
    en: `The AppKey.${EXTERNALLY.en}`,
    zh: `AppKey。${EXTERNALLY.zh}`,
    example: APP_KEY,
  },
  alertId: id('alert', '告警'),
  channelId: id('notification channel', '通知渠道'),
  deliveryId: id('delivery', '投递'),
  eventId: id('event', '事件'),
  eventName: {
    en: 'The name of the event. Of an event type also `ext:` and the external id.',
    zh: '事件名称。事件类型也可以用 `ext:` 加外部 ID。',
    example: 'message.sent',
  },
  linkId: id('portal link', '门户链接'),
  memberId: id('member', '成员'),
  packName: { en: 'The name of the pack.', zh: '事件包名称。', example: 'trae' },
  requestId: id('request', '请求'),
  recoveryId: id('recovery', '批量恢复'),
  sessionId: id('session', '会话'),
  sourceId: id('source', 'IM 来源', true),
  tenantId: id('tenant', '租户'),
  tokenId: id('API token', 'API 令牌'),
  tunnelId: id('tunnel', '隧道'),
  webhookId: id('webhook', '回调', true),
};
