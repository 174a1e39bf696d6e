import type { Check } from '@im/contracts/api/checkup';
import type { LocalizedText } from '@im/contracts/events/define';
import type { Probe } from './probe.js';

/** A check without its name. */
export type Judgement = Omit<Check, 'check' | 'title'>;

export function judged(
  status: Judgement['status'],
  probe: Probe | undefined,
  texts: { detail: LocalizedText; advice?: LocalizedText },
): Judgement {
  return {
    status,
    detail: texts.detail,
    advice: texts.advice ?? null,
    durationMs: probe?.durationMs ?? null,
    responseStatus: probe?.responseStatus ?? null,
  };
}

export function dependsOnGood(): Judgement {
  return judged('skipped', undefined, {
    detail: {
      zh: '正确的回调都没有被接受，这一项无从判断。',
      en: 'Not even a right callback was taken, so this cannot be judged.',
    },
  });
}

export function outOfTime(): Judgement {
  return judged('skipped', undefined, {
    detail: {
      zh: '体检时间用完了：接收方答复太慢。',
      en: 'The time of the check-up was over: the receiver answers too slowly.',
    },
  });
}
