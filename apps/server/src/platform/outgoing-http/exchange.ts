/** Runs one request and its answer: follows undici's events, watches the deadline, ends in an outcome. */
import type { AttemptPhases, ErrorClass } from '@im/contracts/api/deliveries';
import type { AttemptEvidence, AttemptPhase } from '@im/contracts/diagnosis/evidence';
import { errors, type Dispatcher } from 'undici';
import { LookUpCapacityError } from '../dns/look-up-error.js';
import { notSentFor, type NotSentError } from '../limits/not-sent-error.js';
import type { AnswerListener } from './answer-filter.js';
import type { ConnectTrace } from './connect-trace.js';
import type { HttpOutcome, PreparedRequest } from './http-outcome.js';
import { gatherEvidence } from './gather-evidence.js';
import type { ClientCertificate } from './outgoing-tls.js';
import { describeFailure, describeTimeout, type NetworkFailure } from './network-failure.js';
import { ProxyUnusableError } from './outgoing-proxy.js';
import { BodyCapture, captureHeaders } from './response-capture.js';
import { errorClassOfStatus, statusMessage } from './response-status.js';
import { parseRetryAfter } from './retry-after.js';
import { codingsOf } from './unpack-body.js';

const RETRY_AFTER_STATUSES: ReadonlySet<number> = new Set([429, 503]);

/** The connection of an exchange, which no other one uses meanwhile. */
export interface LeasedConnection {
  /** The request goes out now, and its answer is the next to come. */
  expectAnswer(): void;
  /** First bytes of the answer, as Latin-1; empty while there are none. */
  readonly answerStart: string;
  /** Headers as received, if they were rewritten for the parser. */
  readonly receivedHeaders: Readonly<Record<string, string>> | null;
  /** Whether the receiver cannot have read a request that failed with this error. */
  isUnread(error: Error): boolean;
  /** The answer is complete: the connection may serve another exchange. */
  release(): void;
  /** Ends the connection, with anything still on its way. */
  discard(): void;
}

export class Exchange implements Dispatcher.DispatchHandler, ConnectTrace, AnswerListener {
  readonly options: Dispatcher.DispatchOptions;
  readonly tenantId: string | undefined;
  connection: LeasedConnection | null = null;
  isSettled = false;

  phase: AttemptPhase = 'queue';
  isLookUpWaiting = false;
  isProxyWaiting = false;
  remoteAddress: string | null = null;
  dnsMs: number | null = null;
  connectMs: number | null = null;
  tlsMs: number | null = null;
  readonly addresses: string[] = [];
  certificate: Buffer | null = null;
  isCertificateAsked = false;

  private readonly startedAt = new Date();
  private readonly beganAt = performance.now();
  private sentAt = 0;
  private firstByteMs: number | null = null;
  private status = 0;
  private headers: Record<string, string> | null = null;
  private readonly body = new BodyCapture();
  private readonly deadline: NodeJS.Timeout;
  private error: Error | null = null;

  constructor(
    private readonly url: URL,
    private readonly request: PreparedRequest,
    private readonly resolve: (outcome: HttpOutcome) => void,
    private readonly reject: (reason: unknown) => void,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.tenantId = request.tenantId;
    this.options = {
      path: url.pathname + url.search,
      method: 'POST',
      headers: request.headers.flat(),
      body: request.body,
    };
    this.deadline = setTimeout(expire, request.timeoutMs, this);
    signal?.addEventListener('abort', this);
  }

  get clientCertificate(): ClientCertificate | null {
    return this.request.clientCertificate ?? null;
  }

  get isConnectionNew(): boolean {
    return this.request.isConnectionNew === true;
  }

  onRequestStart(): void {
    this.phase = 'response';
    this.sentAt = performance.now();
    this.connection?.expectAnswer();
  }

  onAnswerBytes(): void {
    this.firstByteMs ??= performance.now() - this.sentAt;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (this.isSettled || status < 200) return;
    this.phase = 'body';
    this.status = status;
    const received = this.connection?.receivedHeaders;
    this.headers = captureHeaders(received ? { ...headers, ...received } : headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.isSettled && !this.body.add(chunk)) this.giveUp();
  }

  onResponseEnd(): void {
    if (this.isSettled) return;
    this.settle(this.answered(false));
    this.connection?.release();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.isSettled) return;
    this.error = error;
    // The request itself cannot be sent: the fault is ours, so it is not an outcome of the receiver.
    const notSent = error instanceof errors.InvalidArgumentError ? error : this.notSentFor(error);
    if (notSent) this.abandon(notSent);
    // The status of an answer with an incomplete body counts.
    else this.giveUp(describeFailure(error, this.phase, this.url.host, this.connection?.answerStart));
  }

  /** Out of time. */
  expire(): void {
    if (this.isLookUpWaiting) this.abandon(new LookUpCapacityError(this.url.hostname));
    else if (this.isProxyWaiting) this.abandon(new ProxyUnusableError('unreachable'));
    else this.giveUp(describeTimeout(this.phase, this.url.host, this.request.timeoutMs));
  }

  /** `EventListenerObject` of the abort signal. */
  handleEvent(): void {
    this.abandon(this.signal?.reason);
  }

  private notSentFor(error: Error): NotSentError | null {
    return this.phase === 'response' || this.phase === 'body' ? null : notSentFor(error);
  }

  private abandon(reason: unknown): void {
    this.end();
    this.reject(reason);
    this.connection?.discard();
  }

  /** Ends with what has arrived and destroys the socket. */
  private giveUp(failure?: NetworkFailure): void {
    this.settle(this.phase === 'body' || !failure ? this.answered(true) : this.failed(failure));
    this.connection?.discard();
  }

  private settle(outcome: HttpOutcome): void {
    this.end();
    const codings = codingsOf(this.headers?.['content-encoding']);
    if (codings.length === 0) this.resolve(outcome);
    else void this.settleUnpacked(outcome, codings);
  }

  /** Only the log waits for this; on failure it shows the body as received. */
  private async settleUnpacked(outcome: HttpOutcome, codings: readonly string[]): Promise<void> {
    try {
      const contentType = this.headers?.['content-type'];
      const { text, isCut } = await this.body.unpackedText(codings, contentType, this.tenantId);
      const isResponseTruncated = outcome.isResponseTruncated || isCut;
      this.resolve({ ...outcome, responseBody: text, isResponseTruncated });
    } catch {
      this.resolve(outcome);
    }
  }

  private end(): void {
    this.isSettled = true;
    clearTimeout(this.deadline);
    this.signal?.removeEventListener('abort', this);
  }

  private answered(isTruncated: boolean): HttpOutcome {
    const errorClass = errorClassOfStatus(this.status);
    return {
      startedAt: this.startedAt,
      durationMs: rounded(performance.now() - this.beganAt),
      phases: this.phases(),
      remoteAddress: this.remoteAddress,
      responseStatus: this.status,
      responseHeaders: this.headers,
      responseBody: this.body.text(this.headers?.['content-type']),
      isResponseTruncated: isTruncated,
      errorClass,
      errorMessage: errorClass === null ? null : statusMessage(this.status),
      retryAfterMs: RETRY_AFTER_STATUSES.has(this.status)
        ? parseRetryAfter(this.headers?.['retry-after'], Date.now())
        : null,
      evidence: this.evidence(errorClass),
    };
  }

  private failed(failure: NetworkFailure): HttpOutcome {
    return {
      startedAt: this.startedAt,
      durationMs: rounded(performance.now() - this.beganAt),
      phases: this.phases(),
      remoteAddress: this.remoteAddress,
      responseStatus: null,
      responseHeaders: null,
      responseBody: null,
      isResponseTruncated: false,
      ...failure,
      retryAfterMs: null,
      evidence: this.evidence(failure.errorClass),
      ...(this.isUnread() && { isUnread: true }),
    };
  }

  private isUnread(): boolean {
    const { error, phase, connection } = this;
    return error !== null && phase === 'response' && connection?.isUnread(error) === true;
  }

  private evidence(errorClass: ErrorClass | null): AttemptEvidence | null {
    const { url, request, phase, addresses, certificate, error, connection } = this;
    if (errorClass === null && request.isEvidenceWanted !== true) return null;
    const isCertificateKept = errorClass === null || errorClass.startsWith('tls_');
    return gatherEvidence(url, request, {
      phase,
      addresses,
      certificate: isCertificateKept ? certificate : null,
      error,
      clientCertificate: this.isCertificateAsked ? (this.clientCertificate ? 'sent' : 'asked') : null,
      answerStart: phase === 'response' ? (connection?.answerStart ?? '') : '',
    });
  }

  private phases(): AttemptPhases {
    return {
      dnsMs: this.dnsMs === null ? null : rounded(this.dnsMs),
      connectMs: this.connectMs === null ? null : rounded(this.connectMs),
      tlsMs: this.tlsMs === null ? null : rounded(this.tlsMs),
      firstByteMs: this.firstByteMs === null ? null : rounded(this.firstByteMs),
    };
  }
}

function expire(exchange: Exchange): void {
  exchange.expire();
}

/** To a tenth of a millisecond; more digits would not be accurate. */
function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
