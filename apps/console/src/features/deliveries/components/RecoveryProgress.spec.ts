import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { sampleRecovery } from '../../../testing/sample-recovery.js';
import RecoveryProgress from './RecoveryProgress.vue';

function show(override: Parameters<typeof sampleRecovery>[0] = {}) {
  return mount(RecoveryProgress, { props: { recovery: sampleRecovery(override), isBusy: false } });
}

describe('a recovery on the page of its webhook', () => {
  it('says how far it has come and how long it will take', () => {
    const shown = show({ succeeded: 440, failed: 10, pending: 50, estimatedLeftMs: 150_000 });
    expect(shown.text()).toContain('进行中');
    expect(shown.get('[role="progressbar"]').attributes('aria-valuenow')).toBe('50');
    expect(shown.get('[data-testid="recovery-counts"]').text()).toBe(
      '已送达 440，失败 10，等待 50 · 共 1,000 · 大约还要 2 分钟 30 秒',
    );
    expect(shown.text()).toContain('50 条其间已送达');
  });

  it.each([
    ['its webhook is paused', { waitingFor: 'breaker' }, /连续失败被暂停/],
    ['its webhook was disabled', { state: 'paused', reason: 'webhook_disabled' }, /启用后可以继续/],
    ['something is older than what is kept', { keptSince: '2026-11-21T01:00:00.000Z' }, /不再保留/],
  ] as const)('says so when %s', (_what, override, sentence) => {
    expect(show(override).text()).toMatch(sentence);
  });

  it.each([
    ['running', ['pause', 'cancel']],
    ['paused', ['resume', 'cancel']],
    ['completed', []],
    ['canceled', []],
    ['failed', []],
  ] as const)('that is %s offers %j', async (state, actions) => {
    const shown = show({ state });
    const buttons = shown.findAll('button');
    expect(buttons.map((button) => button.attributes('data-testid'))).toEqual(
      actions.map((action) => `${action}-recovery`),
    );
    for (const button of buttons) await button.trigger('click');
    expect(shown.emitted('change') ?? []).toEqual(actions.map((action) => [action]));
  });
});
