import type { AppSummary } from '@im/contracts/api/apps';
import { mount, RouterLinkStub } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { logInAs } from '../../../testing/log-in-as.js';
import AppCard from './AppCard.vue';

const APP: AppSummary = {
  appKey: 'ak_1',
  name: 'Chat',
  packageName: 'com.example.chat',
  description: '',
  externalId: null,
  retention: { eventsDays: null, logsDays: null },
  secretRotation: { isStaged: false, stagedAt: null, previousExpiresAt: null },
  createdAt: '2026-05-21T08:00:00.000Z',
  updatedAt: '2026-05-21T08:00:00.000Z',
  webhookCount: 5,
  openAlertCount: 4,
  incidentCount: 2,
  last24Hours: {
    ...{ total: 435, succeeded: 305, failed: 0, attempts: 346 },
    ...{ attemptSuccessRate: 0.882, deliveredRate: 0.715, successRate: 0.715 },
  },
  webhookHealth: { worst: 'paused', unwell: 2, pending: 130 },
};

function show(override: Partial<AppSummary> = {}) {
  logInAs('developer');
  return mount(AppCard, {
    props: { app: { ...APP, ...override } },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
}

describe('the card of an app', () => {
  it('whose webhooks fail says so, what waits, and how much of it arrives', () => {
    const card = show();
    expect(card.get('[data-testid="app-trouble"]').text()).toBe('2 个回调异常 · 130 条积压');
    expect(card.classes()).toContain('danger');
    expect(card.get('[data-testid="app-attemptSuccessRate"]').text()).toBe('88.2%');
    expect(card.get('[data-testid="app-deliveredRate"]').text()).toBe('71.5%');
    expect(card.text()).not.toContain('100%');
  });

  it.each([
    ['failing', 'warning'],
    ['unhealthy', 'danger'],
    ['paused', 'danger'],
    ['disabled', 'danger'],
  ] as const)('takes the colour of the worst webhook: %s', (worst, tone) => {
    expect(show({ webhookHealth: { worst, unwell: 1, pending: 0 } }).classes()).toContain(tone);
  });

  it('of an app that is well says nothing of trouble', () => {
    const card = show({ webhookHealth: { worst: 'healthy', unwell: 0, pending: 3 } });
    expect(card.find('[data-testid="app-trouble"]').exists()).toBe(false);
    expect(card.classes()).not.toContain('danger');
  });

  it('without figures says why', () => {
    const nothing = { total: 0, succeeded: 0, failed: 0, attempts: 0 };
    const rates = { attemptSuccessRate: null, deliveredRate: null, successRate: null };
    const card = show({
      last24Hours: { ...nothing, ...rates },
      webhookHealth: { worst: null, unwell: 0, pending: 0 },
    });
    expect(card.get('[data-testid="app-deliveredRate"]').text()).toMatch(/–\s*还没有投递/);
  });
});
