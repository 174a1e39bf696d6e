import type { AttemptPhase } from '@im/contracts/diagnosis/evidence';
import { describe, expect, it } from 'vitest';
import { BlockedAddressError } from './guarded-lookup.js';
import { describeFailure, describeTimeout } from './network-failure.js';

const failure = (code: string, message = code) => Object.assign(new Error(message), { code });
const HOST = 'hooks.example';

describe('a failure is named by the phase it happened in and its code', () => {
  it.each<[AttemptPhase, string, string]>([
    ['dns', 'ENOTFOUND', 'dns'],
    ['dns', 'EAI_AGAIN', 'dns'],
    ['connect', 'ECONNREFUSED', 'connect_refused'],
    ['connect', 'EHOSTUNREACH', 'connect_refused'],
    ['connect', 'ENETUNREACH', 'connect_refused'],
    ['connect', 'ETIMEDOUT', 'connect_timeout'],
    ['connect', 'UND_ERR_CONNECT_TIMEOUT', 'connect_timeout'],
    ['connect', 'ECONNRESET', 'reset'],
    ['tls', 'CERT_HAS_EXPIRED', 'tls_expired'],
    ['tls', 'CERT_NOT_YET_VALID', 'tls_expired'],
    ['tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'tls_hostname'],
    ['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_untrusted'],
    ['tls', 'SELF_SIGNED_CERT_IN_CHAIN', 'tls_untrusted'],
    ['tls', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls_untrusted'],
    ['tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_untrusted'],
    ['tls', 'ECONNRESET', 'tls_other'],
    ['tls', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls_other'],
    ['response', 'ECONNRESET', 'reset'],
    ['response', 'EPIPE', 'reset'],
    ['response', 'UND_ERR_SOCKET', 'reset'],
    ['response', 'ETIMEDOUT', 'response_timeout'],
    ['response', 'UND_ERR_HEADERS_OVERFLOW', 'invalid_response'],
    ['response', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls_other'],
  ])('%s, %s: %s', (phase, code, errorClass) => {
    const described = describeFailure(failure(code), phase, HOST);
    expect(described.errorClass).toBe(errorClass);
    expect(described.errorMessage).toMatch(/hooks\.example.*\.$/);
  });

  it('an answer out of turn is not a reset', () => {
    expect(describeFailure(failure('UND_ERR_SOCKET', 'bad response'), 'response', HOST).errorClass).toBe(
      'invalid_response',
    );
  });

  it('a guarded address counts in every phase', () => {
    const error = new BlockedAddressError(HOST, 'private 10.0.0.0/8');
    for (const phase of ['dns', 'connect'] as const) {
      expect(describeFailure(error, phase, HOST).errorClass).toBe('blocked_address');
    }
  });
});

describe('a deadline is named by how far the request had come', () => {
  it.each<[AttemptPhase, string]>([
    ['queue', 'connect_timeout'],
    ['dns', 'dns'],
    ['connect', 'connect_timeout'],
    ['tls', 'connect_timeout'],
    ['response', 'response_timeout'],
  ])('%s: %s', (phase, errorClass) => {
    const described = describeTimeout(phase, HOST, 10_000);
    expect(described.errorClass).toBe(errorClass);
    expect(described.errorMessage).toContain('within 10000 ms');
  });
});
