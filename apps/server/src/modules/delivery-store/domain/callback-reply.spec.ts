import { describe, expect, it } from 'vitest';
import { replyIn } from './callback-reply.js';

const OUTCOME = { errorClass: null, responseBody: '{"reply":{"text":"hi"}}', isResponseTruncated: false };
const ANSWERED = { event: 'bot.message', kind: 'event', carried: 1, outcome: OUTCOME } as const;

describe('an answer to a message of a bot', () => {
  it('may ask for a reply', () => {
    expect(replyIn(ANSWERED)).toEqual({ answer: OUTCOME.responseBody, isTruncated: false });
  });

  it.each([
    ['to another event', { event: 'message.sent' }],
    ['to a test', { kind: 'test' as const }],
    ['to a redelivery', { kind: 'redelivery' as const }],
    ['to a batch', { carried: 2 }],
    ['that is an error', { outcome: { ...OUTCOME, errorClass: 'server_error' } }],
    ['that does not mention one', { outcome: { ...OUTCOME, responseBody: '{"ok":true}' } }],
    ['that is empty', { outcome: { ...OUTCOME, responseBody: null } }],
  ])('%s does not', (_, change) => {
    expect(replyIn({ ...ANSWERED, ...change })).toBeUndefined();
  });
});
