/** Judges how a receiver is reached and how fast it is. */
import { counted, instantText, spanText } from '@im/contracts/diagnosis/phrases';
import { judged, outOfTime, type Judgement } from './judgement.js';
import type { CheckupFacts, Probe, Probes } from './probe.js';

const DAY_MS = 86_400_000;
const FAST_MS = 1_000;
const RENEW_DAYS = 21;

/** Half of the timeout is close to failing; more than a second delays queues. */
export function judgeSpeed({ probes, timeoutMs }: CheckupFacts): Judgement {
  const answered = allOf(probes).filter(({ responseStatus }) => responseStatus !== null);
  if (answered.length === 0) return unreachable();
  const medianMs = medianOf(answered.map(({ durationMs }) => durationMs));
  const status = medianMs <= FAST_MS ? 'pass' : medianMs <= timeoutMs / 2 ? 'warn' : 'fail';
  const [median, limit] = [spanText(medianMs), spanText(timeoutMs)];
  const detail = {
    zh: `${String(answered.length)} 次答复的中位数是 ${median.zh}（超时设置 ${limit.zh}）。`,
    en: `The median of ${counted(answered.length, 'answer')} is ${median.en} (timeout ${limit.en}).`,
  };
  const advice = {
    zh: '验签后立即返回 2xx，把业务放到队列里异步处理。',
    en: 'Verify, answer 2xx at once, and do the work afterwards from a queue.',
  };
  const verdict = judged(status, undefined, status === 'pass' ? { detail } : { detail, advice });
  return { ...verdict, durationMs: medianMs };
}

export function judgeKeepAlive({ probes }: CheckupFacts): Judgement {
  const later = allOf(probes)
    .slice(1)
    .filter(({ responseStatus }) => responseStatus !== null);
  if (later.length === 0) return probes.good.responseStatus === null ? unreachable() : outOfTime();
  const kept = later.filter(({ isConnectionKept }) => isConnectionKept).length;
  const detail = {
    zh: `${String(later.length)} 个后续请求中有 ${String(kept)} 个沿用了已有连接。`,
    en: `Of ${counted(later.length, 'later request')} ${String(kept)} went over a connection that was there already.`,
  };
  if (kept > 0) return judged('pass', undefined, { detail });
  return judged('warn', undefined, {
    detail,
    advice: {
      zh: '让接收方和它前面的代理保持连接（HTTP keep-alive）：每次都新建连接会更慢，量大时耗尽端口。',
      en: 'Let the receiver and its proxy keep connections (HTTP keep-alive): a new one each time is slower and runs out of ports under load.',
    },
  });
}

export function judgeMethod({ probes: { good } }: CheckupFacts): Judgement {
  if (good.responseStatus === null) return unreachable();
  const { diagnosis, errorClass } = good;
  if (diagnosis && (errorClass === 'redirect' || errorClass === 'not_found')) {
    return judged('fail', good, { detail: diagnosis.cause, advice: diagnosis.advice });
  }
  return judged('pass', good, {
    detail: {
      zh: '路径存在，接受 POST，没有重定向。',
      en: 'The path is there, takes POST, and leads nowhere else.',
    },
  });
}

export function judgeTls({ isTls, probes, nowMs }: CheckupFacts): Judgement {
  const { good } = probes;
  if (!isTls) {
    return judged('warn', undefined, {
      detail: {
        zh: '回调地址是 http：途中任何人都能读到内容。',
        en: 'The URL begins with http: anybody on the way can read what is sent.',
      },
      advice: { zh: '给接收方配置证书，改用 https。', en: 'Give the receiver a certificate and use https.' },
    });
  }
  if (good.errorClass?.startsWith('tls_') && good.diagnosis) {
    return judged('fail', undefined, { detail: good.diagnosis.cause, advice: good.diagnosis.advice });
  }
  if (good.certificateValidTo === null) return unreachable();
  const days = Math.floor((Date.parse(good.certificateValidTo) - nowMs) / DAY_MS);
  const until = instantText(good.certificateValidTo);
  const detail = {
    zh: `证书受信任，还有 ${String(days)} 天到期（${until}）。`,
    en: `The certificate is trusted and ends in ${counted(days, 'day')} (${until}).`,
  };
  if (days >= RENEW_DAYS) return judged('pass', undefined, { detail });
  return judged('warn', undefined, {
    detail,
    advice: { zh: '尽快续期，并开启自动续期。', en: 'Renew it soon, and let that happen by itself.' },
  });
}

function unreachable(): Judgement {
  return judged('skipped', undefined, {
    detail: {
      zh: '没有得到接收方的答复，这一项无从判断。',
      en: 'The receiver gave no answer, so this cannot be judged.',
    },
  });
}

/** In the order in which they were sent. */
function allOf({ good, unicode, duplicate, large, wrong, stale, more }: Probes): Probe[] {
  const sent = [good, unicode, duplicate, large, wrong, stale, ...more];
  return sent.filter((probe) => probe !== undefined);
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return Math.round(((low + high) / 2) * 10) / 10;
}
