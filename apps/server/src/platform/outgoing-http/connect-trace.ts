/** What is noted down while a connection is made, and how its handshake is watched. */
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { AttemptPhase } from '@im/contracts/diagnosis/evidence';
import type { ClientCertificate } from './outgoing-tls.js';

/** What the connector notes down about the connection it makes for a request. */
export interface ConnectTrace {
  /** The tenant that look-ups are counted for. */
  readonly tenantId: string | undefined;
  /** The host name waits until this process may look it up: nothing is known of the receiver yet. */
  isLookUpWaiting: boolean;
  /** The outgoing proxy is not reached yet: nothing is known of the receiver either. */
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
  /** Given: what the connection is to show itself with; null: nothing. */
  readonly clientCertificate: ClientCertificate | null;
  /** The receiver asked for a client certificate in the handshake of a new connection. */
  isCertificateAsked: boolean;
}

/** @param lap see {@link stopwatch} */
export function traceHandshake(socket: TLSSocket, trace: ConnectTrace, lap: () => number): void {
  // OpenSSL knows common signature algorithms on this side only once it was asked for a certificate.
  const noteRequest = () => {
    // Null, against its type, once the handle is gone.
    const algorithms = socket.getSharedSigalgs() as string[] | null;
    trace.isCertificateAsked ||= (algorithms?.length ?? 0) > 0;
  };
  // The keys come after the request and before a receiver can refuse in the handshake, after which the handle is gone.
  socket.on('keylog', noteRequest);
  // Before Node judges the certificate: afterwards the socket of a refused one is gone.
  socket.prependOnceListener('secure', () => {
    noteRequest();
    // Not `getPeerX509Certificate`: after it Node finds no names in the certificate and refuses every host.
    trace.certificate = (socket.getPeerCertificate() as Partial<PeerCertificate>).raw ?? null;
  });
  socket.prependOnceListener('secureConnect', () => {
    trace.tlsMs = lap();
  });
}

/** @returns tells the milliseconds since it was called last */
export function stopwatch(): () => number {
  let since = performance.now();
  return () => {
    const started = since;
    since = performance.now();
    return since - started;
  };
}
