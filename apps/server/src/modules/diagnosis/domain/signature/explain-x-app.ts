/** Explains a request that is signed with the `X-App-*` headers. */
import type { SignatureExplanation } from '@im/contracts/api/signature-explanation';
import {
  canonicalString,
  ROTATION_SIGNATURE_HEADERS,
  SIGNATURE_HEADERS,
  type SignatureInput,
} from '@im/contracts/signature';
import { hmacSha256Hex, sha256Hex } from '@im/contracts/signature-node';
import { bodyVariants } from './body-variants.js';
import { xAppCanonicalVariants } from './canonical-variants.js';
import { Findings, givenKey, shownKey } from './explanation.js';
import { findMatch, type Match } from './find-match.js';
import { xAppKey } from './key-forms.js';
import { xAppForms } from './signature-forms.js';
import type { Message, NamedKey, SignedRequest } from './signed-request.js';

export interface Question {
  request: SignedRequest;
  /** Those that should fit first. */
  keys: readonly NamedKey[];
  /** The app's. */
  appKey: string;
  nowMs: number;
}

export function explainXApp({ request, keys, appKey, nowMs }: Question): SignatureExplanation {
  const findings = new Findings();
  const sent = readHeaders(request, findings);
  const { input, signature } = sent;
  checkAppKey(sent.appKey, appKey, findings);
  const offsetMs = checkTimestamp(sent.timestamp, nowMs, findings);
  if (sent.nonce !== undefined && !/^[0-9a-f]{32}$/.test(sent.nonce)) findings.add('nonce_form');

  const given = givenKey(keys);
  const bodyHash = sha256Hex(request.body);
  const canonical = input && canonicalString(input, bodyHash);
  const match =
    input && signature !== undefined ? matchOf(request, input, signature, keys, appKey) : undefined;
  if (canonical !== undefined && signature !== undefined) {
    findings.addMatch(match, given);
    addRotation(request, canonical, given, match, findings);
  }
  const part = (
    name: 'appKey' | 'timestamp' | 'nonce' | 'body' | 'key' | 'signature',
    value: string | undefined,
  ) => ({
    part: name,
    status: findings.statusOf(name, match),
    value: value ?? null,
  });
  return {
    scheme: 'x-app',
    verdict: findings.verdict,
    summary: findings.summary(match),
    canonicalString: canonical ?? null,
    expectedSignature: given && canonical !== undefined ? hmacSha256Hex(given.key, canonical) : null,
    fittingKey: shownKey(match),
    clockOffsetMs: offsetMs,
    parts: [
      part('appKey', sent.appKey),
      part('timestamp', sent.timestamp),
      part('nonce', sent.nonce),
      part('body', bodyHash),
      part('key', match?.key.name),
      part('signature', signature),
    ],
    findings: findings.all,
  };
}

function readHeaders({ headers }: SignedRequest, findings: Findings) {
  const read = (name: keyof typeof SIGNATURE_HEADERS): string | undefined => {
    const value = headers.get(SIGNATURE_HEADERS[name].toLowerCase());
    if (value === undefined) findings.add('header_missing', name, { name: SIGNATURE_HEADERS[name] });
    return value;
  };
  const [appKey, timestamp, nonce] = [read('appKey'), read('timestamp'), read('nonce')];
  const isWhole = appKey !== undefined && timestamp !== undefined && nonce !== undefined;
  const input: SignatureInput | undefined = isWhole ? { appKey, timestamp, nonce } : undefined;
  return { appKey, timestamp, nonce, signature: read('signature'), input };
}

function checkAppKey(sent: string | undefined, appKey: string, findings: Findings): void {
  if (sent === undefined || sent === appKey) return;
  const isNearly = sent.trim().toLowerCase() === appKey.toLowerCase();
  findings.add(isNearly ? 'app_key_form' : 'app_key_wrong', 'appKey', { name: appKey });
}

/** @returns how far it is from our clock, in any unit */
function checkTimestamp(sent: string | undefined, nowMs: number, findings: Findings): number | null {
  if (sent === undefined) return null;
  if (!/^\d{1,15}$/.test(sent)) {
    findings.add('timestamp_form', 'timestamp', { name: SIGNATURE_HEADERS.timestamp });
    return null;
  }
  const isInSeconds = sent.length <= 10;
  if (isInSeconds) findings.add('timestamp_seconds');
  const offsetMs = Number(sent) * (isInSeconds ? 1_000 : 1) - nowMs;
  findings.addClock(offsetMs);
  return offsetMs;
}

function matchOf(
  { body }: SignedRequest,
  input: SignatureInput,
  signature: string,
  keys: readonly NamedKey[],
  appKey: string,
): Match | undefined {
  const signed = (bytes: Buffer, finding: Message['finding']): Message => ({
    bytes: canonicalString(input, sha256Hex(bytes)),
    finding,
  });
  return findMatch({
    keys,
    properKey: xAppKey,
    properMessage: signed(body, null),
    signatures: xAppForms(signature),
    otherMessages: () => [
      ...bodyVariants(body).map((variant) => signed(variant.body, variant.finding)),
      ...xAppCanonicalVariants(input, body, appKey),
    ],
  });
}

/** The given key may belong to another of the signatures that are sent during a rotation. */
function addRotation(
  { headers }: SignedRequest,
  canonical: string,
  given: NamedKey | undefined,
  match: Match | undefined,
  findings: Findings,
): void {
  if (!given || match?.key.owner === 'given') return;
  const expected = hmacSha256Hex(given.key, canonical);
  for (const name of Object.values(ROTATION_SIGNATURE_HEADERS)) {
    if (headers.get(name.toLowerCase()) === expected) findings.add('key_role', 'key', { name });
  }
}
