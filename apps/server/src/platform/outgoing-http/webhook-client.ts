/**
 * Sends webhooks: POST over kept-alive HTTP/1.1 connections, one deadline for everything, no redirects, never to a
 * guarded address, with failures as data.
 *
 * A request is written to a socket at most once. When a kept-alive connection turns out to be closed before the request
 * is written, a new one is made; when it breaks afterwards, the outcome is `reset` and the retry policy decides:
 * sending the same signed bytes again would repeat a nonce, which receivers must refuse. Only what the receiver cannot
 * have read is sent again at once, newly composed ({@link WebhookClient.sendComposed}).
 */
import type { ResolveHost } from '../dns/host-resolver.js';
import { AddressGuard } from './guarded-address.js';
import { Exchange } from './exchange.js';
import { guardedConnector } from './guarded-connector.js';
import type { HttpOutcome, PreparedRequest } from './http-outcome.js';
import { OriginConnections, type ConnectionSettings } from './origin-connections.js';
import { OutgoingProxy, type ProxySettings } from './outgoing-proxy.js';
import { OutgoingTls } from './outgoing-tls.js';

export interface WebhookClientOptions {
  /** Exceptions from the guarded ranges. */
  allowedCidrs?: readonly string[];
  /** Connections to one origin at most; more requests wait, within their deadline. */
  maxConnectionsPerOrigin?: number;
  /** How long an idle connection is kept when the receiver does not say. */
  keepAliveMs?: number;
  /** How old a connection may become. */
  maxConnectionAgeMs?: number;
  resolveHost: ResolveHost;
  /** Certificates (PEM) of additional trusted authorities. */
  authorities?: string;
  /** Absent: receivers are reached directly. */
  proxy?: ProxySettings;
}

const MAX_CONNECTIONS_PER_ORIGIN = 256;
/** Shorter than the idle time of common servers (5 s and more), so that the receiver rarely closes first. */
const KEEP_ALIVE_MS = 4_000;
/** The next one resolves the name again, and checks certificate and address again. */
const MAX_CONNECTION_AGE_MS = 25_000;
/** With less time left, a second request would look like a timeout of the receiver. */
const MIN_RESEND_MS = 500;

export class WebhookClient {
  private readonly origins = new Map<string, OriginConnections>();
  private readonly settings: ConnectionSettings;
  private closed: PromiseWithResolvers<void> | null = null;

  constructor(options: WebhookClientOptions) {
    const tls = new OutgoingTls(options.authorities);
    this.settings = {
      connector: guardedConnector({
        guard: new AddressGuard(options.allowedCidrs),
        resolve: options.resolveHost,
        tls,
        proxy: options.proxy ? new OutgoingProxy(options.proxy, tls) : null,
      }),
      maxConnectionsPerOrigin: options.maxConnectionsPerOrigin ?? MAX_CONNECTIONS_PER_ORIGIN,
      keepAliveMs: options.keepAliveMs ?? KEEP_ALIVE_MS,
      maxAgeMs: options.maxConnectionAgeMs ?? MAX_CONNECTION_AGE_MS,
    };
  }

  /**
   * Sends one request. Failures of HTTP or the network are outcomes.
   *
   * @param signal aborts the request, e.g. at shutdown
   * @throws the signal's reason when it was aborted; NotSentError when this process could not send; TypeError or
   *   undici's InvalidArgumentError when URL or headers cannot be sent at all; Error after {@link close}
   */
  send(request: PreparedRequest, signal?: AbortSignal): Promise<HttpOutcome> {
    return new Promise((resolve, reject) => {
      if (this.closed) throw new Error('the webhook client is closed');
      signal?.throwIfAborted();
      const url = new URL(request.url);
      this.connectionsTo(url.origin, request.clientCertificate?.id).send(
        new Exchange(url, request, resolve, reject, signal),
      );
    });
  }

  /**
   * Sends a request that is composed when it goes out, with its time and a nonce. If a kept connection broke before the
   * receiver can have read it, it is composed and sent once more, over a new connection.
   *
   * @param compose called once for each request that goes out
   * @throws what {@link send} and `compose` throw
   */
  async sendComposed(compose: () => PreparedRequest, signal?: AbortSignal): Promise<HttpOutcome> {
    const beganAt = performance.now();
    const request = compose();
    const outcome = await this.send(request, signal);
    const leftMs = Math.floor(request.timeoutMs - (performance.now() - beganAt));
    if (!outcome.isUnread || leftMs < MIN_RESEND_MS) return outcome;
    return this.send({ ...compose(), timeoutMs: leftMs, isConnectionNew: true }, signal);
  }

  /** Takes no more requests, lets those under way end, and closes all connections. */
  async close(): Promise<void> {
    if (!this.closed) {
      this.closed = Promise.withResolvers();
      for (const connections of [...this.origins.values()]) connections.close();
      if (this.origins.size === 0) this.closed.resolve();
    }
    await this.closed.promise;
  }

  /** Connections with a client certificate have its rights, so they are not shared. */
  private connectionsTo(origin: string, certificateId: string | undefined): OriginConnections {
    const key = certificateId === undefined ? origin : `${origin} ${certificateId}`;
    let connections = this.origins.get(key);
    if (!connections) {
      connections = new OriginConnections(origin, key, this.settings, (empty) => {
        this.origins.delete(empty.key);
        if (this.origins.size === 0) this.closed?.resolve();
      });
      this.origins.set(key, connections);
    }
    return connections;
  }
}
