/** Signs requests to chat robots: base64 of HMAC-SHA256 over the time and the robot's own secret. */
import { createHmac } from 'node:crypto';

/**
 * DingTalk: the secret is the key, `timestamp \n secret` the text; both are in the query.
 *
 * @see https://open.dingtalk.com/document/robots/customize-robot-security-settings
 * @param url of the robot, with its access_token
 */
export function signDingtalkUrl(url: string, secret: string, timestampMs: number): string {
  const signed = new URL(url);
  const text = `${String(timestampMs)}\n${secret}`;
  signed.searchParams.set('timestamp', String(timestampMs));
  signed.searchParams.set('sign', createHmac('sha256', secret).update(text).digest('base64'));
  return signed.href;
}

/**
 * Feishu and Lark: `timestamp \n secret` is the key, the text is empty; both are in the body.
 *
 * @see https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 * @returns the fields to add to the body; seconds, unlike DingTalk
 */
export function feishuSignature(secret: string, timestampMs: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(timestampMs / 1_000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') };
}
