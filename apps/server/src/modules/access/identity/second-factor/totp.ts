/** Makes and checks time-based codes (RFC 6238): SHA-1, six digits, 30 seconds. */
import { Secret, TOTP } from 'otpauth';

const ISSUER = 'IM Callback Console';
const STEP_SECONDS = 30;
/** 160 bits, which RFC 4226 recommends. */
const SECRET_BYTES = 20;
/** Steps before and after this one whose codes are valid too: clocks differ, and typing takes a while. */
const TOLERATED_STEPS = 1;

/** @returns base32 */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The URI for the QR code. */
export function totpUri(secret: string, email: string): string {
  return totpOf(secret, email).toString();
}

/** @returns the time step that the code belongs to; undefined: it is wrong, or too old, or too early */
export function stepOfCode(secret: string, code: string, nowMs: number): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: nowMs, window: TOLERATED_STEPS });
  return delta === null ? undefined : Math.floor(nowMs / 1000 / STEP_SECONDS) + delta;
}

function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
  });
}
