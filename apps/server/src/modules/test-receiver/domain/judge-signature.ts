/** Judges the signature of a request as a careful receiver does: key, clock and signature, by the webhook's scheme. */
import type { SignatureScheme } from '@im/contracts/api/delivery-settings';
import type { SignatureFault } from '@im/contracts/api/test-receiver-constants';
import { ROTATION_SIGNATURE_HEADERS, SIGNATURE_HEADERS, SIGNATURE_WINDOW_MS } from '@im/contracts/signature';
import { bodyHmacHeaders } from '@im/contracts/signature-body-hmac';
import { verifyBodySync, verifyStandardWebhookSync, verifySync } from '@im/contracts/signature-node';
import { STANDARD_WEBHOOKS_HEADERS } from '@im/contracts/signature-standard-webhooks';

/** What a receiver knows of its webhook. */
export interface Signer {
  /** null: the app's own secret alone. */
  webhookId: string | null;
  scheme: SignatureScheme;
  /** Of the headers of `body-hmac`. */
  prefix: string;
  appKey: string;
  /** Those that are valid now. */
  keys: readonly string[];
}

export interface SignedRequest {
  /** By lower-case name. */
  headers: ReadonlyMap<string, string>;
  body: Buffer;
}

/** @returns null when the signature is valid */
export function judgeSignature(request: SignedRequest, signer: Signer, nowMs: number): SignatureFault | null {
  switch (signer.scheme) {
    case 'x-app':
      return judgeXApp(request, signer, nowMs);
    case 'standard-webhooks':
      return judgeStandardWebhooks(request, signer, nowMs);
    case 'body-hmac':
      return judgeBodyHmac(request, signer);
  }
}

function judgeXApp({ headers, body }: SignedRequest, signer: Signer, nowMs: number): SignatureFault | null {
  const named = namedBy(headers);
  const [appKey, timestamp, nonce] = [
    named(SIGNATURE_HEADERS.appKey),
    named(SIGNATURE_HEADERS.timestamp),
    named(SIGNATURE_HEADERS.nonce),
  ];
  const signatures = presentOf([
    named(SIGNATURE_HEADERS.signature),
    named(ROTATION_SIGNATURE_HEADERS.next),
    named(ROTATION_SIGNATURE_HEADERS.previous),
  ]);
  if (appKey === undefined || timestamp === undefined || nonce === undefined || signatures.length === 0) {
    return 'header_missing';
  }
  if (appKey !== signer.appKey) return 'other_app_key';
  if (!isFresh(Number(timestamp), nowMs)) return 'timestamp_out_of_window';
  const input = { appKey, timestamp, nonce };
  return judged(signer, (key) => signatures.some((signature) => verifySync(key, input, body, signature)));
}

function judgeStandardWebhooks(
  { headers, body }: SignedRequest,
  signer: Signer,
  nowMs: number,
): SignatureFault | null {
  const named = namedBy(headers);
  const [id, timestamp, signatures] = [
    named(STANDARD_WEBHOOKS_HEADERS.id),
    named(STANDARD_WEBHOOKS_HEADERS.timestamp),
    named(STANDARD_WEBHOOKS_HEADERS.signature),
  ];
  if (id === undefined || timestamp === undefined || signatures === undefined) return 'header_missing';
  if (!isFresh(Number(timestamp) * 1000, nowMs)) return 'timestamp_out_of_window';
  return judged(signer, (key) => verifyStandardWebhookSync(key, { id, timestamp }, body, signatures));
}

/** Its timestamp is not signed, so it proves nothing. */
function judgeBodyHmac({ headers, body }: SignedRequest, signer: Signer): SignatureFault | null {
  const named = namedBy(headers);
  const names = bodyHmacHeaders(signer.prefix);
  const signatures = presentOf([named(names.signature), named(names.next), named(names.previous)]);
  if (signatures.length === 0) return 'header_missing';
  return judged(signer, (key) => signatures.some((signature) => verifyBodySync(key, body, signature)));
}

function judged({ keys }: Signer, isValid: (key: string) => boolean): SignatureFault | null {
  return keys.some(isValid) ? null : 'signature_differs';
}

function namedBy(headers: SignedRequest['headers']): (name: string) => string | undefined {
  return (name) => headers.get(name.toLowerCase());
}

function presentOf(values: readonly (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined);
}

function isFresh(timestampMs: number, nowMs: number): boolean {
  return Math.abs(timestampMs - nowMs) <= SIGNATURE_WINDOW_MS;
}
