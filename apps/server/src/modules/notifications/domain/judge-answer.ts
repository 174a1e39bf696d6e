/** Decides what a platform's answer means. Chat platforms answer 200 to everything; the body has the outcome. */
import type { ChannelKind } from '@im/contracts/api/notification-channels';

export interface PlatformAnswer {
  responseStatus: number | null;
  responseBody: string | null;
  /** What HTTP or the network says is wrong; null on 2xx. */
  errorMessage: string | null;
  retryAfterMs: number | null;
}

export interface AnswerVerdict {
  isSent: boolean;
  errorMessage: string | null;
  /** How long the platform asks to wait. */
  restMs: number | null;
}

type HttpKind = Exclude<ChannelKind, 'email'>;

interface Platform {
  name: string;
  /** The field with the code of the outcome; 0 is success. */
  codeFields: readonly string[];
  messageFields: readonly string[];
  /** Codes for "too many messages", and how long that lasts. */
  tooMany: readonly number[];
  restMs: number;
}

const MINUTE_MS = 60_000;

const PLATFORMS: Readonly<Partial<Record<HttpKind, Platform>>> = {
  // 20 messages a minute; a sender of more is blocked for ten minutes.
  // https://open.dingtalk.com/document/robots/custom-robot-access
  dingtalk: {
    name: 'DingTalk',
    codeFields: ['errcode'],
    messageFields: ['errmsg'],
    tooMany: [130_101, 410_100, 90_030],
    restMs: 10 * MINUTE_MS,
  },
  // 100 messages a minute, 5 a second. `StatusCode` is what answered before `code` did.
  // https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
  feishu: {
    name: 'Feishu',
    codeFields: ['code', 'StatusCode'],
    messageFields: ['msg', 'StatusMessage'],
    tooMany: [11_232, 99_991_400],
    restMs: MINUTE_MS,
  },
  // 20 messages a minute.
  // https://developer.work.weixin.qq.com/document/path/91770
  wecom: {
    name: 'WeCom',
    codeFields: ['errcode'],
    messageFields: ['errmsg'],
    tooMany: [45_009, 45_033],
    restMs: MINUTE_MS,
  },
};

/** Advice for the most common codes. */
const HINTS: Readonly<Record<string, string>> = {
  'dingtalk 300001': 'the access_token in the URL is not valid',
  'dingtalk 310000':
    'the robot’s security settings do not let it in: check keyword, signing secret or IP list',
  'feishu 19001': 'the URL is not valid',
  'feishu 19021': 'the signing secret is wrong, or the clock is off by more than an hour',
  'feishu 19022': 'the bot’s IP list does not let it in',
  'feishu 19024': 'the bot asks for a keyword that is not in the message',
  'wecom 93000': 'the key in the URL is not valid, or the robot was removed',
  // https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks
  'slack no_service': 'the webhook was removed or disabled',
  'slack no_team': 'the workspace is not there any more',
  'slack invalid_token': 'the token in the URL is not valid',
  'slack channel_not_found': 'the channel is not there any more',
  'slack channel_is_archived': 'the channel is archived',
  'slack action_prohibited': 'an admin of the workspace does not allow it',
};

export function judgeAnswer(kind: HttpKind, answer: PlatformAnswer): AnswerVerdict {
  if (kind === 'slack') return judgeSlack(answer);
  const platform = PLATFORMS[kind];
  // Errors may have another status with the same body, which says more.
  const said = platform && readCode(platform, answer.responseBody);
  if (platform && said && said.code !== 0) {
    const { code, message } = said;
    return failed(
      `${platform.name} refused the message: ${withHint(`${kind} ${String(code)}`, message)} (code ${String(code)})`,
      platform.tooMany.includes(code)
        ? Math.max(platform.restMs, answer.retryAfterMs ?? 0)
        : answer.retryAfterMs,
    );
  }
  if (answer.errorMessage !== null) return failed(answer.errorMessage, answer.retryAfterMs);
  if (platform && !said) return failed(`The answer is not one of ${platform.name}: check the URL`, null);
  return { isSent: true, errorMessage: null, restMs: null };
}

/** Slack says by the status what happened, and why in plain text. */
function judgeSlack({ errorMessage, responseBody, retryAfterMs }: PlatformAnswer): AnswerVerdict {
  if (errorMessage === null) return { isSent: true, errorMessage: null, restMs: null };
  const reason = (responseBody ?? '').trim();
  return failed(
    /^[a-z_]{3,60}$/.test(reason)
      ? `Slack refused the message: ${withHint(`slack ${reason}`, reason)}`
      : errorMessage,
    retryAfterMs,
  );
}

function failed(errorMessage: string, restMs: number | null): AnswerVerdict {
  return { isSent: false, errorMessage, restMs };
}

function withHint(key: string, message: string): string {
  const hint = HINTS[key];
  return hint === undefined ? message : `${message} – ${hint}`;
}

function readCode(platform: Platform, body: string | null): { code: number; message: string } | null {
  const fields = parseObject(body);
  const code = platform.codeFields.map((name) => fields[name]).find((value) => typeof value === 'number');
  if (code === undefined) return null;
  const message = platform.messageFields
    .map((name) => fields[name])
    .find((value) => typeof value === 'string');
  return { code, message: message ?? 'no reason given' };
}

function parseObject(body: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
