import { describe, expect, it } from 'vitest';
import { sampleStats } from '../../testing/sample-webhook.js';
import { mayRecoverByItself, stopReasonOf } from './stop-reason.js';

describe('stopReasonOf', () => {
  it.each([
    [{ enabled: true, health: 'unhealthy', disabledReason: null, pausedAt: null }, null],
    [{ enabled: true, health: 'paused', disabledReason: null, pausedAt: null }, 'paused'],
    [{ enabled: true, health: 'healthy', disabledReason: null, pausedAt: '2026' }, 'paused_by_person'],
    [{ enabled: true, health: 'paused', disabledReason: null, pausedAt: '2026' }, 'paused_by_person'],
    [{ enabled: false, health: 'disabled', disabledReason: 'by_person', pausedAt: '2026' }, 'by_person'],
    [{ enabled: false, health: 'disabled', disabledReason: 'gone', pausedAt: null }, 'gone'],
    [{ enabled: false, health: 'disabled', disabledReason: 'failing', pausedAt: null }, 'failing'],
  ] as const)('of %o is %s', (webhook, stopReason) => {
    expect(stopReasonOf(webhook)).toBe(stopReason);
  });
});

describe('mayRecoverByItself', () => {
  it.each([
    ['paused', 3, true],
    ['unhealthy', 1, true],
    ['unhealthy', 0, false],
    ['failing', 3, false],
    ['healthy', 3, false],
    ['disabled', 3, false],
  ] as const)('of a webhook that is %s with %i waiting is %s', (health, pending, may) => {
    expect(mayRecoverByItself({ health, stats: sampleStats({ total: 9, pending }) })).toBe(may);
  });
});
