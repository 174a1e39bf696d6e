import { DEFAULT_DELIVERY_SETTINGS } from '@im/contracts/api/webhook-constants';
import { RETRY_PRESETS } from '@im/contracts/api/retry-presets';
import { createWebhookRequestSchema, updateWebhookRequestSchema } from '@im/contracts/api/webhooks';
import { describe, expect, it } from 'vitest';
import { sampleWebhook } from '../../../testing/sample-webhook.js';
import { toDeliveryForm } from './delivery-form.js';
import { toRetryForm } from './retry-form.js';
import {
  emptyWebhookForm,
  missingPartOf,
  toCreateRequest,
  toUpdateRequest,
  toWebhookForm,
  type WebhookForm,
} from './webhook-form.js';

const webhook = sampleWebhook();

describe('toCreateRequest', () => {
  it('makes a request that the contract accepts of a URL alone', () => {
    const request = toCreateRequest({ ...emptyWebhookForm(), url: ' https://example.com/hook ' });
    expect(request.url).toBe('https://example.com/hook');
    expect(request).not.toHaveProperty('secret');
    expect(request).not.toHaveProperty('name');
    expect(createWebhookRequestSchema.safeParse(request).success).toBe(true);
  });

  it('carries what was filled in', () => {
    const request = toCreateRequest({
      ...emptyWebhookForm(),
      url: 'https://example.com',
      secret: ' s3cret ',
      enabled: false,
      events: ['message.sent'],
      timeoutSeconds: 2.5,
      retry: toRetryForm(RETRY_PRESETS.quick),
      headers: [
        { rowId: 0, name: 'X-Gateway', value: ' token ' },
        { rowId: 1, name: ' ', value: 'without a name' },
      ],
    });
    expect(request).toMatchObject({
      secret: 's3cret',
      enabled: false,
      events: ['message.sent'],
      timeoutMs: 2_500,
      retryPolicy: RETRY_PRESETS.quick,
      headers: { 'X-Gateway': 'token' },
    });
  });
});

describe('toUpdateRequest', () => {
  const change = (changes: Partial<WebhookForm>) =>
    toUpdateRequest({ ...toWebhookForm(webhook), ...changes }, webhook);

  it('sends nothing when nothing was changed', () => {
    expect(change({})).toEqual({});
  });

  it.each<[string, Partial<WebhookForm>, object]>([
    [
      'an empty secret keeps the secret',
      { url: 'https://example.com/other', secret: '  ' },
      { url: 'https://example.com/other' },
    ],
    ['a secret replaces the secret', { secret: 'new' }, { secret: 'new' }],
    ['a removed secret is null', { isSecretRemoved: true }, { secret: null }],
    ['the switch, which is changed after a question', { enabled: false }, {}],
    ['an emptied name is sent, so that the server can object', { name: ' ' }, { name: '' }],
    ['an external id', { externalId: ' orders ' }, { externalId: 'orders' }],
    ['no events means every event', { events: [] }, { events: [] }],
    ['a removed header', { headers: [] }, { headers: {} }],
    [
      'a changed header',
      { headers: [{ rowId: 0, name: 'X-Gateway', value: 'two' }] },
      { headers: { 'X-Gateway': 'two' } },
    ],
    ['the timeout in milliseconds', { timeoutSeconds: 3 }, { timeoutMs: 3_000 }],
    [
      'delivery settings that differ',
      {
        delivery: { ...toDeliveryForm(DEFAULT_DELIVERY_SETTINGS), ordering: 'conversation', isBatched: true },
      },
      { ordering: 'conversation', batch: { maxEvents: 20, maxWaitMs: 1_000 } },
    ],
    ['a preset', { retry: toRetryForm(RETRY_PRESETS.quick) }, { retryPolicy: RETRY_PRESETS.quick }],
  ])('%s', (_, changes, expected) => {
    expect(change(changes)).toEqual(expected);
  });

  it('makes requests that the contract accepts', () => {
    const request = change({ isSecretRemoved: true, retry: toRetryForm(RETRY_PRESETS.patient), events: [] });
    expect(updateWebhookRequestSchema.safeParse(request).success).toBe(true);
  });
});

describe('the client certificate', () => {
  const typed = { certificate: ' CERT ', key: ' KEY ', isRemoved: false };
  const none = { certificate: '', key: '', isRemoved: false };

  it('is sent when it was filled in, and only then', () => {
    const form = { ...emptyWebhookForm(), url: 'https://example.com' };
    expect(toCreateRequest(form)).not.toHaveProperty('clientCertificate');
    expect(toCreateRequest({ ...form, clientCertificate: typed })).toMatchObject({
      clientCertificate: { certificate: 'CERT', key: 'KEY' },
    });
    expect(toUpdateRequest(toWebhookForm(webhook), webhook)).toEqual({});
    expect(toUpdateRequest({ ...toWebhookForm(webhook), clientCertificate: typed }, webhook)).toEqual({
      clientCertificate: { certificate: 'CERT', key: 'KEY' },
    });
  });

  it('is taken away when that was chosen', () => {
    const clientCertificate = { ...none, isRemoved: true };
    expect(toUpdateRequest({ ...toWebhookForm(webhook), clientCertificate }, webhook)).toEqual({
      clientCertificate: null,
    });
  });

  it.each([
    [none, null],
    [typed, null],
    [{ ...none, key: 'KEY' }, 'certificate'],
    [{ ...none, certificate: 'CERT' }, 'key'],
  ])('%j lacks %s', (form, missing) => {
    expect(missingPartOf(form)).toBe(missing);
  });
});
