/** Defines input and output of the webhook client: data only, also for failed requests. */
import type { AttemptPhases, ErrorClass } from '@im/contracts/api/deliveries';
import type { AttemptEvidence } from '@im/contracts/diagnosis/evidence';
import type { ClientCertificate } from './outgoing-tls.js';

/** A POST, signed and complete: it is sent exactly once, as it is. */
export interface PreparedRequest {
  url: string;
  /** In sending order. Host, Connection and Content-Length are added by the client. */
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
  /** For the whole attempt: waiting for a free connection, DNS, connect, TLS and the answer. */
  timeoutMs: number;
  /** Sent to a receiver that requests one. */
  clientCertificate?: ClientCertificate;
  /** Evidence of a success too, with the certificate. */
  isEvidenceWanted?: boolean;
  /** For whom it is sent: look-ups of host names are bounded for each tenant. */
  tenantId?: string | undefined;
  /** Not over a kept connection, since one of them was just found broken. */
  isConnectionNew?: boolean;
}

export interface HttpOutcome {
  startedAt: Date;
  durationMs: number;
  phases: AttemptPhases;
  /** The address connected to, or last tried; null when there was none or it was refused. */
  remoteAddress: string | null;
  responseStatus: number | null;
  /** Lower-case names; values of a repeated header are joined with a comma. Cut off at 8 KiB. */
  responseHeaders: Record<string, string> | null;
  /** The first bytes as text, unpacked and read in the charset the answer names; null without an answer. */
  responseBody: string | null;
  /** The body is longer than what is kept, or incomplete. */
  isResponseTruncated: boolean;
  /** null = a 2xx answer. */
  errorClass: ErrorClass | null;
  /** One sentence for people; null on success. */
  errorMessage: string | null;
  /** How long the receiver asks to wait (429 and 503 only). */
  retryAfterMs: number | null;
  /** For the diagnosis of a failure; null on success, unless requested. */
  evidence: AttemptEvidence | null;
  /**
   * The receiver cannot have read the request: it was lost with a connection that had served before. Its sender may
   * compose it again and send it at once, over a new connection.
   */
  isUnread?: true;
}
