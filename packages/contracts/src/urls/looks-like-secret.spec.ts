import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { looksLikeSecret } from './looks-like-secret.js';

const SEED = Number(process.env.SECRETS_SEED ?? Date.now() % 1_000_000_007);
/** The nth random bytes of the seed, 64 at most. */
const bytes = (n: number, length: number) =>
  createHash('sha512')
    .update(`${String(SEED)} ${String(n)}`)
    .digest()
    .subarray(0, length);
const uuid = (n: number) =>
  bytes(n, 16)
    .toString('hex')
    .replace(/^(.{8})(.{4}).(.{3})(.{4})(.{12})$/, '$1-$2-4$3-$4-$5');

describe('looksLikeSecret', () => {
  it.each([
    ['a UUID', '3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ['a UUID without hyphens', '3f2504e04f8941d39a0c0305e82c3301'],
    ['a UUID within a name', 'bot-3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ['hexadecimal', '9f86d081884c7d65'],
    ['short hexadecimal', 'abcdef12'],
    ['base64url', 'dGhpcyBpcyBhIHNlY3JldA'],
    ['base64 with an escaped end', 'c2VjcmV0LXRva2Vu%3D%3D'],
    ['the token of a Slack hook', 'XXXXXXXXXXXXXXXXXXXXXXXX'],
    ['the ids of a Slack hook', 'T024BE7LD'],
    ['the id of a Slack hook with digits only', 'B00000000'],
    ['a Zapier hook', 'b5o4k7x'],
    ['a Telegram bot', 'bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'],
    ['a Discord id', '1099511627776000000'],
    ['a Make hook', 'k2x9d7fq1m3v8b5n6c4z0a1s2d3f4g5h'],
    ['an API key', 'sk_live_51H8zKq2eZvKYlo2C'],
    ['a token of this service', 'imk_Zm9vYmFyYmF6cXV4'],
    ['capital letters that make no word', 'QWRTPSDFGHJKLZXC'],
    ['mixed letters that make no word', 'kXpQzRtWbNmLcVfG'],
  ])('takes %s for one', (_, text) => {
    expect(looksLikeSecret(text)).toBe(true);
  });

  it.each([
    'webhooks',
    'webhook',
    'im-callback',
    'im_callback_console',
    'callback.php',
    'message.sent',
    'open-apis',
    'robot',
    'send',
    'v1',
    'v2',
    'v2beta1',
    '2024-06',
    'api',
    'IncomingWebhook',
    'getUserProfileByID',
    'internationalization',
    'oauth2callback',
    'ReceiveMessageCallbacks2',
    'imCallbackConsoleReceiver',
    'callback1',
    'shop42',
    'base64',
    '12345',
    '20240101',
    'strengths',
    'https',
    'receive-im-events',
    '回调',
    '%E5%9B%9E%E8%B0%83',
    'café',
    '%',
    '',
  ])('leaves %s readable', (text) => {
    expect(looksLikeSecret(text)).toBe(false);
  });

  it.each<[kind: string, make: (n: number) => string]>([
    ['UUIDs', uuid],
    ['16 bytes in hexadecimal', (n) => bytes(n, 16).toString('hex')],
    ['16 bytes in base64url', (n) => bytes(n, 16).toString('base64url')],
    ['24 bytes in base64, escaped', (n) => encodeURIComponent(bytes(n, 24).toString('base64'))],
    ['32 bytes in base64url', (n) => bytes(n, 32).toString('base64url')],
  ])(`misses fewer than one in two hundred random %s (seed ${String(SEED)})`, (_, make) => {
    const texts = Array.from({ length: 2_000 }, (_text, n) => make(n));
    expect(texts.filter((text) => !looksLikeSecret(text)).slice(10)).toEqual([]);
  });
});
