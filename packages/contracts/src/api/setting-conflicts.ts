/** Finds settings of a webhook that are valid alone but not together. */
import { bodyHmacHeaderNames } from '../signature-body-hmac.js';
import { isStandardWebhooksSecret, STANDARD_WEBHOOKS_SECRET_PREFIX } from '../signature-standard-webhooks.js';
import type { DeliverySettings } from './webhook-constants.js';

export interface SettingConflict {
  field: 'batch' | 'format' | 'headers' | 'secret' | 'signaturePrefix';
  message: string;
}

/**
 * @param settings as they would be afterwards
 * @param changed the fields that a change sets; the conflict is reported at one of them. Absent: all of them
 * @param secret the secret that is set, when one is
 */
export function findSettingConflicts(
  settings: Pick<DeliverySettings, 'batch' | 'format' | 'signature' | 'signaturePrefix'> & {
    headers: Readonly<Record<string, string>>;
  },
  changed: { batch?: unknown; headers?: unknown } = settings,
  secret?: string | null,
): SettingConflict[] {
  const conflicts: SettingConflict[] = [];
  if (settings.format === 'raw' && settings.batch !== null) {
    conflicts.push(
      changed.batch === undefined
        ? { field: 'format', message: 'cannot be "raw" while "batch" is set: set "batch" to null with it' }
        : {
            field: 'batch',
            message: 'must be null with the format "raw": bytes of a source have no envelope',
          },
    );
  }
  if (settings.signature === 'standard-webhooks' && secret && isBrokenSecret(secret)) {
    conflicts.push({
      field: 'secret',
      message: `must go on with base64 after "${STANDARD_WEBHOOKS_SECRET_PREFIX}" (A-Z a-z 0-9 + /, padded with =)`,
    });
  }
  if (settings.signature === 'body-hmac') {
    const taken = replacedHeaderOf(settings.headers, settings.signaturePrefix);
    if (taken !== undefined) {
      conflicts.push(
        changed.headers === undefined
          ? { field: 'signaturePrefix', message: `cannot be used: "${taken}" is one of the custom headers` }
          : { field: 'headers', message: `cannot have "${taken}", which the signature "body-hmac" sets` },
      );
    }
  }
  return conflicts;
}

/** A custom header that the signature `body-hmac` would set too. */
function replacedHeaderOf(headers: Readonly<Record<string, string>>, prefix: string): string | undefined {
  const own = new Set(bodyHmacHeaderNames(prefix));
  return Object.keys(headers).find((name) => own.has(name.toLowerCase()));
}

/** It looks like a Standard Webhooks secret, and no verifier of that scheme could read it. */
function isBrokenSecret(secret: string): boolean {
  return secret.startsWith(STANDARD_WEBHOOKS_SECRET_PREFIX) && !isStandardWebhooksSecret(secret);
}
