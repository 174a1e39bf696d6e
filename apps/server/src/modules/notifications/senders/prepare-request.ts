/** Prepares the HTTP request that carries notices to a channel. */
import type { ChannelKind } from '@im/contracts/api/notification-channels';
import { SERVICE_VERSION } from '@im/contracts/service-version';
import { DELIVERY_HEADERS, SIGNATURE_HEADERS } from '@im/contracts/signature';
import { signSync } from '@im/contracts/signature-node';
import type { PreparedRequest } from '../../../platform/outgoing-http/http-outcome.js';
import type { Message } from '../domain/message.js';
import type { Notice } from '../domain/notice.js';
import { renderDingtalk } from '../domain/render-dingtalk.js';
import { renderFeishu } from '../domain/render-feishu.js';
import { renderSlack } from '../domain/render-slack.js';
import { renderWebhook } from '../domain/render-webhook.js';
import { renderWecom } from '../domain/render-wecom.js';
import { feishuSignature, signDingtalkUrl } from './sign-robot.js';

export interface HttpChannel {
  channelId: string;
  kind: Exclude<ChannelKind, 'email'>;
  url: string;
  /** null: nothing is signed. */
  secret: string | null;
}

export interface Occasion {
  message: Message;
  /** None: it is a test. */
  notices: readonly Notice[];
  /** Of the channel's own clock. */
  now: Date;
  /** 32 lower-case hex digits, new for each request. */
  nonce: string;
}

type Headers = [name: string, value: string][];

const CONTENT_TYPE: Headers[number] = ['Content-Type', 'application/json; charset=utf-8'];
const USER_AGENT: Headers[number] = ['User-Agent', `IM-Callback/${SERVICE_VERSION}`];

export function prepareRequest(
  { channelId, kind, url, secret }: HttpChannel,
  { message, notices, now, nonce }: Occasion,
): Omit<PreparedRequest, 'timeoutMs'> {
  switch (kind) {
    case 'dingtalk':
      return plain(secret ? signDingtalkUrl(url, secret, now.getTime()) : url, renderDingtalk(message));
    case 'feishu':
      return plain(url, {
        ...(secret && feishuSignature(secret, now.getTime())),
        ...renderFeishu(message),
      });
    case 'wecom':
      return plain(url, renderWecom(message));
    case 'slack':
      return plain(url, renderSlack(message));
    case 'webhook': {
      const { body } = plain(url, renderWebhook(channelId, notices, now));
      const headers = webhookHeaders({ channelId, notices, timestamp: String(now.getTime()), nonce });
      if (secret) {
        const input = { appKey: channelId, timestamp: String(now.getTime()), nonce };
        headers.push([SIGNATURE_HEADERS.signature, signSync(secret, input, body)]);
      }
      return { url, headers, body };
    }
  }
}

function plain(url: string, content: unknown): { url: string; headers: Headers; body: Buffer } {
  return { url, headers: [CONTENT_TYPE, USER_AGENT], body: Buffer.from(JSON.stringify(content), 'utf8') };
}

/** As in a callback, with the channel's id instead of the AppKey, since a message may be about several apps. */
function webhookHeaders(parts: {
  channelId: string;
  notices: readonly Notice[];
  timestamp: string;
  nonce: string;
}): Headers {
  const { channelId, notices, timestamp, nonce } = parts;
  const attempt = notices.reduce((highest, notice) => Math.max(highest, notice.attempt), 1);
  return [
    CONTENT_TYPE,
    USER_AGENT,
    [SIGNATURE_HEADERS.appKey, channelId],
    [SIGNATURE_HEADERS.timestamp, timestamp],
    [SIGNATURE_HEADERS.nonce, nonce],
    [DELIVERY_HEADERS.attempt, String(attempt)],
  ];
}
