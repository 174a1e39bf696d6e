/** Decides which secrets are valid at an instant of a rotation. */
import type { SecretRotation } from '@im/contracts/api/secrets';

/** Secrets as stored: sealed, with the instants that decide which of them are valid. */
export interface StoredSecrets {
  /** Null only of a webhook that has no secret of its own. */
  secretCiphertext: Buffer | null;
  /** Staged, not yet activated. */
  nextSecretCiphertext: Buffer | null;
  previousSecretCiphertext: Buffer | null;
  /** The end of the overlap: from then on the previous secret is retired. */
  previousSecretExpiresAt: Date | null;
}

export interface LiveSecrets<Current> {
  current: Current;
  next: Buffer | null;
  previous: Buffer | null;
}

/** The keys that sign, and that an app's own signature may be made with. */
export interface LiveKeys<Current = string> {
  current: Current;
  next: string | null;
  previous: string | null;
}

/** The secrets that are valid now: the current, a staged one, and a previous one until it is retired. */
export function liveSecretsOf<Stored extends StoredSecrets>(
  stored: Stored,
  now: Date,
): LiveSecrets<Stored['secretCiphertext']> {
  const expiresAt = previousExpiryOf(stored, now);
  return {
    current: stored.secretCiphertext,
    next: stored.nextSecretCiphertext,
    previous: expiresAt && stored.previousSecretCiphertext,
  };
}

/**
 * The keys of a webhook: its own, or, while it has none, the app's. A secret staged for the webhook comes before the
 * app's, since its receiver has it.
 */
export function keysOfWebhook(own: LiveKeys<string | null>, app: LiveKeys): LiveKeys {
  const { current, next, previous } = own;
  if (current !== null) return { current, next, previous };
  return { current: app.current, next: next ?? app.next, previous: app.previous };
}

/** The state of the rotation, as in the API. */
export function describeRotation(
  stored: { secretStagedAt: Date | null; previousSecretExpiresAt: Date | null },
  now: Date,
): SecretRotation {
  return {
    isStaged: stored.secretStagedAt !== null,
    stagedAt: stored.secretStagedAt?.toISOString() ?? null,
    previousExpiresAt: previousExpiryOf(stored, now)?.toISOString() ?? null,
  };
}

/** The end of the overlap, null once it has come. */
function previousExpiryOf(stored: { previousSecretExpiresAt: Date | null }, now: Date): Date | null {
  const { previousSecretExpiresAt } = stored;
  return previousSecretExpiresAt && previousSecretExpiresAt > now ? previousSecretExpiresAt : null;
}
