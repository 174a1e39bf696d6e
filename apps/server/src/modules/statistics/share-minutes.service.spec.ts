import type { AppStatistics, StatisticsQuery, WebhookStatistics } from '@im/contracts/api/statistics';
import { expect, it } from 'vitest';
import { Clock } from '../../platform/clock/clock.js';
import { ShareMinutesService } from './share-minutes.service.js';
import type { ShowStatisticsService } from './show-statistics.service.js';

class StoppedClock extends Clock {
  override nowMs(): number {
    return Date.parse('2026-05-21T08:00:30Z');
  }
}

/** @returns what is asked for, and how often it was counted */
function shared() {
  let counted = 0;
  const statistics = {
    ofWebhook: () => Promise.resolve({ from: String((counted += 1)) } as WebhookStatistics),
    ofApp: () => Promise.resolve({ from: String((counted += 1)) } as AppStatistics),
  } as unknown as ShowStatisticsService;
  return { minutes: new ShareMinutesService(statistics, new StoppedClock()), counts: () => counted };
}

const minute = (more: Partial<StatisticsQuery> = {}): StatisticsQuery => ({
  ...{ period: 'minute', timeZone: 'UTC' },
  ...more,
});

it('requests for the same minutes of an app or a webhook share one count', async () => {
  const { minutes, counts } = shared();
  const from = ['2026-05-21T07:00:01Z', '2026-05-21T07:00:59Z'];
  const answers = await Promise.all(from.map((each) => minutes.ofApp('a', minute({ from: each }))));
  expect(answers.map((answer) => answer.from)).toEqual(['1', '1']);
  await Promise.all([minutes.ofWebhook('a', 'w', minute()), minutes.ofWebhook('a', 'w', minute())]);
  expect(counts()).toBe(2);
});

it.each<[string, string, Partial<StatisticsQuery>]>([
  ['of another app', 'b', {}],
  ['of an event', 'a', { event: 'message.sent' }],
  ['of another span', 'a', { from: '2026-05-21T07:00:00Z' }],
  ['in another time zone', 'a', { timeZone: 'Asia/Kolkata' }],
])('minutes %s are counted for themselves', async (_, appId, more) => {
  const { minutes, counts } = shared();
  await Promise.all([minutes.ofApp('a', minute()), minutes.ofApp(appId, minute(more))]);
  expect(counts()).toBe(2);
});

it('longer buckets are not shared', async () => {
  const { minutes, counts } = shared();
  const hours = minute({ period: 'hour' });
  await Promise.all([minutes.ofApp('a', hours), minutes.ofApp('a', hours)]);
  expect(counts()).toBe(2);
});
