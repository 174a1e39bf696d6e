/** Describes in plain words what a before-callback was decided to be, and by whom. */
import type { BeforeDecider, BeforeOutcome } from '@im/contracts/api/before-constants';
import type { LocalizedText } from '@im/contracts/events/define';

const DECIDED: Readonly<Record<BeforeOutcome, LocalizedText>> = {
  allow: { zh: '允许', en: 'allowed it' },
  deny: { zh: '拒绝', en: 'denied it' },
  modify: { zh: '修改后允许', en: 'allowed it with changes' },
};

const WHY: Readonly<Record<Exclude<BeforeDecider, 'receiver' | 'none'>, LocalizedText>> = {
  deadline: { zh: '接收方没有按时决定', en: 'the receiver did not decide in time' },
  breaker: {
    zh: '接收方连续出错或回调已暂停，没有询问',
    en: 'it was not asked, since it failed too often or the webhook was paused',
  },
  invalid_answer: { zh: '接收方的回答不是有效的决定', en: 'the receiver’s answer was no decision' },
  error: {
    zh: '没有询问成功，或接收方返回错误',
    en: 'the receiver could not be asked, or answered with an error',
  },
};

export function beforeAnswer(decision: BeforeOutcome, decidedBy: BeforeDecider): LocalizedText {
  const what = DECIDED[decision];
  if (decidedBy === 'receiver' || decidedBy === 'none') {
    return {
      zh: `前置回调：事件发生前询问了接收方，它决定${what.zh}。`,
      en: `A before-callback: the receiver was asked before the event, and ${what.en}.`,
    };
  }
  const why = WHY[decidedBy];
  return {
    zh: `前置回调：${why.zh}，按回调的策略${what.zh}；不会再询问。`,
    en: `A before-callback: ${why.en}, so the webhook’s policy ${what.en}; it is not asked again.`,
  };
}
