/** Describes an app for ingesting and delivering. */
import type { StoredSecrets } from './domain/secret-rotation.js';

export interface AppCredential extends StoredSecrets {
  appId: string;
  tenantId: string;
  appKey: string;
  name: string;
  secretCiphertext: Buffer;
  isTenantSuspended: boolean;
}
