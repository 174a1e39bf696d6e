/** Records facts while a connection is made, and watches its handshake. */
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { AttemptPhase } from '@im/contracts/diagnosis/evidence';
import type { ClientCertificate } from './outgoing-tls.js';

/** What the connector records about the connection for a request. */
export interface ConnectTrace {
  /** The tenant that look-ups are counted for. */
  readonly tenantId: string | undefined;
  /** The host name waits for a look-up permit: nothing is known of the receiver yet. */
  isLookUpWaiting: boolean;
  /** The outgoing proxy is not reached yet, so nothing is known of the receiver. */
  isProxyWaiting: boolean;
  phase: AttemptPhase;
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  remoteAddress: string | null;
  /** What the host name resolved to. */
  addresses: string[];
  /** The receiver's, trusted or not, as DER; null before the handshake and on a kept connection. */
  certificate: Buffer | null;
  /** The client certificate of the connection; null: none. */
  readonly clientCertificate: ClientCertificate | null;
  /** The receiver requested a client certificate in the handshake of a new connection. */
  isCertificateAsked: boolean;
}

/** @param lap see {@link stopwatch} */
export function traceHandshake(socket: TLSSocket, trace: ConnectTrace, lap: () => number): void {
  // OpenSSL knows shared signature algorithms on this side only after a certificate request.
  const noteRequest = () => {
    // Null, in spite of its type, once the handle is gone.
    const algorithms = socket.getSharedSigalgs() as string[] | null;
    trace.isCertificateAsked ||= (algorithms?.length ?? 0) > 0;
  };
  // The keys come after the request and before a receiver can refuse in the handshake, after which the handle is gone.
  socket.on('keylog', noteRequest);
  // Before Node verifies the certificate: afterwards the socket of a refused one is gone.
  socket.prependOnceListener('secure', () => {
    noteRequest();
    // Not `getPeerX509Certificate`: after it Node finds no names in the certificate and refuses every host.
    trace.certificate = (socket.getPeerCertificate() as Partial<PeerCertificate>).raw ?? null;
  });
  socket.prependOnceListener('secureConnect', () => {
    trace.tlsMs = lap();
  });
}

/** @returns a function that returns the milliseconds since its last call */
export function stopwatch(): () => number {
  let since = performance.now();
  return () => {
    const started = since;
    since = performance.now();
    return since - started;
  };
}
