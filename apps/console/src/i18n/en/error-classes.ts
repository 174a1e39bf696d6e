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
  cause: {
    dns: 'The host name in the URL has no IP address, so no request went out.',
    connect_refused:
      'The host is there, but nothing listens on that port: the connection was refused at once.',
    connect_timeout:
      'No connection came about in time. Most often a firewall drops the packets, or the address is not routable.',
    tls_expired:
      'The receiver’s HTTPS certificate has expired (or is not valid yet), so no request went out.',
    tls_hostname:
      'The receiver’s certificate is valid, but not for the host name in the URL, so no request went out.',
    tls_untrusted:
      'The certificate leads to no trusted root: an intermediate is missing, or it is self-signed or privately issued.',
    tls_other:
      'The two sides agreed on no secure connection: their TLS versions or ciphers differ, or the port does not speak HTTPS.',
    response_timeout:
      'The connection stood, but no answer came within the timeout. The request probably arrived and was being worked on.',
    reset:
      'The receiver, or a proxy in between, hung up before answering. The request may have been handled.',
    redirect:
      'The receiver answered 3xx and points elsewhere. Redirects are never followed, so that signed content goes to no unknown place.',
    client_error: 'The receiver answered 4xx: it finds fault with the request itself.',
    signature_rejected:
      'The receiver answered 401 or 403. Usually the signature did not verify; a login or an IP list at its gateway does the same.',
    not_found: 'The receiver answered 404 or 405: the path does not exist, or it does not take POST.',
    too_large: 'The receiver answered 413: the body is over its limit, or that of a proxy before it.',
    rate_limited: 'The receiver answered 429: it asks for fewer requests.',
    server_error: 'The receiver answered 5xx: its program failed, or its gateway found nothing behind it.',
    gone: 'The receiver answered 410: it wants nothing more. The webhook was disabled and an alert raised.',
    blocked_address:
      'The host points to a private, local or reserved address. It was not called, so that nobody can probe the internal network this way.',
    invalid_response: 'The port answered, but not with valid HTTP.',
  },
  advice: {
    dns: 'Check the spelling; run nslookup on the machine of this service; a new DNS record may take some minutes.',
    connect_refused:
      'Check that the receiver runs, that its port is the one in the URL, and that it listens on 0.0.0.0 and not only on 127.0.0.1; then check port mappings.',
    connect_timeout:
      'Let this service’s outgoing IP through the firewall and security group; try the host and port with curl from the machine of this service.',
    tls_expired:
      'Install a new certificate and reload the web server; automatic renewal helps, and so does a right clock on the receiver.',
    tls_hostname:
      'Get a certificate that names this host, or change the URL to the name it is for; with several sites on one machine check SNI too.',
    tls_untrusted:
      'Serve the full chain (fullchain), and replace a self-signed certificate with a publicly issued one.',
    tls_other:
      'Let the receiver speak TLS 1.2 or 1.3; check whether the URL should begin with https or http, and its port.',
    response_timeout:
      'Verify, answer 2xx at once, and do the work afterwards from a queue. Drop duplicates by callbackId, because it is sent again. If need be, raise the timeout.',
    reset:
      'See the logs of the receiver and its reverse proxy at that time: crashes, restarts and idle connections closed early look like this. Drop duplicates by callbackId.',
    redirect:
      'Set the URL to what the response header Location names; most often it is http leading to https, or a missing slash at the end.',
    client_error:
      'Read the response below, it usually says why; compare it with what the receiver expects of headers and JSON fields.',
    signature_rejected:
      'Check the key (a webhook with its own secret does not use the AppSecret); take the digest over the raw bytes received, not over JSON written anew; check the server’s clock; make sure that no gateway asks for a login.',
    not_found:
      'Check the path in the URL, slash at the end and route prefix included, and that its route takes POST.',
    too_large:
      'Raise the body limit of the receiver and its proxy to at least 512 KB, such as client_max_body_size of nginx.',
    rate_limited:
      'Retry-After is honoured and the retry comes by itself; while the webhook is paused, once it is resumed. If this is frequent, raise the receiver’s limit or exempt this service.',
    server_error:
      'See the receiver’s logs at that time, X-App-Callback-Id finds the request; 502, 503 and 504 mostly mean that the program behind the gateway is down or slow. Then redeliver.',
    gone: 'If that was a mistake, mend the receiver and enable the webhook again; if the address is out of use, delete it.',
    blocked_address:
      'Use a public address. If it has to be an internal one, an operator can add its range to WEBHOOK_ALLOWED_CIDRS.',
    invalid_response:
      'Make sure that plain HTTP is behind the port (not HTTPS, a database or gRPC), and that no proxy damages the headers.',
  },
};
