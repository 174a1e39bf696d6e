/** Checks every row of docs/familiar-api.md against the service. */
import { readFileSync } from 'node:fs';
import type { Alert } from '@im/contracts/api/alerts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedRetry } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { literalChecks } from '../../testing/familiar-api/literal-checks.js';
import { runLiteralStory, type LiteralStory } from '../../testing/familiar-api/literal-story.js';
import { deliveryChecks } from '../../testing/familiar-api/delivery-checks.js';
import { statisticsChecks } from '../../testing/familiar-api/statistics-checks.js';
import { runFamiliarStory, type Checks, type FamiliarStory } from '../../testing/familiar-api/story.js';
import { subscriptionChecks } from '../../testing/familiar-api/subscription-checks.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let receiver: CallbackReceiver;
let story: FamiliarStory;
let literal: LiteralStory;

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
  story = await runFamiliarStory(service, await service.addApp(), receiver);
  literal = await runLiteralStory(service);
});
afterAll(async () => {
  await service.stop();
  await receiver.stop();
});

/** By section and first cell of the row. */
const CHECKS: Checks = {
  ...subscriptionChecks,
  ...deliveryChecks,
  ...statisticsChecks,
};

const rows = rowsOf(readFileSync(new URL('../../../../../docs/familiar-api.md', import.meta.url), 'utf8'));

it('has a check for each row and a row for each check', () => {
  const checks = Object.entries({ ...literalChecks, ...CHECKS }).flatMap(([section, cells]) =>
    Object.keys(cells).map((cell) => `${section} · ${cell}`),
  );
  expect(rows.map(({ section, cell }) => `${section} · ${cell}`)).toEqual(checks);
});

describe.each(rows)('$section · $cell', ({ section, cell }) => {
  it('is true', async () => {
    await CHECKS[section]?.[cell]?.(story);
    await literalChecks[section]?.[cell]?.(literal);
    expect.hasAssertions();
  });
});

it('opens an alert when a webhook keeps failing', async () => {
  const app = await service.addApp();
  receiver.answerWith(500);
  await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(5) });
  await app.deliver();
  const alert: Alert = await app.alert('consecutive_failures', { status: 'open' });
  expect(alert.detail.consecutiveFailures).toBeGreaterThanOrEqual(5);
});

/** The tables' rows: the heading above and the first cell, without the marks of code. */
function rowsOf(markdown: string): { section: string; cell: string }[] {
  let section = '';
  return markdown.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) section = line.slice(3);
    const cell = /^\| (.+?) +\|/.exec(line)?.[1]?.replaceAll('`', '').trim();
    const isRow = cell !== undefined && cell !== 'There' && !/^-+$/.test(cell);
    return isRow ? [{ section, cell }] : [];
  });
}
