import { DEFAULT_DELIVERY_SETTINGS, type DeliverySettings } from '@im/contracts/api/webhook-constants';
import { describe, expect, it } from 'vitest';
import {
  changedDeliverySettings,
  faultsOfDeliveryForm,
  toDeliveryForm,
  toDeliverySettings,
  type DeliveryForm,
} from './delivery-form.js';

const batched: DeliverySettings = {
  ordering: 'conversation',
  batch: { maxEvents: 50, maxWaitMs: 500 },
  format: 'cloudevents',
  signature: 'standard-webhooks',
  signaturePrefix: 'X-Acme',
  rateLimitPerSecond: 100,
};

describe('delivery settings', () => {
  it.each([[DEFAULT_DELIVERY_SETTINGS], [batched]])(
    'come out of the form as they went in: %j',
    (settings) => {
      expect(toDeliverySettings(toDeliveryForm(settings))).toEqual(settings);
      expect(changedDeliverySettings(toDeliveryForm(settings), settings)).toEqual({});
    },
  );

  it.each<[string, Partial<DeliveryForm>, Partial<DeliverySettings>]>([
    ['batches switched off', { isBatched: false }, { batch: null }],
    ['a longer wait', { maxWaitMs: 900 }, { batch: { maxEvents: 50, maxWaitMs: 900 } }],
    ['raw, which ends batches with it', { format: 'raw' }, { format: 'raw', batch: null }],
    ['another prefix', { signaturePrefix: ' X-Trae ' }, { signaturePrefix: 'X-Trae' }],
    ['no limit', { rateLimitPerSecond: 0 }, { rateLimitPerSecond: 0 }],
    [
      'order and signature',
      { ordering: 'none', signature: 'x-app' },
      { ordering: 'none', signature: 'x-app' },
    ],
  ])('send just what was changed: %s', (_, change, expected) => {
    expect(changedDeliverySettings({ ...toDeliveryForm(batched), ...change }, batched)).toEqual(expected);
  });
});

describe('the form finds fault', () => {
  it.each<[string, Partial<DeliveryForm>, string[]]>([
    ['with nothing', {}, []],
    ['with an emptied count', { maxEvents: null }, ['maxEvents']],
    ['with a batch of one', { maxEvents: 1 }, ['maxEvents']],
    ['with a batch of 101', { maxEvents: 101 }, ['maxEvents']],
    ['with a wait of 9 ms', { maxWaitMs: 9 }, ['maxWaitMs']],
    ['with a wait over a minute', { maxWaitMs: 60_001 }, ['maxWaitMs']],
    ['with half a request', { rateLimitPerSecond: 0.5 }, ['rateLimitPerSecond']],
    ['with 10,001 requests', { rateLimitPerSecond: 10_001 }, ['rateLimitPerSecond']],
    ['with an emptied rate', { rateLimitPerSecond: null }, ['rateLimitPerSecond']],
    ['not with what is switched off', { isBatched: false, maxEvents: null, maxWaitMs: null }, []],
    ['not with batches that raw rules out', { format: 'raw', maxEvents: null }, []],
  ])('%s', (_, change, faults) => {
    expect(Object.keys(faultsOfDeliveryForm({ ...toDeliveryForm(batched), ...change }))).toEqual(faults);
  });
});
