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
  advice: {
    dns: 'The host name has no address. Check its spelling and its DNS records.',
    connect_refused:
      'The host is there, but nothing listens on the port. Check that the receiver runs, its port, and the firewall.',
    connect_timeout:
      'No connection came about in time. Most often a firewall drops the packets, or the address is not routable.',
    tls_expired: 'Renew the certificate of the receiver.',
    tls_hostname:
      'The certificate does not name this host. Change the certificate, or use the name it is for.',
    tls_untrusted: 'The chain is incomplete or privately issued. Add the intermediate certificates.',
    tls_other:
      'The two sides agreed on no secure connection. Check the TLS versions and ciphers of the receiver.',
    response_timeout:
      'The connection stood, but no answer came in time. Answer 2xx first and do the work afterwards.',
    reset:
      'The receiver or something in between hung up before answering. See the logs of the receiver and its proxy.',
    redirect: 'Redirects are never followed. Set the URL to where it leads.',
    client_error:
      'The receiver finds fault with the request. Compare its answer with the code of the receiver.',
    signature_rejected:
      'Check which secret verifies, and that the digest is taken over the raw bytes received, not over JSON written anew.',
    not_found: 'The path or the method is wrong. Check the URL, and that it takes POST.',
    too_large: 'Raise the request size that the receiver or its proxy allows.',
    rate_limited: 'The receiver asks to slow down. Its Retry-After is honoured.',
    server_error: 'The receiver failed while handling the request. See its logs.',
    gone: 'The receiver says it wants nothing more, so the webhook was disabled. Enable it again when that was wrong.',
    blocked_address:
      'The host points to a private or reserved address, which is not called. An operator can allow it with WEBHOOK_ALLOWED_CIDRS.',
    invalid_response: 'What came back is not valid HTTP. Check that an HTTP service is behind the port.',
  },
};
