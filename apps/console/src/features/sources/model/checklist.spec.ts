import { SOURCE_KINDS } from '@im/contracts/api/source-constants';
import type { Source } from '@im/contracts/api/sources';
import { describe, expect, it } from 'vitest';
import { translate } from '../../../i18n/i18n.js';
import { sampleCounters, sampleSource } from '../../../testing/sample-source.js';
import { factsOf, stepsOf } from './checklist.js';

const FACT = 'sources.checklist.fact.';
const factNames = (override: Partial<Source>) =>
  factsOf(sampleSource(override)).map(({ text }) => text.replace(FACT, ''));

it.each<[string, Partial<Source>, string[]]>([
  ['is well', {}, ['well']],
  ['is paused', { enabled: false }, ['paused']],
  ['never received anything', { lastReceivedAt: null, counters: sampleCounters() }, ['never']],
  ['is quiet', { counters: sampleCounters() }, ['quiet']],
  ['rejects', { counters: sampleCounters({ received: 2, rejected: 2 }) }, ['rejected']],
  ['does not understand', { counters: sampleCounters({ received: 2, notUnderstood: 1 }) }, ['notUnderstood']],
  ['could not store', { counters: sampleCounters({ received: 2, failed: 1 }) }, ['failed']],
  ['takes some senders only', { allowedCidrs: ['10.0.0.0/8'] }, ['well', 'senders']],
])('of a source that %s the checklist says so', (_, override, wanted) => {
  expect(factNames(override)).toEqual(wanted);
});

it('links what went wrong to the requests that show it', () => {
  const counters = sampleCounters({ received: 6, rejected: 1, notUnderstood: 2, failed: 3 });
  const facts = factsOf(sampleSource({ counters }));
  expect(facts.map(({ outcome, params }) => [outcome, params.count])).toEqual([
    ['rejected', 1],
    ['not_understood', 2],
    ['failed', 3],
  ]);
});

describe.each(SOURCE_KINDS)('the steps of %s', (kind) => {
  it('begin with a request from that server, and all have words', () => {
    const steps = stepsOf(kind);
    expect(steps[0]?.hasCommand).toBe(true);
    expect(steps.length).toBeGreaterThan(3);
    for (const { title, text } of steps) {
      expect(translate(title)).not.toBe(title);
      expect(translate(text)).not.toBe(text);
    }
  });
});
