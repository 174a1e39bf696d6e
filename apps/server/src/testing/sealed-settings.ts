import { randomBytes } from 'node:crypto';
import { SealedSettings } from '../modules/webhook-configs/data/sealed-settings.js';
import { OpenedSecrets } from '../platform/crypto/opened-secrets.js';
import { SecretBox } from '../platform/crypto/secret-box.js';

/** For repositories without a service around them. */
export function sealedSettings(key = randomBytes(32)): SealedSettings {
  const box = new SecretBox(key);
  return new SealedSettings(box, new OpenedSecrets(box));
}
