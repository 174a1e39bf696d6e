/** Explains a request whose body alone is signed, in a header such as `X-App-Signature-256`. */
import type { SignatureExplanation, SignaturePart } from '@im/contracts/api/signature-explanation';
import { bodyHmacHeaders, type BodyHmacHeaders } from '@im/contracts/signature-body-hmac';
import { sha256Hex, signBodySync } from '@im/contracts/signature-node';
import { bodyVariants } from './body-variants.js';
import type { Question } from './explain-x-app.js';
import { Findings, givenKey, shownKey } from './explanation.js';
import { findMatch, type Match } from './find-match.js';
import { xAppKey } from './key-forms.js';
import { bodyHmacForms } from './signature-forms.js';
import type { NamedKey, SignedRequest } from './signed-request.js';

/** The lower-case headers of the scheme, of the first prefix that the request has; undefined: it has none. */
export function bodyHmacHeadersOf({ headers }: SignedRequest): BodyHmacHeaders | undefined {
  for (const name of headers.keys()) {
    const prefix = /^(.+)-signature-256$/.exec(name)?.[1];
    if (prefix !== undefined) return bodyHmacHeaders(prefix);
  }
  return undefined;
}

export function explainBodyHmac({ request, keys }: Question, names: BodyHmacHeaders): SignatureExplanation {
  const findings = new Findings();
  const signature = request.headers.get(names.signature.toLowerCase()) ?? '';
  const given = givenKey(keys);
  const match = matchOf(request.body, signature, keys);
  findings.addMatch(match, given);
  addRotation(request, names, given, match, findings);
  const part = (name: SignaturePart['part'], value: string | null): SignaturePart => ({
    part: name,
    status: findings.statusOf(name, match),
    value,
  });
  return {
    scheme: 'body-hmac',
    verdict: findings.verdict,
    summary: findings.summary(match),
    canonicalString: '<body>',
    expectedSignature: given ? signBodySync(given.key, request.body) : null,
    fittingKey: shownKey(match),
    clockOffsetMs: null,
    parts: [
      part('body', sha256Hex(request.body)),
      part('key', match?.key.name ?? null),
      part('signature', signature),
    ],
    findings: findings.all,
  };
}

function matchOf(body: Buffer, signature: string, keys: readonly NamedKey[]): Match | undefined {
  return findMatch({
    keys,
    properKey: xAppKey,
    properMessage: { bytes: body, finding: null },
    signatures: bodyHmacForms(signature),
    otherMessages: () => [
      ...bodyVariants(body).map((variant) => ({ bytes: variant.body, finding: variant.finding })),
      { bytes: sha256Hex(body), finding: 'canonical_body' },
    ],
  });
}

/** The given key may belong to another of the signatures that are sent during a rotation. */
function addRotation(
  { headers, body }: SignedRequest,
  { next, previous }: BodyHmacHeaders,
  given: NamedKey | undefined,
  match: Match | undefined,
  findings: Findings,
): void {
  if (!given || match?.key.owner === 'given') return;
  const expected = signBodySync(given.key, body);
  for (const name of [next, previous]) {
    if (headers.get(name.toLowerCase()) === expected) findings.add('key_role', 'key', { name });
  }
}
