/** Finds settings of a webhook that are valid alone but not together. */
import { isStandardWebhooksSecret, STANDARD_WEBHOOKS_SECRET_PREFIX } from '../signature-standard-webhooks.js';
import type { DeliverySettings } from './webhook-constants.js';

export interface SettingConflict {
  field: 'batch' | 'format' | 'secret';
  message: string;
}

/**
 * @param settings as they would be afterwards
 * @param changed the fields that a change sets; the conflict is reported at one of them. Absent: all of them
 * @param secret the secret that is set, when one is
 */
export function findSettingConflicts(
  settings: Pick<DeliverySettings, 'batch' | 'format' | 'signature'>,
  changed: { batch?: unknown } = settings,
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
  return conflicts;
}

/** It looks like a Standard Webhooks secret, and no verifier of that scheme could read it. */
function isBrokenSecret(secret: string): boolean {
  return secret.startsWith(STANDARD_WEBHOOKS_SECRET_PREFIX) && !isStandardWebhooksSecret(secret);
}
