/** Describes a signed request as pasted, and the candidates for its signature. */
import type { FittingKey, SignatureFindingCode } from '@im/contracts/api/signature-explanation';

export interface SignedRequest {
  /** By lower-case name. */
  headers: ReadonlyMap<string, string>;
  body: Buffer;
}

export interface NamedKey extends FittingKey {
  key: string;
}

/** A candidate message, and its mistake; null: none. */
export interface Message {
  bytes: string | Buffer;
  finding: SignatureFindingCode | null;
}

/** A signature as hex, and the mistake in its notation. */
export interface SignatureForm {
  hex: string;
  finding: SignatureFindingCode | null;
}

export interface KeyForm {
  key: string | Buffer;
  finding: SignatureFindingCode | null;
}

/** @param headers in any case; of names that differ in case only the last counts, as in HTTP libraries */
export function signedRequest(headers: Readonly<Record<string, string>>, body: Buffer): SignedRequest {
  return {
    headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body,
  };
}
