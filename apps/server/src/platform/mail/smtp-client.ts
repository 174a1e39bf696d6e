/** Sends mail by SMTP: one connection per message, one deadline, no guarded addresses, failures as data. */
import { connect, isIP, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type { ResolveHost } from '../dns/host-resolver.js';
import { AddressGuard } from '../outgoing-http/guarded-address.js';
import { BlockedAddressError, guardedLookup } from '../outgoing-http/guarded-lookup.js';
import { OutgoingTls } from '../outgoing-http/outgoing-tls.js';
import { notSentFor } from '../limits/not-sent-error.js';
import { describeSmtpFailure } from './smtp-failure.js';

export interface SmtpServer {
  host: string;
  port: number;
  /** `starttls` requires the upgrade, `tls` is TLS from the first byte, `none` never uses it. */
  security: 'starttls' | 'tls' | 'none';
  /** Empty: no login. */
  username: string;
  password: string;
  /** For whom: look-ups of host names are bounded for each tenant. */
  tenantId?: string | undefined;
}

export interface OutgoingMail {
  from: string;
  to: readonly string[];
  subject: string;
  text: string;
  html: string;
}

export interface SmtpOutcome {
  isSent: boolean;
  durationMs: number;
  /** The server's last reply code; null when none came. */
  replyCode: number | null;
  /** Its last reply. */
  reply: string | null;
  /** One sentence for people; on success only when some recipients were refused. */
  errorMessage: string | null;
}

export interface SmtpClientOptions {
  /** Exceptions from the guarded ranges. */
  allowedCidrs?: readonly string[];
  resolveHost: ResolveHost;
  /** Certificates (PEM) of additional trusted authorities. */
  authorities?: string;
}

/** How long one of several addresses may take before the next one is tried (Happy Eyeballs). */
const ADDRESS_ATTEMPT_TIMEOUT_MS = 500;

export class SmtpClient {
  private readonly guard: AddressGuard;
  private readonly resolveHost: ResolveHost;
  private readonly tls: OutgoingTls;

  constructor(options: SmtpClientOptions) {
    this.guard = new AddressGuard(options.allowedCidrs);
    this.resolveHost = options.resolveHost;
    this.tls = new OutgoingTls(options.authorities);
  }

  /**
   * @param timeoutMs for the whole conversation
   * @param signal aborts it, e.g. at shutdown
   * @throws the signal's reason when it was aborted; NotSentError when this process could not send
   */
  async send(
    server: SmtpServer,
    mail: OutgoingMail,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<SmtpOutcome> {
    signal?.throwIfAborted();
    const beganAt = performance.now();
    const deadline = AbortSignal.timeout(timeoutMs);
    const ending = signal ? AbortSignal.any([deadline, signal]) : deadline;
    try {
      const { response, rejected } = await this.deliver(server, mail, timeoutMs, ending);
      return {
        isSent: true,
        durationMs: Math.round(performance.now() - beganAt),
        replyCode: Number.parseInt(response, 10) || null,
        reply: response,
        errorMessage: rejected.length > 0 ? `The server refused ${rejected.join(', ')}.` : null,
      };
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const notSent = notSentFor(error);
      if (notSent) throw notSent;
      const durationMs = Math.round(performance.now() - beganAt);
      return {
        isSent: false,
        durationMs,
        ...describeSmtpFailure(error, server, deadline.aborted ? timeoutMs : null),
      };
    }
  }

  private deliver(server: SmtpServer, mail: OutgoingMail, timeoutMs: number, ending: AbortSignal) {
    const { host, port, security, username, password, tenantId } = server;
    const secureContext = this.tls.contextOf(null);
    const transport = createTransport({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(secureContext && { tls: { secureContext } }),
      ...(username !== '' && { auth: { user: username, pass: password } }),
      // The deadline ends what hangs; these limits must not be shorter.
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      getSocket: (_options, done) => {
        this.open({ host, port, tenantId }, ending).then(
          (connection) => {
            done(null, { connection });
          },
          (error: unknown) => {
            done(error as Error, false);
          },
        );
      },
    });
    return transport.sendMail({
      ...mail,
      to: [...mail.to],
      // Suppresses automatic replies to alerts (RFC 3834).
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
      signal: ending,
    });
  }

  /** Connects a socket to an address that is not guarded. */
  private open(
    { host, port, tenantId }: Pick<SmtpServer, 'host' | 'port' | 'tenantId'>,
    ending: AbortSignal,
  ): Promise<Socket> {
    // A literal address never passes through lookup.
    const range = isIP(host) === 0 ? null : this.guard.refusal(host);
    if (range !== null) return Promise.reject(new BlockedAddressError(host, range));
    return new Promise((resolve, reject) => {
      const socket = connect({
        host,
        port,
        lookup: guardedLookup(this.guard, this.resolveHost, { owner: tenantId }),
        autoSelectFamily: true,
        autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_TIMEOUT_MS,
      });
      const give = (end: () => void) => {
        ending.removeEventListener('abort', abort);
        socket.removeListener('error', fail).removeListener('connect', succeed);
        end();
      };
      const abort = () => {
        give(() => {
          reject(ending.reason as Error);
        });
        socket.destroy();
      };
      const fail = (error: Error) => {
        give(() => {
          reject(error);
        });
      };
      const succeed = () => {
        give(() => {
          resolve(socket);
        });
      };
      ending.addEventListener('abort', abort);
      socket.once('error', fail).once('connect', succeed);
    });
  }
}
