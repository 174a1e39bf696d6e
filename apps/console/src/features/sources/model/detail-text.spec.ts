import { describe, expect, it } from 'vitest';
import { translate } from '../../../i18n/i18n.js';
import { detailText } from './detail-text.js';

describe('the outcome of a request', () => {
  it.each([
    ['1 stored: message.sent', '已存为 1 个事件：message.sent'],
    [
      '2 stored, 3 repeated: message.sent, user.online',
      '已存为 2 个事件，另有 3 个重复：message.sent, user.online',
    ],
    ['It carries no event', '请求里没有事件'],
    ['the body is no JSON object', '请求体不是 JSON 对象'],
    ['deny, decided by receiver after 12 ms', '拒绝，由接收端决定，耗时 12 ms'],
    ['allow, decided by none after 4 ms', '已放行：没有回调地址负责这个事件，未询问'],
    ['10.0.0.7 is not among the sender addresses', '10.0.0.7 不在来源地址限制之内'],
  ])('%s is said in the reader’s language', (detail, expected) => {
    expect(detailText(detail, translate)).toBe(expected);
  });

  it.each(['', 'something new', 'deny, decided by chance after 12 ms', 'constructor'])(
    '“%s” is not known, and left as it is',
    (detail) => {
      expect(detailText(detail, translate)).toBeNull();
    },
  );
});
