import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { findSettingConflicts } from './setting-conflicts.js';
import { createWebhookRequestSchema, updateWebhookRequestSchema } from './webhooks.js';

const url = 'https://example.com/hook';
const batch = { maxEvents: 2, maxWaitMs: 10 };

describe('creating a webhook', () => {
  it('needs only a URL', () => {
    expect(createWebhookRequestSchema.parse({ url: ` ${url} ` })).toEqual({
      url,
      enabled: true,
      events: [],
      headers: {},
      timeoutMs: 10_000,
      ordering: 'none',
      batch: null,
      format: 'im',
      signature: 'x-app',
      before: null,
      signaturePrefix: 'X-App',
      rateLimitPerSecond: 0,
    });
  });

  it.each<[fault: string, input: Record<string, unknown>, path: string]>([
    ['no URL', { url: undefined }, 'url'],
    ['a blank URL', { url: '   ' }, 'url'],
    ['a URL over 2,048 characters', { url: `https://example.com/${'x'.repeat(2048)}` }, 'url'],
    ['a URL with a NUL character', { url: 'https://example.com/\u0000' }, 'url'],
    ['an unknown field', { urls: [url] }, ''],
    ['a field the server owns', { webhookId: 'x' }, ''],
    ['a blank name', { name: '  ' }, 'name'],
    ['enabled as text', { enabled: 'true' }, 'enabled'],
    ['an event with a blank', { events: ['message sent'] }, 'events.0'],
    ['the pattern *', { events: ['message.sent', '*'] }, 'events.1'],
    ['a timeout under a second', { timeoutMs: 999 }, 'timeoutMs'],
    ['a timeout over a minute', { timeoutMs: 60_001 }, 'timeoutMs'],
    ['an unknown field of the policy', { retryPolicy: { tries: 3 } }, 'retryPolicy'],
    ['a secret over 256 characters', { secret: 'x'.repeat(257) }, 'secret'],
    ['a secret with a newline', { secret: 'abc\n' }, 'secret'],
    ['a secret with a tab', { secret: 'a\tb' }, 'secret'],
    ['a secret with a NUL character', { secret: 'a\u0000b' }, 'secret'],
    ['a secret that begins with a space', { secret: ' whsec_abc' }, 'secret'],
    ['a secret that ends with a space', { secret: 'abc ' }, 'secret'],
    ['a secret with a no-break space', { secret: 'a\u00a0b' }, 'secret'],
    ['a secret with a zero width space', { secret: 'a\u200bb' }, 'secret'],
    ['a secret with half of a surrogate pair', { secret: 'a\ud800b' }, 'secret'],
    ['a secret with the prefix of signatures', { secret: 'v1,whsec_abc' }, 'secret'],
    ['a name of nothing to see', { name: '\u200b' }, 'name'],
    ['a URL with a zero width space', { url: 'https://a.example/\u200bhook' }, 'url'],
    ['a secret that is a number', { secret: 12345678 }, 'secret'],
    ['an unknown ordering', { ordering: 'strict' }, 'ordering'],
    ['an unknown format', { format: 'xml' }, 'format'],
    ['an unknown signature scheme', { signature: 'none' }, 'signature'],
    ['a rate below 0', { rateLimitPerSecond: -1 }, 'rateLimitPerSecond'],
    ['a rate over 10,000', { rateLimitPerSecond: 10_001 }, 'rateLimitPerSecond'],
    ['half a request a second', { rateLimitPerSecond: 0.5 }, 'rateLimitPerSecond'],
    ['a batch of one', { batch: { maxEvents: 1, maxWaitMs: 10 } }, 'batch.maxEvents'],
    ['a batch of 101', { batch: { maxEvents: 101, maxWaitMs: 10 } }, 'batch.maxEvents'],
    ['a batch that waits 9 ms', { batch: { maxEvents: 2, maxWaitMs: 9 } }, 'batch.maxWaitMs'],
    ['a batch that waits over a minute', { batch: { maxEvents: 2, maxWaitMs: 60_001 } }, 'batch.maxWaitMs'],
    ['a batch without a wait', { batch: { maxEvents: 2 } }, 'batch.maxWaitMs'],
    ['an unknown field of the batch', { batch: { maxEvents: 2, maxWaitMs: 10, maxBytes: 1 } }, 'batch'],
    ['a batch of raw bodies', { format: 'raw', batch: { maxEvents: 2, maxWaitMs: 10 } }, 'batch'],
    ['a broken whsec_ secret', { signature: 'standard-webhooks', secret: 'whsec_not base64' }, 'secret'],
  ])('refuses %s', (_, input, path) => {
    expect(faultsOf(createWebhookRequestSchema, { url, ...input })).toEqual([path]);
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['null', null],
    ['of any script', '密钥-ключ-🔑'],
    ['long', 'x'.repeat(256)],
  ])('takes a secret that is %s, as it is', (_, secret) => {
    expect(createWebhookRequestSchema.parse({ url, secret }).secret).toBe(secret);
  });
});

describe('delivery settings', () => {
  it.each<[input: Record<string, unknown>]>([
    [{ ordering: 'conversation', batch: { maxEvents: 2, maxWaitMs: 10 } }],
    [{ format: 'cloudevents', batch: { maxEvents: 100, maxWaitMs: 60_000 } }],
    [{ format: 'raw', batch: null, signature: 'standard-webhooks' }],
    [{ signature: 'standard-webhooks', secret: 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=' }],
    [{ signature: 'standard-webhooks', secret: 'any text' }],
    [{ signature: 'x-app', secret: 'whsec_not base64' }],
    [{ rateLimitPerSecond: 10_000 }],
  ])('may be %j', (input) => {
    expect(createWebhookRequestSchema.parse({ url, ...input })).toMatchObject(input);
  });

  const PLAIN = { signature: 'x-app', signaturePrefix: 'X-App', headers: {} } as const;
  it.each<[string, Parameters<typeof findSettingConflicts>, fields: string[]]>([
    ['a format set over a stored batch', [{ format: 'raw', batch, ...PLAIN }, {}], ['format']],
    ['a batch set under a stored format', [{ format: 'raw', batch, ...PLAIN }, { batch }], ['batch']],
    ['both set', [{ format: 'raw', batch, ...PLAIN }], ['batch']],
    ['neither in the way', [{ format: 'raw', batch: null, ...PLAIN }, { batch: null }], []],
  ])('cannot be together: %s', (_, args, fields) => {
    expect(findSettingConflicts(...args).map(({ field }) => field)).toEqual(fields);
  });
});

describe('changing a webhook', () => {
  it('leaves what is absent absent, so that it stays as it was', () => {
    expect(updateWebhookRequestSchema.parse({})).toEqual({});
    expect(updateWebhookRequestSchema.parse({ enabled: false })).toEqual({ enabled: false });
  });

  it.each([
    ['empty, which leaves it', ''],
    ['null, which removes it', null],
    ['new', 's3cr3t'],
  ])('distinguishes a secret that is %s', (_, secret) => {
    expect(updateWebhookRequestSchema.parse({ secret })).toEqual({ secret });
  });

  it.each<[fault: string, input: Record<string, unknown>, path: string]>([
    ['an unknown field', { colour: 'red' }, ''],
    ['a field the server owns', { consecutiveFailures: 0 }, ''],
    ['a blank URL', { url: ' ' }, 'url'],
    ['null for a URL', { url: null }, 'url'],
    ['a secret with a control character', { secret: 'a\u007f' }, 'secret'],
    ['headers that are a list', { headers: ['X-A'] }, 'headers'],
  ])('refuses %s', (_, input, path) => {
    expect(faultsOf(updateWebhookRequestSchema, input)).toEqual([path]);
  });
});

function faultsOf(schema: z.ZodType, input: unknown): string[] {
  return schema.safeParse(input).error?.issues.map((issue) => issue.path.join('.')) ?? [];
}
