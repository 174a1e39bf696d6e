/** Records facts about a failure, so that it can be explained later. */
import { X509Certificate } from 'node:crypto';
import type { AttemptEvidence, AttemptPhase, CertificateFacts } from '@im/contracts/diagnosis/evidence';
import { describeStart } from './answer-head.js';
import { BlockedAddressError } from './guarded-lookup.js';
import type { PreparedRequest } from './http-outcome.js';
import { codeOf } from './network-failure.js';

/** Names of a certificate that are kept; some have hundreds. */
const MAX_NAMES = 20;
const MAX_ADDRESSES = 8;
const MAX_TEXT = 300;

interface Trace {
  phase: AttemptPhase;
  addresses: readonly string[];
  /** DER. */
  certificate: Buffer | null;
  error: Error | null;
  /** Whether one was requested, and sent. */
  clientCertificate: 'asked' | 'sent' | null;
  /** First bytes of an invalid answer, as Latin-1. */
  answerStart: string;
}

export function gatherEvidence(url: URL, request: PreparedRequest, trace: Trace): AttemptEvidence {
  const { phase, addresses, certificate, error, clientCertificate, answerStart } = trace;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
    path: url.pathname.slice(0, MAX_TEXT),
    requestBytes: request.body.length,
    timeoutMs: request.timeoutMs,
    phase,
    code: error && codeOf(error),
    answered: describeStart(answerStart),
    ...(clientCertificate && { clientCertificate }),
    addresses: addresses.slice(0, MAX_ADDRESSES),
    blockedRange: error instanceof BlockedAddressError ? error.range : null,
    certificate: certificate && certificateFactsOf(certificate),
  };
}

/**
 * @returns null for a certificate that Node accepted in the handshake and cannot parse now, which must not fail the
 * attempt
 */
function certificateFactsOf(der: Buffer): CertificateFacts | null {
  try {
    return factsOf(new X509Certificate(der));
  } catch {
    return null;
  }
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  const { subject, issuer, subjectAltName, validFromDate, validToDate } = certificate;
  return {
    subject: shortName(subject),
    issuer: shortName(issuer),
    altNames: namesOf(subjectAltName),
    validFrom: validFromDate.toISOString(),
    validTo: validToDate.toISOString(),
    isSelfSigned: certificate.checkIssued(certificate),
  };
}

/** The common name of a distinguished name, which Node writes one attribute a line. */
function shortName(distinguishedName: string | undefined): string {
  const lines = (distinguishedName ?? '').split('\n');
  const commonName = lines.find((line) => line.startsWith('CN='))?.slice('CN='.length);
  return clean(commonName ?? lines.join(', '));
}

/** From `DNS:example.com, IP Address:192.0.2.1`. */
function namesOf(subjectAltName: string | undefined): string[] {
  return (subjectAltName ?? '')
    .split(', ')
    .flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? [])
    .slice(0, MAX_NAMES)
    .map(clean);
}

/** Certificates are untrusted: removes NUL, which PostgreSQL refuses, and bounds the length. */
function clean(text: string): string {
  return text.replaceAll('\0', '\uFFFD').slice(0, MAX_TEXT);
}
