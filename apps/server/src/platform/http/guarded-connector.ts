/** Opens the sockets of the webhook client: guarded addresses refused, every phase timed. */
import { isIP, type Socket } from 'node:net';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { AttemptPhase } from '@im/contracts/diagnosis/evidence';
import { buildConnector } from 'undici';
import type { ResolveHost } from '../dns/host-resolver.js';
import type { AddressGuard } from './guarded-address.js';
import { BlockedAddressError, guardedLookup } from './guarded-lookup.js';

/** What the connector notes down about the connection it makes for a request. */
export interface ConnectTrace {
  /** The tenant that look-ups are counted for. */
  readonly tenantId: string | undefined;
  /** The host name waits until this process may look it up: nothing is known of the receiver yet. */
  isLookUpWaiting: boolean;
  phase: AttemptPhase;
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  remoteAddress: string | null;
  /** What the host name resolved to. */
  addresses: string[];
  /** The receiver's, trusted or not, as DER; null before the handshake and on a kept connection. */
  certificate: Buffer | null;
  /** The receiver asked for a client certificate in the handshake of a new connection. */
  isCertificateAsked: boolean;
}

/** @returns the socket being connected, so that the caller may give it up; null when it was refused */
export type GuardedConnector = (
  options: buildConnector.Options,
  trace: ConnectTrace,
  callback: buildConnector.Callback,
) => Socket | null;

/** undici documents that its connector returns the socket; its types leave that out. */
type ReturningConnector = (options: buildConnector.Options, callback: buildConnector.Callback) => Socket;

/** How long one of several addresses may take before the next one is tried (Happy Eyeballs). */
const ADDRESS_ATTEMPT_TIMEOUT_MS = 500;

export function guardedConnector(guard: AddressGuard, resolve: ResolveHost): GuardedConnector {
  return (options, trace, callback) => {
    // A literal address never passes through lookup.
    const range = isIP(options.hostname) === 0 ? null : guard.refusal(options.hostname);
    if (range !== null) {
      process.nextTick(callback, new BlockedAddressError(options.hostname, range), null);
      return null;
    }
    const socket = connectorFor(guard, resolve, trace)(options, callback);
    traceConnect(socket, options, trace);
    return socket;
  };
}

/** Of its own for each connection: the look-up belongs to one tenant, and is a part of what is traced. */
function connectorFor(guard: AddressGuard, resolve: ResolveHost, trace: ConnectTrace): ReturningConnector {
  const onWaiting = (isWaiting: boolean) => {
    trace.isLookUpWaiting = isWaiting;
  };
  return buildConnector({
    lookup: guardedLookup(guard, resolve, { owner: trace.tenantId, onWaiting }),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_TIMEOUT_MS,
    allowH2: false,
    // The request's own deadline ends a connect that hangs.
    timeout: 0,
    // A resumed TLS session skips the certificate checks: what expires meanwhile would go on working.
    maxCachedSessions: 0,
  }) as ReturningConnector;
}

/** The listeners go first, since undici writes the request in its own. */
function traceConnect(socket: Socket, options: buildConnector.Options, trace: ConnectTrace): void {
  const isTls = options.protocol === 'https:';
  let since = performance.now();
  const lap = () => {
    const started = since;
    since = performance.now();
    return since - started;
  };
  trace.phase = isIP(options.hostname) === 0 ? 'dns' : 'connect';
  socket.once('lookup', (error: Error | null) => {
    trace.isLookUpWaiting = false;
    trace.dnsMs = lap();
    if (!error) trace.phase = 'connect';
  });
  socket.on('lookup', (error: Error | null, address: string) => {
    if (!error) trace.addresses.push(address);
  });
  socket.on('connectionAttempt', (address: string) => {
    trace.remoteAddress = address;
  });
  socket.prependOnceListener('connect', () => {
    trace.connectMs = lap();
    trace.remoteAddress = socket.remoteAddress ?? trace.remoteAddress;
    if (isTls) trace.phase = 'tls';
  });
  if (isTls) {
    // OpenSSL knows common signature algorithms on this side only once it was asked for a certificate.
    const noteRequest = () => {
      // Null, against its type, once the handle is gone.
      const algorithms = (socket as TLSSocket).getSharedSigalgs() as string[] | null;
      trace.isCertificateAsked ||= (algorithms?.length ?? 0) > 0;
    };
    // Before TLS 1.3 a receiver refuses within the handshake.
    socket.prependOnceListener('error', noteRequest);
    // Before Node judges the certificate: afterwards the socket of a refused one is gone.
    socket.prependOnceListener('secure', () => {
      noteRequest();
      // Not `getPeerX509Certificate`: after it Node finds no names in the certificate and refuses every host.
      trace.certificate =
        ((socket as TLSSocket).getPeerCertificate() as Partial<PeerCertificate>).raw ?? null;
    });
    socket.prependOnceListener('secureConnect', () => {
      trace.tlsMs = lap();
    });
  }
}
