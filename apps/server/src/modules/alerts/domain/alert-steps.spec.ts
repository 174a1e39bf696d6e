import { expect, it } from 'vitest';
import { stepsOf, type NoticedStep } from './alert-steps.js';

const at = (minute: number) => new Date(Date.UTC(2030, 5, 15, 12, minute));
const detail = { webhookName: '', webhookUrl: 'https://example.com/' };
const noticed = (kind: NoticedStep['kind'], minute: number): NoticedStep => ({
  kind,
  at: at(minute),
  severity: 'warning',
  detail: { ...detail, attempts: minute },
});

it('lists what happened to an alert in order, with who did it and the figures of the moment', () => {
  const alert = {
    openedAt: at(0),
    escalatedAt: at(5),
    acknowledgedAt: at(4),
    acknowledgedBy: 'li@example.com',
    resolvedAt: at(9),
    resolvedBy: 'system',
  };
  const steps = stepsOf(alert, [
    noticed('opened', 0),
    noticed('reminder', 2),
    noticed('reminder', 3),
    noticed('escalated', 5),
  ]);
  expect(steps.map(({ kind, at: when, by, detail: figures }) => [kind, when, by, figures?.attempts])).toEqual(
    [
      ['opened', at(0).toISOString(), null, 0],
      ['reminder', at(2).toISOString(), null, 2],
      ['reminder', at(3).toISOString(), null, 3],
      ['acknowledged', at(4).toISOString(), 'li@example.com', undefined],
      ['escalated', at(5).toISOString(), null, 5],
      ['resolved', at(9).toISOString(), null, undefined],
    ],
  );
});

it('keeps opened before resolved when both happened at once', () => {
  const alert = {
    openedAt: at(0),
    escalatedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: at(0),
    resolvedBy: 'li@example.com',
  };
  expect(stepsOf(alert, []).map(({ kind, by }) => [kind, by])).toEqual([
    ['opened', null],
    ['resolved', 'li@example.com'],
  ]);
});
