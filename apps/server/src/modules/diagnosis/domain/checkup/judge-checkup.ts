/** Judges the answers of a check-up and makes a score card. */
import {
  CHECKUP_NAMES,
  CHECKUP_WEIGHTS,
  type Check,
  type CheckName,
  type Checkup,
} from '@im/contracts/api/checkup';
import { judgeKeepAlive, judgeMethod, judgeSpeed, judgeTls } from './judge-connection.js';
import {
  judgeDuplicate,
  judgeGood,
  judgeLarge,
  judgeStale,
  judgeUnicode,
  judgeWrong,
} from './judge-signature.js';
import type { Judgement } from './judgement.js';
import type { CheckupFacts } from './probe.js';
import { CHECK_TITLES } from './titles.js';

const JUDGES: Readonly<Record<CheckName, (facts: CheckupFacts) => Judgement>> = {
  good_signature: judgeGood,
  wrong_signature: judgeWrong,
  stale_timestamp: judgeStale,
  duplicate: judgeDuplicate,
  unicode_body: judgeUnicode,
  large_body: judgeLarge,
  speed: judgeSpeed,
  keep_alive: judgeKeepAlive,
  method_and_redirect: judgeMethod,
  tls: judgeTls,
};

const WORTH: Readonly<Record<Exclude<Check['status'], 'skipped'>, number>> = { pass: 1, warn: 0.5, fail: 0 };

export function judgeCheckup(facts: CheckupFacts): Pick<Checkup, 'score' | 'checks'> {
  const checks = CHECKUP_NAMES.map((check) => ({
    check,
    title: CHECK_TITLES[check],
    ...JUDGES[check](facts),
  }));
  return { score: scoreOf(checks), checks };
}

function scoreOf(checks: readonly Pick<Check, 'check' | 'status'>[]): number {
  let points = 0;
  let possible = 0;
  for (const { check, status } of checks) {
    if (status === 'skipped') continue;
    possible += CHECKUP_WEIGHTS[check];
    points += CHECKUP_WEIGHTS[check] * WORTH[status];
  }
  // A receiver that accepts nothing passes no check.
  const takesNothing = checks.some(({ check, status }) => check === 'good_signature' && status === 'fail');
  return takesNothing || possible === 0 ? 0 : Math.round((100 * points) / possible);
}
