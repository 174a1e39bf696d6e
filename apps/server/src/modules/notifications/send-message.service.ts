/**
 * Sends one message on a channel of any kind, and returns the outcome. Nothing that the peer does makes it throw.
 */
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { Clock } from '../../platform/clock/clock.js';
import { randomHex } from '../../platform/crypto/random-pool.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { WebhookClient } from '../../platform/outgoing-http/webhook-client.js';
import { SmtpClient } from '../../platform/mail/smtp-client.js';
import { channelSecretContext, type NotificationChannelRow } from './data/notification-channel.entity.js';
import { composeMessage, composeTestMessage } from './domain/compose-message.js';
import { judgeAnswer } from './domain/judge-answer.js';
import { redact, tokensOf } from './domain/mask-url.js';
import type { Message } from './domain/message.js';
import type { Notice } from './domain/notice.js';
import { renderEmail } from './domain/render-email.js';
import { prepareRequest } from './senders/prepare-request.js';

export interface SendOutcome {
  isSent: boolean;
  durationMs: number;
  /** The HTTP status or SMTP reply code; null without an answer. */
  responseStatus: number | null;
  /** The beginning of the answer, without secrets. */
  responseBody: string | null;
  errorMessage: string | null;
  /** How long the peer asks to wait. */
  restMs: number | null;
}

const HTTP_TIMEOUT_MS = 10_000;
const SMTP_TIMEOUT_MS = 20_000;
/** The most time that {@link SendMessageService.send} takes. */
export const MAX_SEND_MS = Math.max(HTTP_TIMEOUT_MS, SMTP_TIMEOUT_MS);
const NONCE_BYTES = 16;
const SNIPPET_CHARACTERS = 500;

@Injectable()
export class SendMessageService {
  constructor(
    private readonly http: WebhookClient,
    private readonly smtp: SmtpClient,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'PUBLIC_URL'>,
  ) {}

  /**
   * @param notices none: a test message goes out
   * @param signal aborts it, at shutdown
   * @throws the signal's reason when it was aborted; NotSentError when this service prevented the sending
   */
  async send(
    channel: NotificationChannelRow,
    notices: readonly Notice[],
    signal?: AbortSignal,
  ): Promise<SendOutcome> {
    const now = this.clock.now();
    const url = this.open(channel, channel.urlCiphertext);
    const secret = this.open(channel, channel.secretCiphertext);
    const message = this.compose(channel, notices, now);
    const outcome = channel.email
      ? await this.sendMail(
          channel.email,
          { password: secret ?? '', tenantId: channel.tenantId },
          message,
          signal,
        )
      : await this.post(channel, { url: url ?? '', secret }, { message, notices, now }, signal);
    const secrets = [...(url === null ? [] : tokensOf(url)), ...(secret === null ? [] : [secret])];
    return {
      ...outcome,
      responseBody:
        outcome.responseBody && redact(outcome.responseBody, secrets).slice(0, SNIPPET_CHARACTERS),
      errorMessage: outcome.errorMessage && redact(outcome.errorMessage, secrets),
    };
  }

  private async post(
    { channelId, tenantId, kind }: NotificationChannelRow,
    { url, secret }: { url: string; secret: string | null },
    occasion: { message: Message; notices: readonly Notice[]; now: Date },
    signal?: AbortSignal,
  ): Promise<SendOutcome> {
    if (kind === 'email') throw new Error('A mail is not posted');
    const outcome = await this.http.sendComposed(() => {
      const nonce = randomHex(NONCE_BYTES);
      const request = prepareRequest({ channelId, kind, url, secret }, { ...occasion, nonce });
      return { ...request, tenantId, timeoutMs: HTTP_TIMEOUT_MS };
    }, signal);
    const { responseStatus, responseBody, durationMs } = outcome;
    return { ...judgeAnswer(kind, outcome), responseStatus, responseBody, durationMs };
  }

  private async sendMail(
    email: NonNullable<NotificationChannelRow['email']>,
    login: { password: string; tenantId: string },
    message: Message,
    signal?: AbortSignal,
  ): Promise<SendOutcome> {
    const { from, to, ...server } = email;
    const mail = { from, to, ...renderEmail(message) };
    const outcome = await this.smtp.send({ ...server, ...login }, mail, SMTP_TIMEOUT_MS, signal);
    const { isSent, durationMs, replyCode, reply, errorMessage } = outcome;
    return { isSent, durationMs, responseStatus: replyCode, responseBody: reply, errorMessage, restMs: null };
  }

  private compose(
    { name, language }: NotificationChannelRow,
    notices: readonly Notice[],
    now: Date,
  ): Message {
    const publicUrl = this.env.PUBLIC_URL?.replace(/\/+$/, '') ?? null;
    const context = { language, publicUrl, now };
    const [first, ...others] = notices;
    return first ? composeMessage([first, ...others], context) : composeTestMessage(name, context);
  }

  private open({ channelId }: NotificationChannelRow, sealed: Buffer | null): string | null {
    return sealed && this.secretBox.open(sealed, channelSecretContext(channelId));
  }
}
