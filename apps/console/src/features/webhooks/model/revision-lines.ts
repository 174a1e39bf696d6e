/** Describes the changes of a revision in words: one line for each setting, and for each part of a policy. */
import type { BeforeSettings } from '@im/contracts/api/before-constants';
import type { RetryPolicy } from '@im/contracts/api/retry-policy';
import {
  CALLBACK_FORMATS,
  ORDERINGS,
  SIGNATURE_SCHEMES,
  type DeliverySettings,
} from '@im/contracts/api/webhook-constants';
import type { SettingChange } from '@im/contracts/api/webhook-revisions';
import type { MessageKey, Translate } from '../../../i18n/i18n.js';
import { fieldText } from '../../../shared/webhooks/setting-name.js';
import { writeDuration, writeDurations } from './duration-text.js';
import { toRetryForm } from './retry-form.js';

export interface RevisionLine {
  label: string;
  /** `replaced`: to another value that is not shown; `list`: what was added to a list and removed from it. */
  change:
    | { kind: 'replaced' }
    | { kind: 'value'; before: string; after: string }
    | { kind: 'list'; added: string[]; removed: string[] };
}

/** For these only whether there is one is shown, never the value. */
const SEALED_FIELDS: ReadonlySet<string> = new Set(['secret', 'nextSecret', 'clientCertificate']);

const RETRY_LABELS: Record<keyof RetryPolicy, MessageKey> = {
  strategy: 'webhooks.retry.strategy',
  maxAttempts: 'webhooks.retry.maxAttempts',
  scheduleMs: 'webhooks.retry.scheduleList',
  initialDelayMs: 'webhooks.retry.initialDelay',
  maxDelayMs: 'webhooks.retry.maxDelay',
  jitter: 'webhooks.retry.jitter',
  retryOnTimeout: 'webhooks.retry.retryOnTimeout',
  retryOnStatus: 'webhooks.retry.retryOnStatus',
};

export function linesOf(change: SettingChange, t: Translate): RevisionLine[] {
  const { field, before, after } = change;
  const label = fieldText(field, t);
  if (isHiddenChange(change)) return [{ label, change: { kind: 'replaced' } }];
  if (field === 'events' && isFilledList(before) && isFilledList(after)) {
    return [{ label, change: listChange(before, after) }];
  }
  if (field === 'retryPolicy' && isPolicy(before) && isPolicy(after)) return retryLines(before, after, t);
  return [valueLine(label, valueText(field, before, t), valueText(field, after, t))];
}

/** Both sides look alike if the change is hidden: a credential, or another secret. */
function isHiddenChange({ before, after }: SettingChange): boolean {
  return before !== null && JSON.stringify(before) === JSON.stringify(after);
}

function valueLine(label: string, before: string, after: string): RevisionLine {
  return { label, change: { kind: 'value', before, after } };
}

function listChange(before: readonly string[], after: readonly string[]): RevisionLine['change'] {
  return {
    kind: 'list',
    added: after.filter((each) => !before.includes(each)),
    removed: before.filter((each) => !after.includes(each)),
  };
}

/** From one preset to another their names say all; otherwise each part that differs. */
function retryLines(before: RetryPolicy, after: RetryPolicy, t: Translate): RevisionLine[] {
  const [was, is] = [toRetryForm(before).choice, toRetryForm(after).choice];
  const label = t('webhooks.form.retry');
  const names = valueLine(label, t(`webhooks.retry.${was}`), t(`webhooks.retry.${is}`));
  if (was !== 'custom' && is !== 'custom') return [names];
  const parts = (Object.keys(RETRY_LABELS) as (keyof RetryPolicy)[])
    .filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
    .map((part) =>
      valueLine(
        `${label} · ${t(RETRY_LABELS[part])}`,
        retryPartText(part, before[part], t),
        retryPartText(part, after[part], t),
      ),
    );
  return was === is ? parts : [names, ...parts];
}

function retryPartText(part: keyof RetryPolicy, value: unknown, t: Translate): string {
  if (value === undefined) return t('webhooks.revisions.nothing');
  if (part === 'strategy') return t(`webhooks.retry.${value as RetryPolicy['strategy']}`);
  if (part === 'scheduleMs') return writeDurations(value as number[]);
  if (part === 'initialDelayMs' || part === 'maxDelayMs') return writeDuration(value as number);
  return plainText(value, t);
}

function valueText(field: string, value: unknown, t: Translate): string {
  if (SEALED_FIELDS.has(field)) return secretText(value, t);
  if (field === 'batch') return batchText(value as DeliverySettings['batch'], t);
  if (value === null || value === '') return t('webhooks.revisions.nothing');
  switch (field) {
    case 'timeoutMs':
      return `${String(Number(value) / 1000)} s`;
    case 'events':
      return isFilledList(value) ? value.join(', ') : t('webhooks.detail.allEvents');
    case 'before':
      return beforeText(value as BeforeSettings, t);
    case 'paused':
      return t(value === true ? 'webhooks.revisions.pausedIs.true' : 'webhooks.revisions.pausedIs.false');
    case 'rateLimitPerSecond':
      return value === 0
        ? t('webhooks.delivery.noRateLimit')
        : t('webhooks.delivery.rateLimitSummary', { limit: Number(value) });
    default:
      return optionText(field, value, t) ?? plainText(value, t);
  }
}

/** The name of an option as the form shows it; undefined for one of a newer server. */
function optionText(field: string, value: unknown, t: Translate): string | undefined {
  const format = CALLBACK_FORMATS.find((each) => field === 'format' && each === value);
  if (format) return t(`webhooks.delivery.formats.${format}`);
  const signature = SIGNATURE_SCHEMES.find((each) => field === 'signature' && each === value);
  if (signature) return t(`webhooks.delivery.signatures.${signature}`);
  const ordering = ORDERINGS.find((each) => field === 'ordering' && each === value);
  if (ordering) return t(`webhooks.delivery.orderings.${ordering}`);
  const reason = (['by_person', 'gone', 'failing'] as const).find(
    (each) => field === 'disabledReason' && each === value,
  );
  return reason && t(`webhooks.state.short.${reason}`);
}

function plainText(value: unknown, t: Translate): string {
  if (value === true || value === false) return t(value ? 'statuses.enabled' : 'statuses.disabled');
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function batchText(batch: DeliverySettings['batch'], t: Translate): string {
  if (!batch) return t('webhooks.delivery.noBatch');
  const { maxEvents, maxWaitMs } = batch;
  return t('webhooks.delivery.batchSummary', { maxEvents, wait: `${String(maxWaitMs)} ms` });
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

function isFilledList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0;
}

function isPolicy(value: unknown): value is RetryPolicy {
  return typeof value === 'object' && value !== null && 'strategy' in value;
}
