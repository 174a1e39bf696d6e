import { mount, RouterLinkStub } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { Source } from '@im/contracts/api/sources';
import { sampleCounters, sampleHours, sampleSource } from '../../../testing/sample-source.js';
import SourceCard from './SourceCard.vue';

const show = (override: Partial<Source> = {}) =>
  mount(SourceCard, {
    props: { source: sampleSource(override) },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });

describe('the card of a source', () => {
  it('names it and its kind, and leads to its page', () => {
    const card = show();
    expect(card.text()).toContain('生产环境');
    expect(card.text()).toContain('OpenIM');
    expect(card.getComponent(RouterLinkStub).props('to')).toBe('/apps/ak_1/sources/s1');
    expect(card.find('[data-testid="source-paused"]').exists()).toBe(false);
  });

  it('says that it is paused, and that nothing came yet', () => {
    const card = show({ enabled: false, lastReceivedAt: null });
    expect(card.get('[data-testid="source-paused"]').text()).toBe('已暂停');
    expect(card.text()).toContain('还没有收到请求');
    expect(card.find('[data-testid="hour-sparkline"]').exists()).toBe(false);
    expect(card.find('[data-testid="source-checklist-link"]').exists()).toBe(false);
  });

  it('leads to what can be checked while nothing comes', () => {
    const link = show({ lastReceivedAt: null }).get('[data-testid="source-checklist-link"]');
    expect(link.text()).toBe('没有收到？');
  });

  it('says in words what the bars of the last hours show', () => {
    const wordsOf = (hours: Source['hours']) =>
      show({ hours }).get('[data-testid="hour-sparkline"]').attributes('aria-label');
    expect(wordsOf(sampleHours())).toBe('最近 24 小时没有收到请求');
    expect(wordsOf(sampleHours({ accepted: [1_200, 3] }))).toBe(
      '最近 24 小时每小时收到的请求：最多 1,200 条，最近一小时 3 条',
    );
    expect(wordsOf(sampleHours({ accepted: [5], notAccepted: [2] }))).toContain('未能接收共 2 条');
  });

  it('emphasises only what went wrong', () => {
    const card = show({ counters: sampleCounters({ received: 1_234, accepted: 1_230, rejected: 4 }) });
    const classesOf = (name: string) => card.get(`[data-testid="counter-${name}"] dd`).classes();
    expect(card.get('[data-testid="counter-received"] dd').text()).toBe('1,234');
    expect(classesOf('rejected')).toContain('danger');
    expect(classesOf('notUnderstood')).toEqual(['tabular']);
    expect(card.find('[data-testid="counter-failed"]').exists()).toBe(false);
    expect(classesOf('accepted')).toEqual(['tabular']);
  });
});
