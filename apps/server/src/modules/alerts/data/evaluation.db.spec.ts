import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { evaluateWebhook } from '../domain/evaluate-webhook.js';
import { AlertNoticesRepository } from './alert-notices.repository.js';
import type { SubjectChange } from '../domain/alert-change.js';
import { AlertSettingsRepository } from './alert-settings.repository.js';
import { EvaluationRepository } from './evaluation.repository.js';
import { updateHealth, webhookDeletions } from '../../../testing/stores.js';

let test: TestDataSource;
let appId: string;
let webhookId: string;
let evaluations: EvaluationRepository;

function evaluationsOn(dataSource: DataSource): EvaluationRepository {
  return new EvaluationRepository(dataSource, new AlertNoticesRepository(), updateHealth(dataSource));
}

beforeAll(async () => {
  test = await openTestDataSource();
  evaluations = evaluationsOn(test.dataSource);
  appId = await addAppRow(test);
});

beforeEach(async () => {
  webhookId = await addWebhookRow(test, appId);
});

afterAll(async () => {
  await test.close();
});

function evaluate(repository = evaluations, webhookIds = [webhookId]): Promise<SubjectChange[]> {
  return repository.evaluate(webhookIds, new Date(), ({ facts, unresolved, dismissed, settings }) =>
    evaluateWebhook(facts, unresolved, dismissed, settings.rules),
  );
}

async function fail(consecutiveFailures: number, exhausted = 0, id = webhookId): Promise<void> {
  await test.query(
    `UPDATE webhook_health SET consecutive_failures = $2, failing_since = coalesce(failing_since, now()),
       exhausted_since_success = exhausted_since_success + $3, exhausted_total = exhausted_total + $3, version = version + 1
     WHERE webhook_id = $1`,
    [id, consecutiveFailures, exhausted],
  );
}

async function recover(): Promise<void> {
  await test.query(
    `UPDATE webhook_health SET consecutive_failures = 0, failing_since = NULL, exhausted_since_success = 0, version = version + 1
     WHERE webhook_id = $1`,
    [webhookId],
  );
}

/** The notices, oldest first. */
function noticed() {
  return test.query<{ kind: string; rule: string; severity: string }>(
    `SELECT n.kind, a.rule, n.severity FROM alert_notices n JOIN alerts a USING (alert_id)
     WHERE a.webhook_id = $1 ORDER BY n.notice_id`,
    [webhookId],
  );
}

function alerts() {
  return test.query<{ rule: string; severity: string; status: string }>(
    'SELECT rule, severity, status FROM alerts WHERE webhook_id = $1 ORDER BY rule, alert_id',
    [webhookId],
  );
}

describe('an evaluation', () => {
  it('of a webhook with nothing new does nothing', async () => {
    expect(await evaluate()).toEqual([]);
    await fail(5);
    expect(await evaluate()).toHaveLength(1);
    expect(await evaluate()).toEqual([]);
  });

  it('runs once for each change, however many workers look at once', async () => {
    const other = evaluationsOn(await test.openAnother());
    await fail(5, 1);
    const looks = await Promise.all(
      Array.from({ length: 12 }, (_, index) => evaluate(index % 2 ? other : evaluations)),
    );
    expect(looks.filter((changes) => changes.length > 0)).toHaveLength(1);
    expect(await alerts()).toEqual([
      { rule: 'consecutive_failures', severity: 'warning', status: 'open' },
      { rule: 'delivery_exhausted', severity: 'critical', status: 'open' },
    ]);
  });

  it('of many webhooks goes by the state and the rules of each', async () => {
    const otherAppId = await addAppRow(test);
    const ofOtherApp = await addWebhookRow(test, otherAppId);
    const healthy = await addWebhookRow(test, appId);
    const settings = new AlertSettingsRepository(test.dataSource, updateHealth(test.dataSource));
    const rules = { consecutive_failures: { enabled: true, warning: 8, critical: 20 } };
    const changed = { rules, renotifyAfterMinutes: 5, quietHours: null };
    await settings.change(otherAppId, () => changed, { by: 'test', at: new Date() });
    await fail(5);
    await fail(7, 1, ofOtherApp);
    const changes = await evaluate(evaluations, [ofOtherApp, healthy, webhookId]);
    expect(
      changes.map(({ subject, change }) => [subject, change.kind, 'rule' in change && change.rule]),
    ).toEqual(
      expect.arrayContaining([
        [{ webhookId }, 'open', 'consecutive_failures'],
        [{ webhookId: ofOtherApp }, 'open', 'delivery_exhausted'],
      ]),
    );
    expect(changes).toHaveLength(2);
  });

  it('is due again when the webhook fails while it is being evaluated', async () => {
    await fail(5);
    await evaluations.evaluate([webhookId], new Date(), () => []);
    await fail(10);
    expect(await evaluations.due(1_000)).toContain(webhookId);
    await evaluate();
    expect(await alerts()).toMatchObject([{ severity: 'critical', status: 'open' }]);
    expect(await evaluations.due(1_000)).not.toContain(webhookId);
  });

  it('that fails leaves nothing half done and stays due', async () => {
    await fail(5, 1);
    const broken = evaluations.evaluate(
      [webhookId],
      new Date(),
      ({ facts, unresolved, dismissed, settings }) => {
        const changes = evaluateWebhook(facts, unresolved, dismissed, settings.rules);
        return [...changes, ...changes];
      },
    );
    await expect(broken).rejects.toThrow('alerts_one_unresolved_key');
    expect(await alerts()).toEqual([]);
    expect(await noticed()).toEqual([]);
    expect(await evaluations.due(1_000)).toContain(webhookId);
  });

  it('is due when the app is deleted, and resolves its alerts', async () => {
    const ofItsOwn = await addAppRow(test);
    webhookId = await addWebhookRow(test, ofItsOwn);
    await fail(10, 1);
    await test.query(
      `UPDATE webhook_configs SET is_enabled = false, disabled_reason = 'failing' WHERE webhook_id = $1`,
      [webhookId],
    );
    await evaluate();
    expect(await alerts()).toMatchObject(Array.from({ length: 3 }, () => ({ status: 'open' })));
    await webhookDeletions(test.dataSource).deleteApp(ofItsOwn, { by: 'admin@example.com', at: new Date() });
    expect(await evaluations.due(1_000)).toContain(webhookId);
    await evaluate();
    expect(await alerts()).toMatchObject(Array.from({ length: 3 }, () => ({ status: 'resolved' })));
  });

  it('and a change of the rules wait for each other, never crosswise', async () => {
    await fail(5);
    await evaluate();
    const other = await test.openAnother();
    const settings = new AlertSettingsRepository(other, updateHealth(other));
    const changed = { rules: {}, renotifyAfterMinutes: 5, quietHours: null };
    let change: Promise<unknown> | undefined;
    // As an evaluation does it: the alert, and at the end the health of its webhook.
    await test.dataSource.transaction(async (manager) => {
      await manager.query('UPDATE alerts SET clear_since = NULL WHERE webhook_id = $1', [webhookId]);
      change = settings.change(appId, () => changed, { by: 'test', at: new Date() });
      const isWaiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await expect.poll(() => test.query(isWaiting)).toHaveLength(1);
      // It is not locked, so this does not wait.
      await manager.query('SELECT FROM webhook_health WHERE webhook_id = $1 FOR UPDATE NOWAIT', [webhookId]);
    });
    await expect(change).resolves.toMatchObject(changed);
    expect(await evaluations.due(1_000)).toContain(webhookId);
  });

  it('writes a notice of each step in the same commit, once', async () => {
    await fail(5);
    await evaluate();
    await fail(6);
    await evaluate();
    await fail(10);
    await evaluate();
    await fail(11);
    await evaluate();
    await recover();
    await evaluate();
    const rule = 'consecutive_failures';
    expect(await noticed()).toEqual([
      { rule, kind: 'opened', severity: 'warning' },
      { rule, kind: 'escalated', severity: 'critical' },
      { rule, kind: 'resolved', severity: 'critical' },
    ]);
  });

  it('notifies of an exhausted delivery even when the webhook recovered before the evaluation', async () => {
    await fail(3, 1);
    await recover();
    await evaluate();
    expect(await alerts()).toEqual([
      { rule: 'delivery_exhausted', severity: 'critical', status: 'resolved' },
    ]);
    expect((await noticed()).map(({ kind }) => kind)).toEqual(['opened', 'resolved']);
  });
});
