import { RETRY_PRESETS } from '@im/contracts/api/retry-presets';
import { expect, it } from 'vitest';
import { differingFields } from './differing-fields.js';

const actual = {
  name: 'Main',
  url: 'https://im.example.com/',
  enabled: true,
  events: ['message.*'],
  headers: { 'X-Tenant': 'north' },
  hasSecret: true,
  hasClientCertificate: false,
  retryPolicy: RETRY_PRESETS.quick,
  before: null,
  batch: { maxEvents: 10, maxWaitMs: 100 },
  settings: { version: '3.8', hasBotToken: true },
  kind: 'openim',
};

it.each<[what: string, wanted: Record<string, unknown>, differing: string[]]>([
  ['nothing', {}, []],
  ['the same', { name: 'Main ', enabled: true, events: ['message.*'], before: null }, []],
  ['another name', { name: 'Other', enabled: true }, ['name']],
  ['the same URL, written otherwise', { url: 'HTTPS://IM.example.com' }, []],
  ['another URL', { url: 'https://im.example.com/2' }, ['url']],
  ['fewer events', { events: [] }, ['events']],
  ['other headers', { headers: { 'X-Tenant': 'south' } }, ['headers']],
  ['fewer headers', { headers: {} }, ['headers']],
  ['a preset', { retryPolicy: { preset: 'quick' } }, []],
  ['another preset', { retryPolicy: { preset: 'patient' } }, ['retryPolicy']],
  ['a part of a policy', { retryPolicy: { scheduleMs: [10_000, 40_000] } }, []],
  ['a secret that exists', { secret: 'anything' }, []],
  ['no secret', { secret: null }, ['secret']],
  [
    'a certificate that is missing',
    { clientCertificate: { certificate: '', key: '' } },
    ['clientCertificate'],
  ],
  ['no batch', { batch: null }, ['batch']],
  ['a part of a batch', { batch: { maxEvents: 10 } }, []],
  ['settings with a token', { settings: { version: '3.8', botToken: 't' } }, []],
  ['settings without a token', { settings: { botToken: null } }, ['settings']],
  ['another kind', { kind: 'wukongim' }, []],
])('%s', (_, wanted, differing) => {
  expect(differingFields(wanted, actual)).toEqual(differing);
});
