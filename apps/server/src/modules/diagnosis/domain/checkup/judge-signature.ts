/** Judges what a receiver accepts and what it refuses. */
import { bytesText, spanText } from '@im/contracts/diagnosis/phrases';
import type { LocalizedText } from '@im/contracts/events/define';
import { dependsOnGood, judged, outOfTime, type Judgement } from './judgement.js';
import type { CheckupFacts, Probe } from './probe.js';

export function judgeGood({ probes }: CheckupFacts): Judgement {
  return judgeTaken(probes.good, {
    zh: '带正确签名的回调返回了 2xx。',
    en: 'A callback with a right signature was answered with 2xx.',
  });
}

export function judgeWrong({ probes, signatureHeader }: CheckupFacts): Judgement {
  const { good, wrong } = probes;
  if (isTaken(wrong)) {
    return judged('fail', wrong, {
      detail: {
        zh: '签名是错的，接收方仍返回 2xx：任何人都可以伪造回调。',
        en: 'The signature was wrong and the receiver answered 2xx all the same: anybody can forge callbacks.',
      },
      advice: {
        zh: `先验签再处理：用原始请求体计算 HMAC-SHA256，与 ${signatureHeader} 做常量时间比较，不符就返回 401。`,
        en: `Verify first: compute the HMAC-SHA256 over the raw body, compare it with ${signatureHeader} in constant time, and answer 401 when they differ.`,
      },
    });
  }
  return judgeRefused(good, wrong);
}

export function judgeStale({ probes, signature }: CheckupFacts): Judgement {
  const { good, stale } = probes;
  if (isTaken(stale) && signature === 'body-hmac') {
    return judged('skipped', stale, {
      detail: {
        zh: '这种签名只涵盖请求体，不涵盖时间戳，接收方无从验证；可按投递 ID 去重来防止重放。',
        en: 'This scheme signs the body and not the timestamp, so a receiver cannot check it; removing duplicates by delivery id stops replays.',
      },
    });
  }
  if (isTaken(stale)) {
    return judged('warn', stale, {
      detail: {
        zh: '时间戳是一小时前的，签名正确，接收方返回 2xx：截获的请求可以被重放。',
        en: 'The timestamp was an hour old, the signature right, and the receiver answered 2xx: a captured request can be replayed.',
      },
      advice: {
        zh: '拒绝 X-App-Timestamp 与当前时间相差超过 5 分钟的请求（单位是毫秒）。',
        en: 'Refuse requests whose X-App-Timestamp (milliseconds) is more than 5 minutes from now.',
      },
    });
  }
  return judgeRefused(good, stale);
}

export function judgeDuplicate({ probes }: CheckupFacts): Judgement {
  const { duplicate } = probes;
  if (duplicate && !isTaken(duplicate)) {
    return judged('fail', duplicate, {
      detail: {
        zh: `同一个 callbackId 第二次送达时没有返回 2xx（${answerText(duplicate).zh}）：重试会被当作失败。`,
        en: `The second time the same callbackId was not answered with 2xx (${answerText(duplicate).en}): retries would count as failures.`,
      },
      advice: {
        zh: '按 callbackId 去重：已经处理过的直接返回 2xx，不要报错。',
        en: 'Remove duplicates by callbackId: answer 2xx to what was handled before, no error.',
      },
    });
  }
  return judgeDependent(probes.good, duplicate, {
    zh: '同一个 callbackId 再次送达时返回 2xx。它是否只处理一次，只有接收方自己知道。',
    en: 'The same callbackId was answered with 2xx again. Whether it was handled only once the receiver alone knows.',
  });
}

export function judgeUnicode({ probes }: CheckupFacts): Judgement {
  return judgeDependent(probes.good, probes.unicode, {
    zh: '含中文、表情和转义字符的请求体通过了验签。',
    en: 'A body with Chinese, emoji and escapes was verified and taken.',
  });
}

export function judgeLarge({ probes, largeBodyBytes }: CheckupFacts): Judgement {
  const size = bytesText(largeBodyBytes);
  return judgeDependent(probes.good, probes.large, {
    zh: `接受了 ${size} 的请求体。`,
    en: `A body of ${size} was taken.`,
  });
}

function isTaken(probe: Probe | undefined): probe is Probe {
  return probe?.errorClass === null;
}

/** A probe that must be refused: with a 4xx, any other failure may be a coincidence. */
function judgeRefused(good: Probe, probe: Probe | undefined): Judgement {
  if (!isTaken(good)) return dependsOnGood();
  if (!probe) return outOfTime();
  const { responseStatus } = probe;
  if (responseStatus !== null && responseStatus >= 400 && responseStatus < 500) {
    return judged('pass', probe, {
      detail: {
        zh: `返回 ${String(responseStatus)}，拒绝了它。`,
        en: `It was refused with ${String(responseStatus)}.`,
      },
    });
  }
  return judged('warn', probe, {
    detail: {
      zh: `没有接受，但也不是 4xx（${answerText(probe).zh}）。`,
      en: `It was not taken, but not refused with 4xx either (${answerText(probe).en}).`,
    },
    advice: {
      zh: '验签不通过时返回 401，不要抛出异常或断开连接。',
      en: 'Answer 401 where verification fails, without an exception or a broken connection.',
    },
  });
}

function judgeDependent(good: Probe, probe: Probe | undefined, detail: LocalizedText): Judgement {
  if (!isTaken(good)) return dependsOnGood();
  return probe ? judgeTaken(probe, detail) : outOfTime();
}

function judgeTaken(probe: Probe, detail: LocalizedText): Judgement {
  const { diagnosis } = probe;
  if (!diagnosis) return judged('pass', probe, { detail });
  return judged('fail', probe, { detail: diagnosis.cause, advice: diagnosis.advice });
}

function answerText({ responseStatus, errorClass, durationMs }: Probe): LocalizedText {
  if (responseStatus !== null)
    return { zh: `状态码 ${String(responseStatus)}`, en: `status ${String(responseStatus)}` };
  const took = spanText(durationMs);
  return { zh: `${errorClass ?? ''}，${took.zh}`, en: `${errorClass ?? ''} after ${took.en}` };
}
