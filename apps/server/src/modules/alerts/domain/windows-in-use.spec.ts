import { DEFAULT_ALERT_RULES, type AlertRules } from '@im/contracts/api/alert-rules';
import { expect, it } from 'vitest';
import { windowsInUse } from './windows-in-use.js';

function slow(override: Partial<AlertRules['slow']>): AlertRules {
  return { ...DEFAULT_ALERT_RULES, slow: { ...DEFAULT_ALERT_RULES.slow, ...override } };
}

it('measures each time window once, for the apps that use it', () => {
  const rulesOfApp = new Map([
    ['default', slow({ warningMs: 2_000 })],
    ['short', slow({ windowMinutes: 5, warningMs: 700 })],
    ['short too', slow({ windowMinutes: 5, warningMs: 300 })],
    ['off', slow({ windowMinutes: 7, enabled: false })],
  ]);
  expect(windowsInUse('slow', DEFAULT_ALERT_RULES, rulesOfApp)).toEqual([
    { minutes: 15, appIds: null, lowestWarning: 2_000 },
    { minutes: 5, appIds: ['short', 'short too'], lowestWarning: 300 },
  ]);
});
