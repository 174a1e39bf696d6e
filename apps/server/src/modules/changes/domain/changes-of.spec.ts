import type { AppChange } from '@im/contracts/api/changes';
import type { Alert } from '@im/contracts/api/alerts';
import type { SettingChange, WebhookRevision } from '@im/contracts/api/webhook-revisions';
import { describe, expect, it } from 'vitest';
import { changesOfAlert, changesOfRevision, newestOfEachKind } from './changes-of.js';

const AT = '2026-05-21T08:00:00.000Z';

function revision(kind: WebhookRevision['kind'], changes: SettingChange[] = []): WebhookRevision {
  const settings = { name: 'Orders' } as WebhookRevision['settings'];
  return { webhookId: 'w1', revision: 2, at: AT, by: 'li@example.com', kind, changes, settings };
}

const changed = (field: string, after: unknown = 'x'): SettingChange => ({ field, before: null, after });

describe('a revision', () => {
  it.each([
    ['created', [], 'webhook', 'created', []],
    ['deleted', [], 'webhook', 'deleted', []],
    ['updated', [changed('timeoutMs'), changed('url')], 'webhook', 'updated', ['timeoutMs', 'url']],
    ['updated', [changed('secret', 'set'), changed('nextSecret', 'activated')], 'rotation', 'activated', []],
    ['updated', [changed('secret', 'set')], 'rotation', 'activated', []],
    ['updated', [changed('secret', 'none')], 'webhook', 'updated', ['secret']],
  ] as const)('that %s with %j is a change of kind %s', (kind, changes, as, action, fields) => {
    expect(changesOfRevision(revision(kind, [...changes]))).toMatchObject([
      { kind: as, action, fields, at: AT, by: 'li@example.com', webhookId: 'w1', name: 'Orders' },
    ]);
  });

  it('that sets another secret together with other settings is two changes', () => {
    const changes = [changed('url'), changed('secret', 'set'), changed('nextSecret', 'none')];
    expect(changesOfRevision(revision('updated', changes))).toMatchObject([
      { kind: 'rotation', action: 'activated', fields: [] },
      { kind: 'webhook', action: 'updated', fields: ['url'] },
    ]);
  });

  it.each([
    ['found', []],
    ['updated', [changed('nextSecret', 'staged')]],
  ] as const)('that %s with %j changes nothing', (kind, changes) => {
    expect(changesOfRevision(revision(kind, [...changes]))).toEqual([]);
  });
});

describe('an alert', () => {
  const alert = {
    ...{ alertId: 'a1', rule: 'backlog', severity: 'warning', webhookId: 'w1', sourceId: null },
    ...{ detail: { webhookName: 'Orders' }, openedAt: AT, resolvedBy: 'li@example.com' },
    resolvedAt: '2026-05-21T10:00:00.000Z',
  } as unknown as Alert;

  it.each([
    ['08:00', '10:00', ['opened']],
    ['08:00', '10:01', ['opened', 'resolved']],
    ['09:00', '11:00', ['resolved']],
    ['11:00', '12:00', []],
  ])('has from %s until %s the steps %j', (from, to, actions) => {
    const ms = (time: string) => Date.parse(`2026-05-21T${time}Z`);
    const changes = changesOfAlert(alert, ms(from), ms(to));
    expect(changes.map(({ action }) => action)).toEqual(actions);
    expect(changes.every(({ name, rule }) => name === 'Orders' && rule === 'backlog')).toBe(true);
  });
});

it('of each kind the newest are kept, in the order of their time', () => {
  const at = (kind: AppChange['kind'], time: string) => ({ kind, at: `2026-05-21T${time}Z` }) as AppChange;
  const webhooks = ['11:00', '09:00', '10:00'].map((time) => at('webhook', time));
  const alert = at('alert', '08:00');
  const [last, , middle] = webhooks;
  expect(newestOfEachKind([...webhooks, alert], 2)).toEqual([alert, middle, last]);
});
