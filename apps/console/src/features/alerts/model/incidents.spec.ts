import type { Alert } from '@im/contracts/api/alerts';
import { describe, expect, it } from 'vitest';
import { incidentsOf, pastIncidentsOf } from './incidents.js';

const BASE: Alert = {
  ...{ alertId: 'a1', appKey: 'ak_1', rule: 'slow', severity: 'warning', status: 'open' },
  ...{ webhookId: 'w1', sourceId: null, detail: {}, deliveries: {}, openedAt: '2026-05-21T08:00:00.000Z' },
  ...{ escalatedAt: null, acknowledgedAt: null, acknowledgedBy: null, resolvedAt: null, resolvedBy: null },
};
const alert = (changes: Partial<Alert>): Alert => ({ ...BASE, ...changes });

describe('incidents', () => {
  it('hold the alerts of one webhook, critical ones first', () => {
    const [incident, ...others] = incidentsOf([
      alert({ alertId: 'a1' }),
      alert({ alertId: 'a2', severity: 'critical', openedAt: '2026-05-21T08:05:00.000Z' }),
    ]);
    expect(others).toEqual([]);
    expect(incident?.alerts.map(({ alertId }) => alertId)).toEqual(['a2', 'a1']);
    expect(incident).toMatchObject({ id: 'w1', severity: 'critical', openedAt: BASE.openedAt });
  });

  it('are one for each webhook and each source, critical ones first, then the newest', () => {
    const found = incidentsOf([
      alert({ webhookId: 'w1' }),
      alert({ webhookId: 'w2', openedAt: '2026-05-21T09:00:00.000Z' }),
      alert({ webhookId: null, sourceId: 's1', severity: 'critical' }),
    ]);
    expect(found.map(({ id }) => id)).toEqual(['s1', 'w2', 'w1']);
  });

  it('know which alerts are still open, and who handles the others', () => {
    const by = { status: 'acknowledged', acknowledgedBy: 'li@example.com' } as const;
    const [incident] = incidentsOf([
      alert({ alertId: 'a1' }),
      alert({ alertId: 'a2', ...by }),
      alert({ alertId: 'a3', ...by }),
    ]);
    expect(incident?.open.map(({ alertId }) => alertId)).toEqual(['a1']);
    expect(incident?.handlers).toEqual(['li@example.com']);
  });

  it('show the last failed attempt, which a row of failures knows best', () => {
    const [incident] = incidentsOf([
      alert({
        rule: 'delivery_exhausted',
        severity: 'critical',
        detail: { lastDeliveryId: 'd1', lastResponseStatus: 503 },
      }),
      alert({
        rule: 'consecutive_failures',
        detail: { lastDeliveryId: 'd2', lastErrorClass: 'http_5xx', lastResponseStatus: 500 },
      }),
    ]);
    expect(incident?.lastFailure).toEqual({ deliveryId: 'd2', responseStatus: 500, errorClass: 'http_5xx' });
    expect(incidentsOf([alert({ detail: { p95Ms: 9_000 } })])[0]?.lastFailure).toBeNull();
  });
});

describe('past incidents', () => {
  const at = (minute: number): string => new Date(Date.UTC(2026, 4, 21, 8, minute)).toISOString();
  const past = (alertId: string, from: number, until: number, changes: Partial<Alert> = {}): Alert =>
    alert({ alertId, status: 'resolved', openedAt: at(from), resolvedAt: at(until), ...changes });

  it('hold the alerts of one webhook that overlapped, also by way of a third one', () => {
    const found = pastIncidentsOf([
      past('again', 50, 55),
      past('third', 28, 40),
      past('second', 10, 30, { severity: 'critical' }),
      past('first', 0, 20),
    ]);
    expect(found.map(({ alerts }) => alerts.map(({ alertId }) => alertId))).toEqual([
      ['again'],
      ['second', 'first', 'third'],
    ]);
    expect(found[1]).toMatchObject({ severity: 'critical', openedAt: at(0), resolvedAt: at(40) });
  });

  it('are apart for each webhook and source', () => {
    const found = pastIncidentsOf([past('a', 0, 20), past('b', 5, 20, { webhookId: null, sourceId: 's1' })]);
    expect(found.map(({ sourceId }) => sourceId)).toEqual(['s1', null]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
  });
});
