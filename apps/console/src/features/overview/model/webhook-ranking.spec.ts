import { describe, expect, it } from 'vitest';
import { sampleCounts } from '../../../testing/sample-statistics.js';
import { sampleStats, sampleWebhook } from '../../../testing/sample-webhook.js';
import { rankWebhooks } from './webhook-ranking.js';

const named = (name: string, overrides: Parameters<typeof sampleWebhook>[0] = {}) =>
  sampleWebhook({ webhookId: name, name, ...overrides });
const namesOf = (ranked: ReturnType<typeof rankWebhooks>) => ranked.map(({ webhook }) => webhook.name);

describe('webhooks', () => {
  it('come worst first, and what a person stopped is no problem', () => {
    const ranked = rankWebhooks(
      [
        named('off', { enabled: false, health: 'disabled', disabledReason: 'by_person' }),
        named('held', { pausedAt: '2026-05-21T09:00:00.000Z' }),
        named('well'),
        named('failing', { health: 'failing', consecutiveFailures: 2 }),
        named('unhealthy', { health: 'unhealthy', consecutiveFailures: 12 }),
        named('paused', { health: 'paused', consecutiveFailures: 20 }),
        named('given up', { enabled: false, health: 'disabled', disabledReason: 'failing' }),
        named('gone', { enabled: false, health: 'disabled', disabledReason: 'gone' }),
      ],
      undefined,
    );
    const problems = ['given up', 'gone', 'paused', 'unhealthy', 'failing'];
    expect(namesOf(ranked)).toEqual([...problems, 'well', 'held', 'off']);
    expect(namesOf(ranked.filter(({ isProblem }) => isProblem))).toEqual(problems);
  });

  it('that are equally well come by their rate, then by what waits', () => {
    const waiting = named('waiting', { stats: sampleStats({ total: 5, pending: 5 }) });
    const ranked = rankWebhooks(
      [named('best'), waiting, named('worst')],
      [
        {
          webhookId: 'best',
          name: 'best',
          isDeleted: false,
          course: null,
          ...sampleCounts({ attemptSuccessRate: 1 }),
        },
        {
          webhookId: 'worst',
          name: 'worst',
          isDeleted: false,
          course: null,
          ...sampleCounts({ attemptSuccessRate: 0.4 }),
        },
      ],
    );
    expect(namesOf(ranked)).toEqual(['worst', 'waiting', 'best']);
    expect(ranked.map(({ counts }) => counts?.attemptSuccessRate)).toEqual([0.4, undefined, 1]);
  });
});
