import type { errorClasses as zhErrorClasses } from '../zh/error-classes.js';

export const errorClasses: typeof zhErrorClasses = {
  name: {
    dns: 'Host name not found',
    connect_refused: 'Connection refused',
    connect_timeout: 'Connection timed out',
    tls_expired: 'Certificate expired',
    tls_hostname: 'Certificate host mismatch',
    tls_untrusted: 'Certificate not trusted',
    tls_other: 'TLS handshake failed',
    response_timeout: 'Response timed out',
    reset: 'Connection reset',
    redirect: 'Redirected',
    client_error: 'Refused by the receiver',
    signature_rejected: 'Signature refused',
    not_found: 'Not found at the receiver (404)',
    too_large: 'Too large for the receiver (413)',
    rate_limited: 'Rate limited by the receiver',
    server_error: 'Receiver error (5xx)',
    gone: 'Gone (410)',
    blocked_address: 'Address not allowed',
    invalid_response: 'Invalid response',
  },
};
