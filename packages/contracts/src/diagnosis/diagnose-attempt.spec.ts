import { describe, expect, it } from 'vitest';
import { errorClassSchema } from '../api/deliveries.js';
import { diagnoseAttempt } from './diagnose-attempt.js';
import type { AttemptEvidence, CertificateFacts, FailedAttempt } from './evidence.js';
import { GENERAL_DIAGNOSES } from './general-diagnoses.js';

const ENDED_AT = Date.parse('2026-11-21T08:00:00Z');

const certificate: CertificateFacts = {
  subject: 'hooks.example',
  issuer: 'Example CA',
  altNames: ['hooks.example', '*.hooks.example'],
  validFrom: '2026-08-01T00:00:00.000Z',
  validTo: '2026-11-18T08:00:00.000Z',
  isSelfSigned: false,
};

const evidence: AttemptEvidence = {
  host: 'hooks.example',
  port: 443,
  path: '/im/callback',
  requestBytes: 300_000,
  timeoutMs: 10_000,
  phase: 'response',
  code: null,
  addresses: ['198.51.100.7'],
  blockedRange: null,
  certificate: null,
};

function failure(override: Partial<FailedAttempt>, ofEvidence: Partial<AttemptEvidence> = {}): FailedAttempt {
  return {
    errorClass: 'server_error',
    endedAtMs: ENDED_AT,
    durationMs: 10_000,
    phases: { dnsMs: 5, connectMs: 20, tlsMs: 40, firstByteMs: null },
    remoteAddress: '198.51.100.7',
    responseStatus: null,
    responseHeaders: null,
    responseBody: null,
    isQuotable: true,
    evidence: { ...evidence, ...ofEvidence },
    ...override,
  };
}

const answer = (
  responseStatus: number,
  responseHeaders: Record<string, string> = {},
  responseBody = '',
): Partial<FailedAttempt> => ({ responseStatus, responseHeaders, responseBody });

describe('a diagnosis', () => {
  it.each<[what: string, FailedAttempt, cause: string[], advice: string[]]>([
    [
      'of a name that does not exist',
      failure({ errorClass: 'dns' }, { phase: 'dns', code: 'ENOTFOUND' }),
      ['hooks.example does not exist (NXDOMAIN)'],
      ['Check the spelling'],
    ],
    [
      'of name servers that fail',
      failure(
        { errorClass: 'dns', phases: { dnsMs: 80, connectMs: null, tlsMs: null, firstByteMs: null } },
        { phase: 'dns', code: 'EAI_AGAIN' },
      ),
      ['SERVFAIL, EAI_AGAIN'],
      ['dig +trace'],
    ],
    [
      'of name servers that stay silent',
      failure(
        { errorClass: 'dns', phases: { dnsMs: 10_000, connectMs: null, tlsMs: null, firstByteMs: null } },
        { phase: 'dns', code: 'EAI_AGAIN' },
      ),
      ['no answer for hooks.example within 10 seconds (timeout)'],
      ['DNS settings'],
    ],
    [
      'of name servers that stayed silent until the look-up was given up',
      failure(
        { errorClass: 'dns', phases: { dnsMs: 5_000, connectMs: null, tlsMs: null, firstByteMs: null } },
        { phase: 'dns', code: 'ETIMEOUT' },
      ),
      ['no answer for hooks.example within 5 seconds (timeout)'],
      ['DNS settings'],
    ],
    [
      'of name servers that were silent a moment before',
      failure(
        { errorClass: 'dns', phases: { dnsMs: 0.2, connectMs: null, tlsMs: null, firstByteMs: null } },
        { phase: 'dns', code: 'ETIMEOUT' },
      ),
      ['a moment before', 'not asked again'],
      ['DNS settings'],
    ],
    [
      'of a receiver that wants a client certificate and ends the handshake',
      failure(
        { errorClass: 'tls_other' },
        { phase: 'tls', code: 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', clientCertificate: 'asked' },
      ),
      ['asked for a client certificate, and this webhook has none'],
      ['Get a client certificate', 'mutual TLS'],
    ],
    [
      'of a receiver that wants a client certificate and hangs up after the handshake',
      failure({ errorClass: 'reset' }, { code: 'ECONNRESET', clientCertificate: 'asked' }),
      ['asked for a client certificate, and this webhook has none'],
      ['Get a client certificate'],
    ],
    [
      'of a receiver that says that it wants a client certificate',
      failure({ errorClass: 'tls_other' }, { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' }),
      ['asked for a client certificate'],
      ['Get a client certificate'],
    ],
    [
      'of a receiver that does not take the client certificate it got',
      failure({ errorClass: 'tls_other' }, { phase: 'tls', code: 'EPROTO', clientCertificate: 'sent' }),
      ['broke off after it got this webhook’s'],
      ['has not expired'],
    ],
    [
      'of a gateway that answers 400 because a client certificate is missing',
      failure({
        errorClass: 'client_error',
        ...answer(400, {}, '<center>No required SSL certificate was sent</center>'),
      }),
      ['Its status was 400'],
      ['Get a client certificate'],
    ],
    [
      'of a gateway that answers 403 after it asked for a client certificate',
      failure({ errorClass: 'signature_rejected', ...answer(403) }, { clientCertificate: 'asked' }),
      ['Its status was 403'],
      ['asked for a client certificate', 'Get a client certificate'],
    ],
    [
      'of a receiver that speaks HTTP/2 only, over TLS',
      failure(
        { errorClass: 'tls_other' },
        { phase: 'tls', code: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL' },
      ),
      ['speaks HTTP/2 only'],
      ['offer HTTP/1.1', 'ALPN'],
    ],
    [
      'of a receiver that speaks HTTP/2 only, in clear',
      failure({ errorClass: 'invalid_response' }, { code: 'HTTPParserError', answered: 'HTTP/2' }),
      ['speaks HTTP/2 only'],
      ['offer HTTP/1.1'],
    ],
    [
      'of TLS behind a URL that says http',
      failure({ errorClass: 'invalid_response' }, { code: 'HTTPParserError', answered: 'TLS' }),
      ['answered in TLS'],
      ['begin with https'],
    ],
    [
      'of an answer with headers that contradict each other',
      failure(
        { errorClass: 'invalid_response' },
        { code: 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', answered: 'HTTP/1.1 200' },
      ),
      ['answered HTTP/1.1 200', 'most likely arrived', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'],
      ['curl -v', 'callbackId'],
    ],
    [
      'of an outgoing proxy that refuses',
      failure({ errorClass: 'connect_refused' }, { phase: 'connect', code: 'PROXY_ANSWERED_403' }),
      ['outgoing proxy', 'PROXY_ANSWERED_403'],
      ['OUTGOING_PROXY_URL', 'CONNECT'],
    ],
    [
      'of an outgoing proxy that does not reach the receiver in time',
      failure({ errorClass: 'connect_timeout' }, { phase: 'connect', code: 'PROXY_ANSWERED_504' }),
      ['outgoing proxy', 'PROXY_ANSWERED_504'],
      ['OUTGOING_NO_PROXY'],
    ],
    [
      'of a port that refuses',
      failure({ errorClass: 'connect_refused' }, { phase: 'connect', code: 'ECONNREFUSED' }),
      ['nothing listens', 'hooks.example:443 (198.51.100.7)', 'not a firewall'],
      ['Check that the receiver runs'],
    ],
    [
      'of a host without a route',
      failure({ errorClass: 'connect_refused' }, { phase: 'connect', code: 'EHOSTUNREACH' }),
      ['no route to hooks.example:443', 'EHOSTUNREACH'],
      ['IPv6'],
    ],
    [
      'of a filtered port',
      failure({ errorClass: 'connect_timeout' }, { phase: 'connect' }),
      ['resolved in 5 ms', 'no sign at all until the 10 seconds', 'filtered, not refused'],
      ['firewall'],
    ],
    [
      'of a handshake that hangs',
      failure({ errorClass: 'connect_timeout' }, { phase: 'tls' }),
      ['took 20 ms', 'TLS handshake'],
      ['speaks HTTPS'],
    ],
    [
      'of connections that are all busy',
      failure({ errorClass: 'connect_timeout' }, { phase: 'queue' }),
      ['All connections to hooks.example were busy'],
      ['answers too slowly'],
    ],
    [
      'of an expired certificate',
      failure({ errorClass: 'tls_expired' }, { phase: 'tls', code: 'CERT_HAS_EXPIRED', certificate }),
      ['“hooks.example” (issuer “Example CA”)', 'expired 3 days ago', '2026-11-18 08:00:00 UTC'],
      ['new certificate'],
    ],
    [
      'of a certificate that is not valid yet',
      failure(
        { errorClass: 'tls_expired' },
        {
          certificate: { ...certificate, validFrom: '2026-11-21T10:30:00Z', validTo: '2027-01-01T00:00:00Z' },
        },
      ),
      ['becomes valid in 2 hours 30 minutes'],
      ['clocks'],
    ],
    [
      'of a certificate for other names',
      failure(
        { errorClass: 'tls_hostname' },
        { host: 'a.b.example', certificate: { ...certificate, altNames: ['b.example', '*.example'] } },
      ),
      ['asks for a.b.example', 'names: b.example, *.example'],
      ['*.example covers one label only'],
    ],
    [
      'of a self-signed certificate',
      failure({ errorClass: 'tls_untrusted' }, { certificate: { ...certificate, isSelfSigned: true } }),
      ['is self-signed'],
      ['fullchain'],
    ],
    [
      'of an unknown issuer',
      failure({ errorClass: 'tls_untrusted' }, { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', certificate }),
      ['issuer “Example CA”', 'neither sent along'],
      ['fullchain'],
    ],
    [
      'of a receiver that stays silent',
      failure({ errorClass: 'response_timeout' }),
      ['Of the 10 seconds allowed, name and connection took 65 ms', 'other 10 seconds'],
      ['answer 2xx at once'],
    ],
    [
      'of a redirect to https',
      failure(
        { errorClass: 'redirect', ...answer(301, { location: 'https://hooks.example/im/callback' }) },
        { port: 80 },
      ),
      ['points to https://hooks.example/im/callback'],
      ['https instead of http'],
    ],
    [
      'of a missing slash',
      failure({ errorClass: 'redirect', ...answer(308, { location: '/im/callback/' }) }),
      ['points to /im/callback/'],
      ['lacks a slash'],
    ],
    [
      'of a login page, without its query',
      failure({ errorClass: 'redirect', ...answer(302, { location: '/login?next=secret' }) }),
      ['points to /login.'],
      ['gateway asks for a login'],
    ],
    [
      'of a receiver whose clock is wrong',
      failure({
        errorClass: 'signature_rejected',
        ...answer(401, { date: 'Sat, 21 Nov 2026 07:52:48 GMT' }, '{"error":"timestamp expired"}'),
      }),
      ['status was 401', 'timestamp expired', 'clock is 7 minutes 12 seconds behind ours'],
      ['NTP'],
    ],
    [
      'of a receiver that reads seconds',
      failure({
        errorClass: 'signature_rejected',
        ...answer(401, { date: 'Sat, 21 Nov 2026 08:00:01 GMT' }, 'Timestamp too old'),
      }),
      ['Timestamp too old'],
      ['milliseconds, not seconds'],
    ],
    [
      'of a gateway that wants a login',
      failure({
        errorClass: 'signature_rejected',
        ...answer(401, { 'www-authenticate': 'Basic realm="intranet"' }),
      }),
      ['status was 401'],
      ['Basic realm="intranet"'],
    ],
    [
      'of a path that takes GET only',
      failure({ errorClass: 'not_found', ...answer(405, { allow: 'GET, HEAD' }) }),
      ['POST /im/callback'],
      ['takes GET, HEAD only'],
    ],
    [
      'of a body that is too large',
      failure({
        errorClass: 'too_large',
        ...answer(413, {}, '<html><h1>413 Request Entity Too Large</h1></html>'),
      }),
      ['The body sent has 293.0 KB', '“413 Request Entity Too Large”'],
      ['client_max_body_size'],
    ],
    [
      'of a receiver that asks to wait',
      failure({ errorClass: 'rate_limited', ...answer(429, { 'retry-after': '90' }) }),
      ['asks to wait 1 minute 30 seconds'],
      ['honoured'],
    ],
    [
      'of a receiver that asks to wait until an instant',
      failure({
        errorClass: 'server_error',
        ...answer(503, { 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' }),
      }),
      ['status was 503', 'until 2026-11-21 09:00:00 UTC'],
      ['X-App-Callback-Id'],
    ],
    [
      'of a blocked address',
      failure({ errorClass: 'blocked_address' }, { blockedRange: 'private 10.0.0.0/8' }),
      ['private 10.0.0.0/8'],
      ['WEBHOOK_ALLOWED_CIDRS'],
    ],
    [
      'of a connection that broke',
      failure({ errorClass: 'reset', durationMs: 1_500 }, { code: 'ECONNRESET' }),
      ['hooks.example:443 (198.51.100.7)', 'after 2 seconds (ECONNRESET)'],
      ['reverse proxy'],
    ],
    [
      'of a status that HTTP does not have',
      failure({ errorClass: 'invalid_response', ...answer(777) }),
      ['status was 777'],
      ['plain HTTP'],
    ],
  ])('%s explains what the attempt showed', (_what, attempt, cause, advice) => {
    const diagnosis = diagnoseAttempt(attempt);
    for (const part of cause) expect(diagnosis.cause.en).toContain(part);
    for (const part of advice) expect(diagnosis.advice.en).toContain(part);
    expect(diagnosis.cause.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(diagnosis.advice.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  it.each(errorClassSchema.options)('of %s without evidence is the general one', (errorClass) => {
    const attempt = failure({ errorClass, evidence: null });
    const diagnosis = diagnoseAttempt(attempt);
    const general = GENERAL_DIAGNOSES[errorClass];
    expect(diagnosis.cause.zh.startsWith(general.cause.zh)).toBe(true);
    expect(diagnosis.advice.en).toContain(general.advice.en);
  });

  it.each([
    ['markup and line ends', `<script>alert(1)</script><p>no\n such\tuser</p>`, '“no such user”'],
    ['length', 'x'.repeat(50_000), `“${'x'.repeat(160)}…”`],
    ['characters beyond the BMP', '🔑'.repeat(200), `“${'🔑'.repeat(160)}…”`],
  ])('quotes a receiver without its %s', (_what, body, quoted) => {
    const attempt = failure({ errorClass: 'client_error', ...answer(422, {}, body) });
    expect(diagnoseAttempt(attempt).cause.en).toContain(quoted);
  });

  it('quotes no content that is masked, and still draws its conclusions', () => {
    const attempt = failure({ errorClass: 'signature_rejected', ...answer(401, {}, 'timestamp of Anna') });
    const { cause, advice } = diagnoseAttempt({ ...attempt, isQuotable: false });
    expect(JSON.stringify({ cause, advice })).not.toContain('Anna');
    expect(advice.en).toContain('milliseconds');
  });

  it.each([
    ['nothing', {}],
    ['a date within half a minute', { date: 'Sat, 21 Nov 2026 08:00:25 GMT' }],
    ['a date that is none', { date: 'yesterday GMT' }],
    ['a number', { date: '1763712000' }],
  ])('says nothing of the clock of a receiver that sends %s', (_what, headers: Record<string, string>) => {
    const attempt = failure({ errorClass: 'signature_rejected', ...answer(403, headers, 'no') });
    expect(diagnoseAttempt(attempt).cause.en).not.toContain('clock');
  });
});
