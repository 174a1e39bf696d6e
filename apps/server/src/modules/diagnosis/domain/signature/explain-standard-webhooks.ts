/** Explains a request that is signed by Standard Webhooks. */
import type { SignatureExplanation, SignaturePart } from '@im/contracts/api/signature-explanation';
import { hmacSha256Hex, sha256Hex } from '@im/contracts/signature-node';
import {
  STANDARD_WEBHOOKS_HEADERS,
  STANDARD_WEBHOOKS_VERSION,
} from '@im/contracts/signature-standard-webhooks';
import { bodyVariants } from './body-variants.js';
import { standardWebhooksCanonicalVariants } from './canonical-variants.js';
import type { Question } from './explain-x-app.js';
import { Findings, givenKey, shownKey } from './explanation.js';
import { findMatch, type Match } from './find-match.js';
import { standardWebhooksKey } from './key-forms.js';
import { standardWebhooksForms } from './signature-forms.js';
import type { Message, NamedKey, SignedRequest } from './signed-request.js';

export function explainStandardWebhooks({ request, keys, nowMs }: Question): SignatureExplanation {
  const findings = new Findings();
  const { id, timestamp, signature } = readHeaders(request, findings);
  const offsetMs = checkTimestamp(timestamp, nowMs, findings);
  const head = id !== undefined && timestamp !== undefined ? `${id}.${timestamp}.` : undefined;
  const match =
    id !== undefined && timestamp !== undefined && signature !== undefined
      ? matchOf(request.body, id, timestamp, signature, keys)
      : undefined;
  const given = givenKey(keys);
  if (head !== undefined && signature !== undefined) findings.addMatch(match, given);
  const part = (name: SignaturePart['part'], value: string | undefined): SignaturePart => ({
    part: name,
    status: findings.statusOf(name, match),
    value: value ?? null,
  });
  return {
    scheme: 'standard-webhooks',
    verdict: findings.verdict,
    summary: findings.summary(match),
    canonicalString: head === undefined ? null : `${head}<body>`,
    expectedSignature: given && head !== undefined ? expected(given, head, request.body) : null,
    fittingKey: shownKey(match),
    clockOffsetMs: offsetMs,
    parts: [
      { ...part('id', id), status: id === undefined ? 'missing' : 'ok' },
      part('timestamp', timestamp),
      part('body', sha256Hex(request.body)),
      part('key', match?.key.name),
      part('signature', signature),
    ],
    findings: findings.all,
  };
}

function readHeaders({ headers }: SignedRequest, findings: Findings) {
  const read = (name: keyof typeof STANDARD_WEBHOOKS_HEADERS): string | undefined => {
    const value = headers.get(STANDARD_WEBHOOKS_HEADERS[name]);
    if (value === undefined) findings.add('header_missing', name, { name: STANDARD_WEBHOOKS_HEADERS[name] });
    return value;
  };
  return { id: read('id'), timestamp: read('timestamp'), signature: read('signature') };
}

function checkTimestamp(sent: string | undefined, nowMs: number, findings: Findings): number | null {
  if (sent === undefined) return null;
  if (!/^\d{1,15}$/.test(sent)) {
    findings.add('timestamp_form', 'timestamp', { name: STANDARD_WEBHOOKS_HEADERS.timestamp });
    return null;
  }
  const isInMs = sent.length > 11;
  if (isInMs) findings.add('timestamp_milliseconds');
  const offsetMs = Number(sent) * (isInMs ? 1 : 1_000) - nowMs;
  findings.addClock(offsetMs);
  return offsetMs;
}

function matchOf(
  body: Buffer,
  id: string,
  timestamp: string,
  signature: string,
  keys: readonly NamedKey[],
): Match | undefined {
  const signed = (bytes: Buffer, finding: Message['finding']): Message => ({
    bytes: Buffer.concat([Buffer.from(`${id}.${timestamp}.`), bytes]),
    finding,
  });
  return findMatch({
    keys,
    properKey: standardWebhooksKey,
    properMessage: signed(body, null),
    signatures: standardWebhooksForms(signature),
    otherMessages: () => [
      ...bodyVariants(body).map((variant) => signed(variant.body, variant.finding)),
      ...standardWebhooksCanonicalVariants(id, timestamp, body),
    ],
  });
}

function expected(given: NamedKey, head: string, body: Buffer): string {
  const hex = hmacSha256Hex(standardWebhooksKey(given.key).key, Buffer.concat([Buffer.from(head), body]));
  return `${STANDARD_WEBHOOKS_VERSION},${Buffer.from(hex, 'hex').toString('base64')}`;
}
