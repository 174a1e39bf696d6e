/**
 * Sends the messages of bots through DooTask's API. Each source has its messages sent one after the other, so that a DooTask
 * that is slow or down holds up no other and gets its messages in order.
 */
import { Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { SERVICE_VERSION } from '@im/contracts/service-version';
import { BackgroundTasks } from '../../../platform/background/background-tasks.js';
import { waitAtMost } from '../../../platform/background/wait-at-most.js';
import { NotSentError } from '../../../platform/limits/not-sent-error.js';
import { boundedError } from '../../../platform/logging/bounded-error.js';
import { Logger } from '../../../platform/logging/logger.js';
import type { HttpOutcome, PreparedRequest } from '../../../platform/outgoing-http/http-outcome.js';
import { WebhookClient } from '../../../platform/outgoing-http/webhook-client.js';
import {
  SourceMessagesRepository,
  type ClaimedMessage,
  type MessageAttempt,
} from './data/source-messages.repository.js';
import {
  judgeSending,
  retryInMs,
  sendUrlOf,
  withoutSecret,
  type MessageFields,
} from './domain/bot-message.js';
import { MessageSources, obstacleOf, type MessageSource } from './message-sources.js';

const INTERVAL_MS = 500;
const MESSAGES_PER_CLAIM = 20;
const MAX_BUSY_SOURCES = 8;
const TIMEOUT_MS = 10_000;
/** After a worker died, another one takes over after this; more than all messages of a claim take. */
const LEASE_MS = 2 * MESSAGES_PER_CLAIM * TIMEOUT_MS;
/** After one that failed, the others of a source wait for this long, without having used up an attempt. */
const PAUSE_MS = 5_000;
const MAX_STOP_MS = 1_000;
/** The oldest version whose messages are understood, until a source has received one that names its own. */
const UNKNOWN_VERSION = '0.42.3';

@Injectable()
export class SendMessagesService implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly busy = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly messages: SourceMessagesRepository,
    private readonly sources: MessageSources,
    private readonly client: WebhookClient,
    private readonly logger: Logger,
    tasks: BackgroundTasks,
  ) {
    tasks.repeat({
      failureEvent: 'source.messages_failed',
      logsFirstFailureOnly: true,
      delayMs: INTERVAL_MS,
      run: () => this.startDue(),
    });
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await waitAtMost(MAX_STOP_MS, this.idle());
  }

  /** Begins to send what is due, of sources that are not busy. */
  async startDue(): Promise<void> {
    if (this.busy.size >= MAX_BUSY_SOURCES || this.stopping.signal.aborted) return;
    const claimed = await this.messages.claim(MESSAGES_PER_CLAIM, LEASE_MS, [...this.busy.keys()]);
    for (const [sourceId, messages] of Map.groupBy(claimed, (message) => message.sourceId)) {
      const sending = this.sendAll(sourceId, messages)
        .catch((error: unknown) => {
          this.logger.warn('source.messages_failed', { sourceId, error: boundedError(error) });
        })
        .finally(() => this.busy.delete(sourceId));
      this.busy.set(sourceId, sending);
    }
  }

  /** Resolves when nothing is being sent. */
  async idle(): Promise<void> {
    await Promise.all(this.busy.values());
  }

  private async sendAll(sourceId: string, messages: readonly ClaimedMessage[]): Promise<void> {
    const source = await this.sources.find(sourceId);
    for (const [index, message] of messages.entries()) {
      const attempt = await this.attempt(source, message);
      if (attempt) {
        await this.messages.record(message, attempt);
        this.log(message, attempt);
      }
      if (attempt?.error === null) continue;
      const unsent = messages.slice(attempt ? index + 1 : index);
      if (unsent.length > 0) await this.messages.release(unsent, this.stopping.signal.aborted ? 0 : PAUSE_MS);
      return;
    }
  }

  /** @returns null: it was not sent because of this process */
  private async attempt(
    source: MessageSource | null,
    { attempts, fields }: ClaimedMessage,
  ): Promise<MessageAttempt | null> {
    const request = source && requestOf(source, fields);
    if (!request) {
      const error = obstacleOf(source) ?? 'The address of DooTask is no URL of http or https';
      return { responseStatus: null, error, retryInMs: retryInMs(attempts + 1) };
    }
    let outcome: HttpOutcome;
    try {
      outcome = await this.client.send(request, this.stopping.signal);
    } catch (error) {
      if (this.stopping.signal.aborted || error instanceof NotSentError) return null;
      const reason = error instanceof Error ? error.message : String(error);
      return { responseStatus: null, ...failed(`It cannot be sent: ${reason}`, source, attempts) };
    }
    const { isSent, error } = judgeSending(outcome);
    const { responseStatus } = outcome;
    if (isSent) return { responseStatus, error: null, retryInMs: null };
    return { responseStatus, ...failed(error ?? '', source, attempts) };
  }

  private log({ messageId, sourceId, attempts }: ClaimedMessage, attempt: MessageAttempt): void {
    const fields = { messageId, sourceId, attempt: attempts + 1, status: attempt.responseStatus };
    if (attempt.error === null) this.logger.info('source.message_sent', fields);
    else this.logger.warn('source.message_failed', { ...fields, reason: attempt.error });
  }
}

function failed(
  error: string,
  { botToken }: MessageSource,
  attempts: number,
): Pick<MessageAttempt, 'error' | 'retryInMs'> {
  return {
    error: botToken === null ? error : withoutSecret(error, botToken),
    retryInMs: retryInMs(attempts + 1),
  };
}

/** @returns null: the source has no address or token any more */
function requestOf(source: MessageSource, fields: MessageFields): PreparedRequest | null {
  const { address, botToken, version, tenantId } = source;
  const url = sendUrlOf(address ?? '');
  if (url === null || botToken === null) return null;
  return {
    url,
    headers: [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['Accept', 'application/json'],
      ['User-Agent', `IM-Callback/${SERVICE_VERSION}`],
      ['version', version ?? UNKNOWN_VERSION],
      ['token', botToken],
    ],
    body: Buffer.from(new URLSearchParams({ ...fields }).toString()),
    timeoutMs: TIMEOUT_MS,
    tenantId,
  };
}
