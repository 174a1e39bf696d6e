import { expect, it } from 'vitest';
import { lookOfHealth } from './health-look.js';

it.each([
  [0, 'success', 'statuses.health.ok'],
  [1, 'warning', 'statuses.health.failures'],
  [9, 'warning', 'statuses.health.failures'],
  [10, 'danger', 'statuses.health.failures'],
] as const)('shows %i failures in a row as %s', (failures, type, key) => {
  expect(lookOfHealth(failures, 'healthy', null)).toEqual({ type, key, reasonKey: null });
});

it.each([
  ['paused', null, 'statuses.health.paused'],
  ['disabled', 'gone', 'statuses.health.gone'],
  ['disabled', 'by_person', null],
] as const)('says why nothing is sent: %s, %s', (health, disabledReason, reasonKey) => {
  expect(lookOfHealth(10, health, disabledReason).reasonKey).toBe(reasonKey);
});
