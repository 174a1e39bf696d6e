/** What ingesting and delivering need to know of an app. */
import type { StoredSecrets } from './domain/secret-rotation.js';

export interface AppCredential extends StoredSecrets {
  appId: string;
  tenantId: string;
  appKey: string;
  name: string;
  secretCiphertext: Buffer;
  isTenantSuspended: boolean;
}
