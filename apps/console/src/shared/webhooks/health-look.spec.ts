import { expect, it } from 'vitest';
import { lookOfHealth } from './health-look.js';

it.each([
  [0, 'healthy', 'success', 'statuses.health.ok'],
  [1, 'failing', 'warning', 'statuses.health.failures'],
  [9, 'failing', 'warning', 'statuses.health.failures'],
  [10, 'unhealthy', 'danger', 'statuses.health.failures'],
  [12, 'paused', 'danger', 'statuses.health.failures'],
  [0, 'disabled', 'info', 'statuses.health.off'],
  [10, 'disabled', 'danger', 'statuses.health.failures'],
] as const)('shows %i failures in a row of a webhook that is %s as %s', (failures, health, type, key) => {
  expect(lookOfHealth(failures, health)).toEqual({ type, key });
});
