import { findSettingConflicts } from '@im/contracts/api/setting-conflicts';
import type { DeliverySettings } from '@im/contracts/api/webhook-constants';
import { invalidInput } from '../../platform/http-server/parse-input.js';
import type { WebhookConfig } from './webhook-config.js';

interface Change {
  batch?: DeliverySettings['batch'] | undefined;
  format?: DeliverySettings['format'] | undefined;
  signature?: DeliverySettings['signature'] | undefined;
  signaturePrefix?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
  secret?: string | null | undefined;
}

/** @throws DomainError `invalid_input` when the change and what stays of the webhook cannot be together */
export function refuseConflicts(webhook: WebhookConfig, change: Change): void {
  const settings = {
    batch: change.batch === undefined ? webhook.batch : change.batch,
    format: change.format ?? webhook.format,
    signature: change.signature ?? webhook.signatureScheme,
    signaturePrefix: change.signaturePrefix ?? webhook.signaturePrefix,
    headers: change.headers ?? webhook.headers,
  };
  const conflicts = findSettingConflicts(settings, change, change.secret);
  if (conflicts.length === 0) return;
  throw invalidInput(
    conflicts.map(({ field, message }) => ({ pointer: `/${field}`, code: 'invalid_value', message })),
  );
}
