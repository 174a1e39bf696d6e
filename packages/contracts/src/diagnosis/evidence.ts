/** Defines the evidence of a failed attempt for its diagnosis, in addition to what every attempt records. */
import type { AttemptPhases, ErrorClass } from '../api/deliveries.js';

/** How far a request came. `queue`: it waited for one of the host's connections. */
export type AttemptPhase = 'queue' | 'dns' | 'connect' | 'tls' | 'response' | 'body';

/** The receiver's own certificate, without its chain. */
export interface CertificateFacts {
  /** The subject's common name, or all of the subject where it has none. */
  subject: string;
  issuer: string;
  /** DNS names and addresses the certificate is for. */
  altNames: string[];
  /** ISO 8601. */
  validFrom: string;
  validTo: string;
  /** Its issuer is itself. */
  isSelfSigned: boolean;
}

export interface AttemptEvidence {
  /** Host of the URL, without the port. */
  host: string;
  port: number;
  /** Path of the URL, without its query, which may contain a secret. */
  path: string;
  /** Bytes of the request body. */
  requestBytes: number;
  timeoutMs: number;
  /** Where it failed. */
  phase: AttemptPhase;
  /** The error's code, e.g. `ECONNREFUSED`; null for answers and for the deadline. */
  code: string | null;
  /**
   * What is known of an answer that could not be read: version and status (`HTTP/1.1 200`), `HTTP/2` or `TLS`. Null
   * where nothing came or nothing can be said; absent from attempts made before it was recorded.
   */
  answered?: string | null;
  /**
   * The receiver asked for a client certificate in the handshake, and the webhook had none (`asked`) or one (`sent`).
   * Absent if it did not, on a kept connection, and from attempts made before it was recorded.
   */
  clientCertificate?: 'asked' | 'sent';
  /** What the host name resolved to for this attempt; empty on a kept connection and for what is blocked. */
  addresses: string[];
  /** The guarded range that refused the address. */
  blockedRange: string | null;
  /** Only if the certificate failed. */
  certificate: CertificateFacts | null;
}

/** A failed attempt as the log has it. */
export interface FailedAttempt {
  errorClass: ErrorClass;
  /** Unix time in milliseconds when its outcome was known. */
  endedAtMs: number;
  durationMs: number;
  phases: AttemptPhases;
  remoteAddress: string | null;
  responseStatus: number | null;
  /** Lower-case names. */
  responseHeaders: Readonly<Record<string, string>> | null;
  responseBody: string | null;
  /** Whether the receiver's answer may be quoted: it may repeat what was sent to it. */
  isQuotable: boolean;
  /** Null for attempts made before evidence was kept. */
  evidence: AttemptEvidence | null;
}
