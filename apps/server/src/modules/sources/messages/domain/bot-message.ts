/** Writes a message as the form of DooTask's `sendtext`, and reads what DooTask answers. */
import type { SendSourceMessageRequest } from '@im/contracts/api/sources';

export type BotMessage = SendSourceMessageRequest;

/** The form's fields by their names. */
export type MessageFields = Readonly<Record<string, string>>;

const MAX_ERROR_LENGTH = 500;
/** Retries after the first attempt. */
const PAUSES_MS: readonly number[] = [5_000, 30_000, 120_000, 600_000, 1_800_000];
/** The answer repeats the message, so its end may be missing. */
const RET_AT_BEGINNING = /^\s*\{\s*"ret"\s*:\s*(-?\d+)/;

export interface SendVerdict {
  isSent: boolean;
  /** null when it is sent. */
  error: string | null;
}

export function fieldsOf(message: BotMessage): MessageFields {
  const { dialogId, text, textType, key, silence, replyTo } = message;
  return {
    dialog_id: dialogId,
    text,
    ...(textType !== undefined && { text_type: textType }),
    ...(key !== undefined && { key }),
    ...(silence !== undefined && { silence: silence ? 'yes' : 'no' }),
    ...(replyTo !== undefined && { reply_id: replyTo }),
  };
}

/** @returns null: the address is no URL of http or https */
export function sendUrlOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/dialog/msg/sendtext`;
  url.search = '';
  url.hash = '';
  return url.href;
}

/** @param errorMessage what HTTP or the network says is wrong; null on 2xx */
export function judgeSending(answer: {
  responseBody: string | null;
  errorMessage: string | null;
}): SendVerdict {
  const { ret, msg } = readAnswer(answer.responseBody ?? '');
  if (answer.errorMessage === null && ret === 1) return { isSent: true, error: null };
  return { isSent: false, error: shortened(refusalOf(ret, msg, answer.errorMessage)) };
}

/**
 * @param attempts made so far, the one that just failed included
 * @returns milliseconds until the next one; null: there is none
 */
export function retryInMs(attempts: number): number | null {
  return PAUSES_MS[attempts - 1] ?? null;
}

/** Text that may repeat the bot's token, without it. */
export function withoutSecret(text: string, secret: string): string {
  return text.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret.toWellFormed()), '***');
}

function refusalOf(ret: number | null, msg: string | null, errorMessage: string | null): string {
  if (ret !== null && ret !== 1)
    return `DooTask refused it: ${msg ?? 'no reason given'} (ret ${String(ret)})`;
  return errorMessage ?? 'The answer is not one of DooTask: check the address of the source';
}

function readAnswer(body: string): { ret: number | null; msg: string | null } {
  try {
    const value: unknown = JSON.parse(body);
    const { ret, msg } = (typeof value === 'object' && value !== null ? value : {}) as Record<
      string,
      unknown
    >;
    return { ret: typeof ret === 'number' ? ret : null, msg: typeof msg === 'string' ? msg : null };
  } catch {
    const ret = RET_AT_BEGINNING.exec(body)?.[1];
    return { ret: ret === undefined ? null : Number(ret), msg: null };
  }
}

function shortened(text: string): string {
  return text.slice(0, MAX_ERROR_LENGTH).replaceAll('\u0000', '\uFFFD').toWellFormed();
}
