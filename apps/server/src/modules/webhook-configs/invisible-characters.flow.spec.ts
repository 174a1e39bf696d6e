/** Refuses pasted text with an invisible character, and names the character. */
import { createHmac, hash } from 'node:crypto';
import type { ExplainedSignature } from '@im/contracts/api/signature-explanation';
import type { Problem } from '@im/contracts/problem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;

beforeAll(async () => {
  service = await startTestService();
  app = await service.addApp();
});

afterAll(async () => {
  await service.stop();
});

const URL = 'https://hooks.example/im';
const WHSEC = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

describe('a webhook', () => {
  it.each<[pointer: string, override: Record<string, unknown>, fault: string]>([
    ['/secret', { secret: ` ${WHSEC}`, signature: 'standard-webhooks' }, 'begins with a space (U+0020)'],
    [
      '/secret',
      { secret: `${WHSEC}\u00a0`, signature: 'standard-webhooks' },
      'ends with a no-break space (U+00A0)',
    ],
    ['/secret', { secret: 'as_\u200bkey' }, 'has a zero width space (U+200B) at character 4'],
    ['/secret', { secret: 'key\ufeff' }, 'ends with a byte order mark (U+FEFF)'],
    ['/secret', { secret: 'key\n' }, 'ends with a line feed (U+000A)'],
    ['/secret', { secret: 'a\ud800b' }, 'has half of a surrogate pair (U+D800) at character 2'],
    ['/name', { name: '\u200b' }, 'begins with a zero width space (U+200B)'],
    ['/name', { name: 'hook\u202egpj' }, 'has a right-to-left override (U+202E) at character 5'],
    ['/name', { name: '\u3164' }, 'has nothing to see: it begins with a Hangul filler (U+3164)'],
    ['/url', { url: `${URL}\u200b` }, 'ends with a zero width space (U+200B)'],
    ['/url', { url: 'https://hooks.example/a\u00adb' }, 'has a soft hyphen (U+00AD) at character 24'],
  ])('is refused for its %s of %j', async (pointer, override, message) => {
    const answer = await app.call('POST', '/webhooks', { body: { url: URL, ...override } });
    expect(answer.status).toBe(422);
    expect((answer.body as Problem).errors).toEqual([{ pointer, code: 'invisible_character', message }]);
  });

  it('is refused for a secret that begins as signatures do', async () => {
    const body = { url: URL, secret: `v1,${WHSEC}`, signature: 'standard-webhooks' };
    const answer = await app.call('POST', '/webhooks', { body });
    expect((answer.body as Problem).errors?.[0]).toMatchObject({ pointer: '/secret', code: 'invalid_value' });
    expect((answer.body as Problem).errors?.[0]?.message).toContain('the secret itself begins with whsec_');
  });

  it('trims blanks around its URL and its name, and takes visible characters', async () => {
    const webhook = await app.addWebhook(` ${URL}\u00a0`, { name: ' 家族 👨‍👩‍👧 ', secret: '密 钥' });
    expect(webhook).toMatchObject({ url: URL, name: '家族 👨‍👩‍👧', hasSecret: true });
    const { webhookId } = webhook;
    const staged = await app.call('POST', `/webhooks/${webhookId}/secret/stage`, {
      body: { secret: ' next' },
    });
    expect(staged.status).toBe(422);
  });
});

it.each<[path: string, body: Record<string, unknown>]>([
  ['/apps', { name: '\u2060', packageName: 'com.example.app' }],
  ['/members', { name: '\u200d', email: 'seen@example.com', role: 'support' }],
  ['/api-tokens', { name: 'a\u200bb', scopes: ['events:write'] }],
])('POST %s refuses such a name', async (path, body) => {
  const answer = await service.admin.call('POST', path, { body });
  expect((answer.body as Problem).errors?.[0]).toMatchObject({
    pointer: '/name',
    code: 'invisible_character',
  });
});

it('the signature debugger names such a character in the secret that is given to it', async () => {
  const body = '{}';
  const parts = [app.appKey, String(Date.now()), '0'.repeat(32)] as const;
  const canonical = [...parts, hash('sha256', body, 'hex')].join('\n');
  const signature = createHmac('sha256', app.appSecret).update(canonical).digest('hex');
  const { schemes } = await app.client.data<ExplainedSignature>('POST', `${app.base}/signature/explain`, {
    body: {
      headers: {
        'X-App-Key': parts[0],
        'X-App-Timestamp': parts[1],
        'X-App-Nonce': parts[2],
        'X-App-Signature': signature,
      },
      body,
      secret: `${app.appSecret.slice(0, 5)}\u200b${app.appSecret.slice(5)}`,
    },
  });
  const finding = schemes[0]?.findings.find(({ code }) => code === 'key_invisible');
  expect(finding?.text.en).toContain('has a zero width space (U+200B) at character 6');
});
