import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { addAppRow, openTestDataSource, type TestDataSource } from '../../../testing/data-source.js';
import type { AlertStep } from '../domain/alert-notice.js';
import { AlertNoticesRepository } from './alert-notices.repository.js';
import type { DueNotice } from '../domain/due-notice.js';

const NOW = new Date('2030-06-15T22:00:00Z');
const MORNING = new Date('2030-06-16T06:00:00Z');

const notices = new AlertNoticesRepository();
let test: TestDataSource;
let appId: string;

beforeAll(async () => {
  test = await openTestDataSource();
});

beforeEach(async () => {
  await test.query('TRUNCATE alert_notices, alerts');
  appId = await addAppRow(test);
});

afterAll(async () => {
  await test.close();
});

async function addAlert(severity = 'warning', status = 'open', ofAppId = appId): Promise<string> {
  const alertId = uuidV7();
  await test.query(
    `INSERT INTO alerts (alert_id, app_id, rule, severity, status, detail, opened_at)
     VALUES ($1, $2, 'slow', $3, $4, '{"webhookName": "Chat", "webhookUrl": ""}', $5)`,
    [alertId, ofAppId, severity, status, NOW],
  );
  return alertId;
}

async function write(alertId: string, kind: AlertStep, deferredUntil: Date | null = null): Promise<void> {
  await test.dataSource.transaction((manager) =>
    notices.insert(manager, [{ alertId, kind, deferredUntil }], NOW),
  );
}

/** Claims and handles in one transaction, as the fan-out does. */
function pass(now = NOW, dataSource = test.dataSource, limit = 100): Promise<DueNotice[]> {
  return dataSource.transaction(async (manager) => {
    const due = await notices.claim(manager, now, limit);
    await notices.markHandled(
      manager,
      due.map(({ noticeId }) => noticeId),
      now,
    );
    return due;
  });
}

describe('a notice', () => {
  it('comes with its alert, the figures of its moment and the app, and comes once', async () => {
    const alertId = await addAlert();
    await write(alertId, 'opened');
    await test.query(`UPDATE alerts SET severity = 'critical', detail = '{"p95Ms": 9}'`);
    await write(alertId, 'escalated');
    expect(await pass()).toMatchObject([
      {
        severity: 'warning',
        app: { appId, appKey: `ak_${appId}`, name: 'Chat' },
        subject: {
          kind: 'opened',
          alert: { alertId, severity: 'critical' },
          detail: { webhookName: 'Chat' },
        },
      },
      { severity: 'critical', subject: { kind: 'escalated', alert: { alertId }, detail: { p95Ms: 9 } } },
    ]);
    expect(await pass()).toEqual([]);
  });

  it('does not exist when the transaction that wrote it fails, and can be claimed again when the one that claimed it does', async () => {
    const alertId = await addAlert();
    const failing = (work: () => Promise<unknown>) =>
      expect(work().then(() => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
    await failing(() =>
      test.dataSource.transaction(async (manager) => {
        await notices.insert(manager, [{ alertId, kind: 'opened', deferredUntil: null }], NOW);
        throw new Error('cut off');
      }),
    );
    expect(await pass()).toEqual([]);
    await write(alertId, 'opened');
    await failing(() =>
      test.dataSource.transaction(async (manager) => {
        expect(await notices.claim(manager, NOW, 10)).toHaveLength(1);
        throw new Error('cut off');
      }),
    );
    expect(await pass()).toHaveLength(1);
  });

  it('goes to one of several who claim at the same time', async () => {
    const other = await test.openAnother();
    for (let i = 0; i < 30; i += 1) await write(await addAlert(), 'opened');
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, index) => pass(NOW, index % 2 ? other : test.dataSource, 3)),
    );
    const ids = claims.flat().map(({ noticeId }) => noticeId);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('what quiet hours defer', () => {
  it('comes as one summary at their end, what is still wrong first', async () => {
    const [over, warning, critical] = [await addAlert(), await addAlert(), await addAlert('critical')];
    await write(over, 'opened', MORNING);
    await write(warning, 'opened', MORNING);
    await write(critical, 'opened', MORNING);
    await write(critical, 'reminder', MORNING);
    await test.query(`UPDATE alerts SET status = 'resolved' WHERE alert_id = $1`, [over]);
    await write(over, 'resolved', MORNING);
    expect(await pass(new Date(MORNING.getTime() - 1))).toEqual([]);
    const due = await pass(MORNING);
    expect(due).toMatchObject([
      { severity: 'critical', app: { appId }, subject: { kind: 'summary', total: 3, unresolved: 2 } },
    ]);
    const [{ subject }] = due as [DueNotice];
    expect(subject.kind === 'summary' && subject.alerts.map(({ alertId }) => alertId)).toEqual([
      critical,
      warning,
      over,
    ]);
    expect(await pass(MORNING)).toEqual([]);
    expect(await test.query('SELECT 1 FROM alert_notices WHERE handled_at IS NULL')).toEqual([]);
  });

  it('lets through what is urgent, and keeps apps apart', async () => {
    const other = await addAppRow(test);
    await write(await addAlert(), 'opened', MORNING);
    await write(await addAlert('critical'), 'opened');
    await write(await addAlert('warning', 'open', other), 'opened', MORNING);
    expect(await pass()).toMatchObject([{ subject: { kind: 'opened' }, severity: 'critical' }]);
    const summaries = await pass(MORNING);
    expect(summaries).toMatchObject([{ subject: { total: 1 } }, { subject: { total: 1 } }]);
    expect(new Set(summaries.map(({ app }) => app.appId))).toEqual(new Set([appId, other]));
  });

  it('starts again after the summary has gone out', async () => {
    await write(await addAlert(), 'opened', MORNING);
    await pass(MORNING);
    const nextMorning = new Date(MORNING.getTime() + 86_400_000);
    await write(await addAlert(), 'opened', nextMorning);
    expect(await pass(MORNING)).toEqual([]);
    expect(await pass(nextMorning)).toMatchObject([{ subject: { kind: 'summary', total: 1 } }]);
  });

  it('misses nothing that is written while the summary is being passed on', async () => {
    await write(await addAlert(), 'opened', MORNING);
    const late = await addAlert();
    let writing: Promise<void> | undefined;
    await test.dataSource.transaction(async (manager) => {
      const [due] = await notices.claim(manager, MORNING, 10);
      writing = write(late, 'opened', new Date(MORNING.getTime() + 1));
      await notices.markHandled(manager, [due!.noticeId], MORNING);
    });
    await writing;
    expect(await pass(new Date(MORNING.getTime() + 1))).toMatchObject([
      { subject: { kind: 'summary', total: 1, alerts: [{ alertId: late }] } },
    ]);
  });
});
