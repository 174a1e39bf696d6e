import { expect, it } from 'vitest';
import { stepsDone } from './steps.js';

const NOTHING = { hasApp: false, webhookCount: 0, hasDelivery: false, isDelivered: false };
const APP = { ...NOTHING, hasApp: true };

it.each([
  [NOTHING, 0],
  [APP, 1],
  [{ ...APP, webhookCount: 1 }, 2],
  [{ ...APP, webhookCount: 1, hasDelivery: true }, 3],
  [{ ...APP, webhookCount: 1, hasDelivery: true, isDelivered: true }, 4],
  // The webhook may be deleted afterwards.
  [{ ...APP, hasDelivery: true, isDelivered: true }, 4],
  [{ ...APP, hasDelivery: true }, 1],
])('%j is %i steps far', (facts, done) => {
  expect(stepsDone(facts)).toBe(done);
});
