/** Finds cause and advice from the class of a failure and what the attempt showed. */
import type { ErrorClass } from '../api/deliveries.js';
import {
  ofAnyAnswer,
  ofMissingPath,
  ofRateLimit,
  ofRedirect,
  ofRejectedSignature,
  ofServerError,
  ofTooLargeBody,
} from './answer-findings.js';
import {
  ofCertificateForAnotherHost,
  ofExpiredCertificate,
  ofUntrustedCertificate,
} from './certificate-findings.js';
import {
  ofBlockedAddress,
  ofBrokenConnection,
  ofName,
  ofRefusedConnection,
  ofSilentReceiver,
  ofUnfinishedConnection,
} from './connection-findings.js';
import type { Diagnosis } from './diagnosis.js';
import type { FailedAttempt } from './evidence.js';
import { GENERAL_DIAGNOSES } from './general-diagnoses.js';
import { ofProtocol } from './protocol-findings.js';

const FINDINGS: Readonly<Record<ErrorClass, (failure: FailedAttempt, general: Diagnosis) => Diagnosis>> = {
  dns: ofName,
  connect_refused: ofRefusedConnection,
  connect_timeout: ofUnfinishedConnection,
  tls_expired: ofExpiredCertificate,
  tls_hostname: ofCertificateForAnotherHost,
  tls_untrusted: ofUntrustedCertificate,
  tls_other: ofBrokenExchange,
  response_timeout: ofSilentReceiver,
  reset: ofBrokenExchange,
  redirect: ofRedirect,
  client_error: ofAnyAnswer,
  signature_rejected: ofRejectedSignature,
  not_found: ofMissingPath,
  too_large: ofTooLargeBody,
  rate_limited: ofRateLimit,
  server_error: ofServerError,
  gone: ofAnyAnswer,
  blocked_address: ofBlockedAddress,
  invalid_response: (failure, general) =>
    (failure.responseStatus === null ? ofBrokenExchange : ofAnyAnswer)(failure, general),
};

function ofBrokenExchange(failure: FailedAttempt, general: Diagnosis): Diagnosis {
  return ofBrokenConnection(failure, ofProtocol(failure) ?? general);
}

/** @returns what happened and what helps; without evidence, the general diagnosis of the class */
export function diagnoseAttempt(failure: FailedAttempt): Diagnosis {
  return FINDINGS[failure.errorClass](failure, GENERAL_DIAGNOSES[failure.errorClass]);
}
