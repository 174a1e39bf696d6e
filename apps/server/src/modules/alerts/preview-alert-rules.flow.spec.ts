import type { AlertRulesPreview, RulePreview } from '@im/contracts/api/alert-rules';
import type { AlertRule } from '@im/contracts/api/alerts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let receiver: CallbackReceiver;
let app: AppUnderTest;

/** Twice three failures in a row, each given up at once, with a success in between. */
beforeAll(async () => {
  service = await startTestService();
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
  await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
  for (const status of [500, 500, 500, 200, 500, 500, 500]) {
    receiver.answerWith(status);
    await app.deliver();
  }
});

afterAll(async () => {
  await receiver.stop();
  await service.stop();
});

async function preview(rules: unknown): Promise<(rule: AlertRule) => RulePreview | undefined> {
  const answer = await app.call('POST', '/alert-rules/preview', { body: { rules } });
  expect(answer.status).toBe(200);
  const { data } = answer.body as { data: AlertRulesPreview };
  return (rule) => data.rules.find((each) => each.rule === rule);
}

it('a lower threshold would have fired for each row of failures, a higher one never', async () => {
  const low = await preview({ consecutive_failures: { warning: 3 } });
  expect(low('consecutive_failures')).toEqual({
    ...{ rule: 'consecutive_failures', fired: 2, isEstimate: false, unknownBecause: null },
  });
  const high = await preview({ consecutive_failures: { warning: 4 } });
  expect(high('consecutive_failures')?.fired).toBe(0);
  expect(high('delivery_exhausted')?.fired).toBe(2);
});

it('a success rate is estimated out of quarters of an hour', async () => {
  const rate = { minAttempts: 5, warningPercent: 50, criticalPercent: null, windowMinutes: 15 };
  await eventually(async () => (await preview({ success_rate: rate }))('success_rate')?.fired !== 0);
  const found = await preview({
    success_rate: rate,
    slow: { minAttempts: 5, warningMs: 60_000, criticalMs: null },
  });
  expect(found('success_rate')).toMatchObject({ isEstimate: true, unknownBecause: null });
  expect(found('slow')).toMatchObject({ fired: 0, isEstimate: true });
});

it('a rule whose figures are not kept says so, and one that is off is left out', async () => {
  const found = await preview({ source_rejecting: { enabled: true }, before_failing: { enabled: false } });
  expect(found('source_rejecting')).toMatchObject({ fired: null, unknownBecause: 'not_recorded' });
  expect(found('backlog')).toMatchObject({ fired: null, unknownBecause: 'not_recorded' });
  expect(found('webhook_disabled')).toMatchObject({ fired: 0 });
  expect(found('before_failing')).toBeUndefined();
});

it('rules that may not be saved are not previewed either, and a preview saves nothing', async () => {
  const answer = await app.call('POST', '/alert-rules/preview', {
    body: { rules: { slow: { criticalMs: 1 } } },
  });
  expect(answer.status).toBe(422);
  const { data } = (await app.call('GET', '/alert-rules')).body as { data: { updatedAt: string | null } };
  expect(data.updatedAt).toBeNull();
});
