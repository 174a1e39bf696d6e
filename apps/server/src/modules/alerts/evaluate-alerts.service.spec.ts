import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SystemClock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logging/logger.js';
import type { EvaluationRepository } from './data/evaluation.repository.js';
import { EvaluateAlertsService } from './evaluate-alerts.service.js';

const logger = new Logger('silent');
const logged = vi.spyOn(logger, 'error');
const evaluate = vi.fn<(webhookIds: readonly string[]) => Promise<[]>>();
const service = new EvaluateAlertsService(
  { evaluate } as unknown as EvaluationRepository,
  new SystemClock(),
  logger,
);

beforeEach(() => {
  vi.clearAllMocks();
});

describe('evaluating the alerts of many webhooks', () => {
  it('takes one transaction', async () => {
    evaluate.mockResolvedValue([]);
    await service.evaluate(['a', 'b', 'c']);
    expect(evaluate.mock.calls.map(([ids]) => ids)).toEqual([['a', 'b', 'c']]);
  });

  it('evaluates the others when one of them cannot be', async () => {
    const done: string[] = [];
    evaluate.mockImplementation((ids) => {
      if (ids.includes('bad')) return Promise.reject(new Error('cannot be evaluated'));
      done.push(...ids);
      return Promise.resolve([]);
    });
    await service.evaluate(['a', 'bad', 'c']);
    expect(done).toEqual(['a', 'c']);
    expect(logged.mock.calls.map(([step, , fields]) => [step, fields])).toEqual([
      ['alerts.evaluation_failed', { webhookIds: ['bad'] }],
    ]);
  });

  it('does nothing for none', async () => {
    await service.evaluate([]);
    expect(evaluate).not.toHaveBeenCalled();
  });
});
