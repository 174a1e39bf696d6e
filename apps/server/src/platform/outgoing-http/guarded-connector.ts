/** Opens the sockets of the webhook client, refuses guarded addresses, and times every phase. */
import { isIP, type LookupFunction, type Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import type { ResolveHost } from '../dns/host-resolver.js';
import { stopwatch, traceHandshake, type ConnectTrace } from './connect-trace.js';
import type { GuardedConnector, ReturningConnector } from './connector.js';
import type { AddressGuard } from './guarded-address.js';
import { BlockedAddressError, guardedLookup } from './guarded-lookup.js';
import type { OutgoingProxy } from './outgoing-proxy.js';
import type { OutgoingTls } from './outgoing-tls.js';
import { proxiedConnector } from './proxied-connector.js';

export interface ConnectorSettings {
  guard: AddressGuard;
  resolve: ResolveHost;
  tls: OutgoingTls;
  /** null: receivers are reached directly. */
  proxy: OutgoingProxy | null;
}

/** How long one of several addresses may take before the next one is tried (Happy Eyeballs). */
const ADDRESS_ATTEMPT_TIMEOUT_MS = 500;

export function guardedConnector({ guard, resolve, tls, proxy }: ConnectorSettings): GuardedConnector {
  // One for each connection: a look-up belongs to one tenant, and is traced.
  const lookupFor = (trace: ConnectTrace): LookupFunction =>
    guardedLookup(guard, resolve, {
      owner: trace.tenantId,
      onWaiting: (isWaiting) => {
        trace.isLookUpWaiting = isWaiting;
      },
    });
  const connectorFor = (trace: ConnectTrace): ReturningConnector =>
    buildReturningConnector(lookupFor(trace), tls.contextOf(trace.clientCertificate));
  const connectDirectly: GuardedConnector = (options, trace, callback) => {
    const socket = connectorFor(trace)(options, callback);
    traceConnect(socket, options, trace);
    return socket;
  };
  const connect = proxy
    ? proxiedConnector({ lookupFor, proxy, connectorFor, connectDirectly })
    : connectDirectly;
  return (options, trace, callback) => {
    // A literal address never passes through lookup.
    const range = isIP(options.hostname) === 0 ? null : guard.refusal(options.hostname);
    try {
      if (range === null) return connect(options, trace, callback);
      throw new BlockedAddressError(options.hostname, range);
    } catch (error) {
      process.nextTick(callback, error, null);
      return null;
    }
  };
}

function buildReturningConnector(
  lookup: LookupFunction,
  secureContext: SecureContext | undefined,
): ReturningConnector {
  return buildConnector({
    lookup,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_TIMEOUT_MS,
    allowH2: false,
    // The request's own deadline ends a connect that hangs.
    timeout: 0,
    // No session resumption, which skips the certificate checks: an expired certificate would go on working.
    maxCachedSessions: 0,
    ...(secureContext && { secureContext }),
  }) as ReturningConnector;
}

/** These listeners come first, since undici writes the request in its own. */
function traceConnect(socket: Socket, options: buildConnector.Options, trace: ConnectTrace): void {
  const isTls = options.protocol === 'https:';
  const lap = stopwatch();
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
  if (isTls) traceHandshake(socket as TLSSocket, trace, lap);
}
