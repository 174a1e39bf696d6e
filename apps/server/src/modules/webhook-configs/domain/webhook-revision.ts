/** Computes a revision of a webhook's settings: the settings as a whole, and what changed. */
import type { DisabledReason } from '@im/contracts/api/webhooks';
import type { BeforeSettings } from '@im/contracts/api/before-constants';
import type { DeliverySettings } from '@im/contracts/api/webhook-constants';
import type { RetryPolicy } from '@im/contracts/api/retry-policy';
import type { SettingChange, WebhookSettingsSnapshot } from '@im/contracts/api/webhook-revisions';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { maskHeaders } from './mask-headers.js';

const HIDDEN = '******';

/** The settings that may contain credentials; they are stored sealed. */
export interface PrivateSettings {
  url: string;
  headers: Record<string, string>;
}

/** The settings of a webhook as they are stored. */
export interface RevisedSettings extends PrivateSettings {
  name: string;
  description: string;
  externalId: string | null;
  isEnabled: boolean;
  disabledReason: DisabledReason | null;
  pausedAt: Date | null;
  events: string[];
  timeoutMs: number;
  retryPolicy: RetryPolicy;
  ordering: DeliverySettings['ordering'];
  batch: DeliverySettings['batch'];
  format: DeliverySettings['format'];
  signatureScheme: DeliverySettings['signature'];
  signaturePrefix: string;
  rateLimitPerSecond: number;
  before: BeforeSettings | null;
  secretCiphertext: Buffer | null;
  nextSecretCiphertext: Buffer | null;
  clientCertificateCiphertext: Buffer | null;
}

/** Without secrets; header values that look like credentials are masked. URL and headers as the row has them. */
export function snapshotOf(webhook: RevisedSettings): WebhookSettingsSnapshot {
  return {
    name: webhook.name,
    description: webhook.description,
    externalId: webhook.externalId,
    url: webhook.url,
    enabled: webhook.isEnabled,
    disabledReason: webhook.disabledReason,
    paused: webhook.pausedAt !== null,
    events: webhook.events,
    headers: maskHeaders(Object.entries(webhook.headers)),
    timeoutMs: webhook.timeoutMs,
    retryPolicy: webhook.retryPolicy,
    ordering: webhook.ordering,
    batch: webhook.batch,
    format: webhook.format,
    signature: webhook.signatureScheme,
    signaturePrefix: webhook.signaturePrefix,
    rateLimitPerSecond: webhook.rateLimitPerSecond,
    before: webhook.before,
    hasSecret: webhook.secretCiphertext !== null,
    isSecretStaged: webhook.nextSecretCiphertext !== null,
  };
}

/** Of all settings but the URL and the headers, see {@link privateChangesBetween}. */
export function changesBetween(before: RevisedSettings, after: RevisedSettings): SettingChange[] {
  const { url: _from, headers: _before, hasSecret: _had, isSecretStaged: _was, ...old } = snapshotOf(before);
  const { url: _to, headers: _after, hasSecret: _has, isSecretStaged: _is, ...current } = snapshotOf(after);
  const plain = Object.keys(old).flatMap((key) => {
    const field = key as keyof typeof old;
    return isSame(old[field], current[field])
      ? []
      : [{ field, before: old[field], after: current[field] } satisfies SettingChange];
  });
  return [...plain, ...secretChanges(before, after)];
}

/**
 * The changes of URL and headers: compared by value, shown masked where they look like credentials. A changed
 * credential is listed even if its mask stays the same.
 */
export function privateChangesBetween(before: PrivateSettings, after: PrivateSettings): SettingChange[] {
  const url = before.url === after.url ? [] : [{ field: 'url', before: before.url, after: after.url }];
  return [...url, ...headerChanges(before.headers, after.headers)];
}

/** Changes as everybody may read them: which fields, and the URL with its tokens masked. */
export function maskChanges(changes: readonly SettingChange[]): SettingChange[] {
  return changes.map((change) => {
    const mask = change.field === 'url' ? maskIfText(maskCallbackUrl) : maskIfText(() => HIDDEN);
    return isPrivateField(change.field)
      ? { ...change, before: mask(change.before), after: mask(change.after) }
      : change;
  });
}

export function isPrivateField(field: string): boolean {
  return field === 'url' || field.startsWith('headers.');
}

/** Of headers the names, and for each value that there is one. */
export function hideValues(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, HIDDEN]));
}

function maskIfText(mask: (text: string) => string): (value: unknown) => unknown {
  return (value) => (typeof value === 'string' ? mask(value) : value);
}

function headerChanges(before: Record<string, string>, after: Record<string, string>): SettingChange[] {
  const shownBefore = maskHeaders(Object.entries(before));
  const shownAfter = maskHeaders(Object.entries(after));
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      field: `headers.${name}`,
      before: shownBefore[name] ?? null,
      after: shownAfter[name] ?? null,
    }));
}

/** That a secret was set, replaced, removed, staged or activated; never what it is. */
function secretChanges(before: RevisedSettings, after: RevisedSettings): SettingChange[] {
  const changes = [
    ...sealedChange('secret', before.secretCiphertext, after.secretCiphertext),
    ...sealedChange(
      'clientCertificate',
      before.clientCertificateCiphertext,
      after.clientCertificateCiphertext,
    ),
  ];
  const { nextSecretCiphertext: staged } = before;
  if (!isSameSecret(staged, after.nextSecretCiphertext)) {
    const isActivated = staged !== null && isSameSecret(staged, after.secretCiphertext);
    changes.push({
      field: 'nextSecret',
      before: staged ? 'staged' : 'none',
      after: after.nextSecretCiphertext ? 'staged' : isActivated ? 'activated' : 'none',
    });
  }
  return changes;
}

function sealedChange(field: string, before: Buffer | null, after: Buffer | null): SettingChange[] {
  if (isSameSecret(before, after)) return [];
  const stateOf = (sealed: Buffer | null) => (sealed ? 'set' : 'none');
  return [{ field, before: stateOf(before), after: stateOf(after) }];
}

/** Each sealing of a secret has other bytes, so equal bytes mean that it was not set again. */
function isSameSecret(one: Buffer | null, other: Buffer | null): boolean {
  return one === null || other === null ? one === other : one.equals(other);
}

/** Regardless of the order of fields, which the database changes. */
function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
