import type { Alert } from '@im/contracts/api/alerts';
import { expect, it } from 'vitest';
import { AlertSteps } from './alert-steps.js';

function alert(override: Partial<Alert> = {}): Alert {
  return {
    ...({ alertId: 'a-1', status: 'open', severity: 'warning', escalatedAt: null } as Alert),
    ...{ openedAt: '2026-11-21T08:00:00.000Z', acknowledgedAt: null, resolvedAt: null },
    ...override,
  };
}

it('sends a new reader nothing of what was there before, and each step after', () => {
  const steps = new AlertSteps(undefined);
  expect(steps.of([alert()])).toEqual([]);
  expect(steps.of([alert()])).toEqual([]);
  const critical = alert({ severity: 'critical', escalatedAt: '2026-11-21T08:05:00.000Z' });
  expect(steps.of([critical])).toEqual([critical]);
  const resolved = { ...critical, status: 'resolved' as const };
  const other = alert({ alertId: 'a-2' });
  expect(steps.of([resolved, other])).toEqual([resolved, other]);
  expect(steps.of([other])).toEqual([]);
});

it('sends a reader who comes back what happened since, and nothing older', () => {
  const steps = new AlertSteps(Date.parse('2026-11-21T09:00:00.000Z'));
  const known = alert();
  const missed = alert({
    alertId: 'a-2',
    acknowledgedAt: '2026-11-21T09:00:01.000Z',
    status: 'acknowledged',
  });
  expect(steps.of([known, missed])).toEqual([missed]);
});
