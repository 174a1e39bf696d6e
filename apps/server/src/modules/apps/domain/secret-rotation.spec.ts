import { describe, expect, it } from 'vitest';
import {
  describeRotation,
  keysOfWebhook,
  liveSecretsOf,
  type LiveKeys,
  type StoredSecrets,
} from './secret-rotation.js';

const NOW = new Date('2026-11-21T08:00:00.000Z');
const LATER = new Date('2026-11-21T08:00:00.001Z');
const current = Buffer.from('current');
const next = Buffer.from('next');
const previous = Buffer.from('previous');

const settled = {
  secretCiphertext: current,
  nextSecretCiphertext: null,
  previousSecretCiphertext: null,
  previousSecretExpiresAt: null,
};
const inOverlap = { ...settled, previousSecretCiphertext: previous, previousSecretExpiresAt: LATER };

describe('the valid secrets', () => {
  it.each<[string, StoredSecrets, unknown]>([
    ['no rotation', settled, { current, next: null, previous: null }],
    ['staged', { ...settled, nextSecretCiphertext: next }, { current, next, previous: null }],
    ['in the overlap', inOverlap, { current, next: null, previous }],
    [
      'at the very end of the overlap',
      { ...inOverlap, previousSecretExpiresAt: NOW },
      { current, next: null, previous: null },
    ],
    [
      'staged again during the overlap',
      { ...inOverlap, nextSecretCiphertext: next },
      { current, next, previous },
    ],
    [
      'no secret of its own, one staged',
      { ...settled, secretCiphertext: null, nextSecretCiphertext: next },
      { current: null, next, previous: null },
    ],
  ])('%s', (_, stored, expected) => {
    expect(liveSecretsOf(stored, NOW)).toEqual(expected);
  });
});

describe('the keys of a webhook', () => {
  const app = { current: 'app', next: 'app next', previous: 'app previous' };
  const none = { current: null, next: null, previous: null };

  it.each<[string, LiveKeys<string | null>, LiveKeys]>([
    ['without its own follow the app', none, app],
    ['are its own alone', { ...none, current: 'own' }, { current: 'own', next: null, previous: null }],
    [
      'are its own in rotation',
      { current: 'own', next: 'own next', previous: 'own previous' },
      { current: 'own', next: 'own next', previous: 'own previous' },
    ],
    [
      'are the app’s with its own staged one, until that is activated',
      { ...none, next: 'own next' },
      { ...app, next: 'own next' },
    ],
  ])('%s', (_, own, expected) => {
    expect(keysOfWebhook(own, app)).toEqual(expected);
  });
});

describe('what the API shows of a rotation', () => {
  it.each([
    ['nothing under way', null, null, { isStaged: false, stagedAt: null, previousExpiresAt: null }],
    ['staged', NOW, null, { isStaged: true, stagedAt: NOW.toISOString(), previousExpiresAt: null }],
    ['overlap', null, LATER, { isStaged: false, stagedAt: null, previousExpiresAt: LATER.toISOString() }],
    ['overlap over', null, NOW, { isStaged: false, stagedAt: null, previousExpiresAt: null }],
  ])('%s', (_, secretStagedAt, previousSecretExpiresAt, expected) => {
    expect(describeRotation({ secretStagedAt, previousSecretExpiresAt }, NOW)).toEqual(expected);
  });
});
