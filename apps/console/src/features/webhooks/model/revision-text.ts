/** Describes the changes of a revision in words. */
import type { SettingChange } from '@im/contracts/api/webhook-revisions';
import type { BeforeSettings } from '@im/contracts/api/before-constants';
import type { Translate } from '../../../i18n/i18n.js';

/** For these only whether there is one is shown, never the value. */
const SEALED_FIELDS: ReadonlySet<string> = new Set(['secret', 'nextSecret', 'clientCertificate']);

export function valueText(field: string, value: unknown, t: Translate): string {
  if (SEALED_FIELDS.has(field)) return secretText(value, t);
  if (field === 'timeoutMs' && typeof value === 'number') return `${String(value / 1000)} s`;
  if (field === 'events' && Array.isArray(value) && value.length === 0) return t('webhooks.detail.allEvents');
  if (field === 'before' && value !== null) return beforeText(value as BeforeSettings, t);
  if (value === null || value === '') return t('webhooks.revisions.nothing');
  if (field === 'paused')
    return t(value === true ? 'webhooks.revisions.pausedIs.true' : 'webhooks.revisions.pausedIs.false');
  if (value === true || value === false) return t(value ? 'statuses.enabled' : 'statuses.disabled');
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Both sides look alike if the change is hidden: a credential, or another secret. */
export function isHiddenChange({ before, after }: SettingChange): boolean {
  return before !== null && JSON.stringify(before) === JSON.stringify(after);
}

function beforeText({ events, deadlineMs, onFailure }: BeforeSettings, t: Translate): string {
  return t('webhooks.before.summary', {
    events: events.join(', '),
    deadline: `${String(deadlineMs / 1000)} s`,
    policy: t(`webhooks.before.policies.${onFailure}`),
  });
}

function secretText(value: unknown, t: Translate): string {
  if (value === 'set') return t('webhooks.revisions.secrets.set');
  if (value === 'staged') return t('webhooks.revisions.secrets.staged');
  if (value === 'activated') return t('webhooks.revisions.secrets.activated');
  return t('webhooks.revisions.nothing');
}
