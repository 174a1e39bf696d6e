import type { errorClasses as zhErrorClasses } from '../zh/error-classes.js';

export const errorClasses: typeof zhErrorClasses = {
  name: {
    dns: 'Host name not found',
    connect_refused: 'Connection refused',
    connect_timeout: 'Connection timed out',
    tls_expired: 'Certificate expired',
    tls_hostname: 'Certificate is for another host',
    tls_untrusted: 'Certificate not trusted',
    tls_other: 'TLS handshake failed',
    response_timeout: 'No answer in time',
    reset: 'Connection broken',
    redirect: 'Answered with a redirect',
    client_error: 'Refused by the receiver',
    signature_rejected: 'Signature refused',
    not_found: 'No such address at the receiver',
    too_large: 'Too large for the receiver',
    rate_limited: 'Receiver asks to slow down',
    server_error: 'Receiver failed inside',
    gone: 'Receiver is gone',
    blocked_address: 'Address may not be called',
    invalid_response: 'Answer not understood',
  },
};
