/** Describes webhooks for planning and delivering. */
import type { BeforeSettings } from '@im/contracts/api/before-constants';
import type {
  BatchSettings,
  CallbackFormat,
  Ordering,
  SignatureScheme,
} from '@im/contracts/api/delivery-settings';
import type { RetryPolicy } from '@im/contracts/api/retry-policy';
import type { AppCredential } from '../apps/app-credential.js';
import type { StoredSecrets } from '../apps/domain/secret-rotation.js';

/** A webhook for planning. */
export interface WebhookRoute {
  webhookId: string;
  appId: string;
  isEnabled: boolean;
  isPausedByPerson: boolean;
  /** Its breaker is open. */
  isPaused: boolean;
  events: string[];
  format: CallbackFormat;
  ordering: Ordering;
  maxAttempts: number;
  /** null: it decides about no event. */
  before: BeforeSettings | null;
}

/** A webhook for delivering. Its secrets are its own; without any, the app's sign. */
export interface WebhookSettings extends StoredSecrets {
  webhookId: string;
  appId: string;
  app: AppCredential;
  url: string;
  headers: Record<string, string>;
  timeoutMs: number;
  retryPolicy: RetryPolicy;
  batch: BatchSettings | null;
  format: CallbackFormat;
  signatureScheme: SignatureScheme;
  signaturePrefix: string;
  rateLimitPerSecond: number;
  revision: number;
  /** Sealed; null: it shows none. */
  clientCertificateCiphertext: Buffer | null;
  isEnabled: boolean;
  isDeleted: boolean;
  isPausedByPerson: boolean;
  /** Its breaker is open. */
  isPaused: boolean;
  /** When a person last closed its breaker, or ended a pause. */
  resumedAt: Date | null;
  /** Its URL, headers and secrets can be opened; otherwise nothing can be sent to it. */
  isOpenable: boolean;
  /** What its health records of that. */
  isKnownUnopenable: boolean;
}

/** The same as it is stored. */
export type StoredWebhookSettings = Omit<WebhookSettings, 'isOpenable'> & { sealedSettings: Buffer | null };
