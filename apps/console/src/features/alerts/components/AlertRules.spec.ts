import { ALERT_RULES } from '@im/contracts/api/alert-constants';
import { DEFAULT_ALERT_RULES, type AlertSettings } from '@im/contracts/api/alert-rules';
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { useSessionStore } from '../../../stores/session.js';
import { eventually } from '../../../testing/eventually.js';
import { getAlertRules, previewAlertRules, putAlertRules } from '../alerts.api.js';
import AlertRules from './AlertRules.vue';

vi.mock('../alerts.api.js', () => ({
  getAlertRules: vi.fn(),
  previewAlertRules: vi.fn(),
  putAlertRules: vi.fn(),
}));

const SETTINGS: AlertSettings = {
  rules: { ...DEFAULT_ALERT_RULES, backlog: { ...DEFAULT_ALERT_RULES.backlog, enabled: false } },
  renotifyAfterMinutes: 60,
  quietHours: null,
  updatedAt: null,
  updatedBy: null,
};

beforeEach(() => {
  document.body.innerHTML = '';
  setActivePinia(createPinia());
  vi.mocked(getAlertRules).mockResolvedValue(SETTINGS);
  vi.mocked(previewAlertRules)
    .mockReset()
    .mockResolvedValue({
      ...{ from: '2026-05-14T08:00:00.000Z', to: '2026-05-21T08:00:00.000Z' },
      rules: [{ rule: 'slow', fired: 3, isEstimate: true, unknownBecause: null }],
    });
  vi.mocked(putAlertRules).mockReset().mockResolvedValue(SETTINGS);
});

async function show(role: 'developer' | 'support') {
  const session = useSessionStore();
  session.user = { email: 'a@example.com', name: 'A', role } as typeof session.user;
  const rules = mount(AlertRules, { props: { appKey: 'ak_1' }, attachTo: document.body });
  await flushPromises();
  return rules;
}

const inDialog = (selector: string) => document.body.querySelector<HTMLInputElement>(selector)!;

it('says what opens an alert, and what is off', async () => {
  const rules = await show('support');
  expect(rules.get('[data-testid="rule-success_rate"]').text()).toContain('95%');
  expect(rules.get('[data-testid="rule-backlog"]').text()).toContain('已关闭');
  expect(rules.get('[data-testid="rule-source_silent"]').text()).toContain('已关闭');
  expect(rules.find('[data-testid="edit-rules"]').exists()).toBe(false);
});

it('says how often a rule would have fired', async () => {
  const rules = await show('support');
  await eventually(() =>
    expect(rules.get('[data-testid="rule-slow"]').text()).toContain('过去 7 天约会触发 3 次'),
  );
});

it('asks again for what is typed, before it is saved', async () => {
  const rules = await show('developer');
  await rules.get('[data-testid="edit-rules"]').trigger('click');
  await flushPromises();
  const warning = inDialog('#slow-warningMs');
  warning.value = '800';
  warning.dispatchEvent(new Event('change'));
  await eventually(() =>
    expect(previewAlertRules).toHaveBeenLastCalledWith(
      'ak_1',
      { rules: { slow: { warningMs: 800 } } },
      expect.anything(),
    ),
  );
  expect(putAlertRules).not.toHaveBeenCalled();
});

it('offers every rule in the dialog', async () => {
  const rules = await show('developer');
  await rules.get('[data-testid="edit-rules"]').trigger('click');
  await flushPromises();
  const offered = [...document.body.querySelectorAll('[data-testid^="rule-fields-"]')].map((fields) =>
    fields.getAttribute('data-testid')?.replace('rule-fields-', ''),
  );
  expect(offered).toEqual(ALERT_RULES);
});

it('saves what a developer changed, and nothing else', async () => {
  const rules = await show('developer');
  await rules.get('[data-testid="edit-rules"]').trigger('click');
  await flushPromises();
  const warning = inDialog('#slow-warningMs');
  warning.value = '800';
  warning.dispatchEvent(new Event('change'));
  inDialog('[data-testid="quiet-on"] input').click();
  await flushPromises();
  const from = inDialog('[data-testid="quiet-from"]');
  from.value = '23:30';
  from.dispatchEvent(new Event('input'));
  inDialog('[data-testid="save-rules"]').click();
  await flushPromises();
  expect(putAlertRules).toHaveBeenCalledExactlyOnceWith('ak_1', {
    rules: { slow: { warningMs: 800 } },
    quietHours: expect.objectContaining({ from: '23:30', to: '08:00', allowCritical: true }) as unknown,
  });
  expect(getAlertRules).toHaveBeenCalledTimes(2);
});

it('switches the rule of silent sources on, with a limit of its own', async () => {
  const rules = await show('developer');
  await rules.get('[data-testid="edit-rules"]').trigger('click');
  await flushPromises();
  inDialog('[data-testid="rule-fields-source_silent"] input[role="switch"]').click();
  await flushPromises();
  const warning = inDialog('#source_silent-warningMinutes');
  warning.value = '15';
  warning.dispatchEvent(new Event('change'));
  const rejected = inDialog('#source_rejecting-warning');
  rejected.value = '10';
  rejected.dispatchEvent(new Event('change'));
  inDialog('[data-testid="save-rules"]').click();
  await flushPromises();
  expect(putAlertRules).toHaveBeenCalledExactlyOnceWith('ak_1', {
    rules: { source_silent: { enabled: true, warningMinutes: 15 }, source_rejecting: { warning: 10 } },
  });
});

it('asks the server for nothing while a threshold is the wrong way round', async () => {
  const rules = await show('developer');
  await rules.get('[data-testid="edit-rules"]').trigger('click');
  await flushPromises();
  const critical = inDialog('#slow-criticalMs');
  critical.value = '10';
  critical.dispatchEvent(new Event('change'));
  inDialog('[data-testid="save-rules"]').click();
  await flushPromises();
  expect(putAlertRules).not.toHaveBeenCalled();
  await eventually(() =>
    expect(inDialog('[data-testid="rule-fields-slow"]').textContent).toContain('不能比'),
  );
});
