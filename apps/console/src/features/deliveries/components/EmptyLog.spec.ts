import type { Role } from '@im/contracts/api/auth';
import { mount, RouterLinkStub } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { logInAs } from '../../../testing/log-in-as.js';
import EmptyLog from './EmptyLog.vue';

type Props = InstanceType<typeof EmptyLog>['$props'];

function show(override: Partial<Props>, role: Role = 'developer') {
  logInAs(role);
  const props = {
    appKey: 'ak_1',
    webhookId: undefined,
    hasNoWebhook: false,
    isFiltered: false,
    searchedId: '',
    isFirstPage: true,
  };
  return mount(EmptyLog, {
    props: { ...props, ...override },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
}

describe('an empty log', () => {
  it.each([
    ['the app has no webhook', { hasNoWebhook: true }, '还没有回调地址', '/apps/ak_1/im-webhooks'],
    ['no event came yet', {}, '还没有投递', '/apps/ak_1/im-webhooks'],
    ['no event came for the webhook', { webhookId: 'w1' }, '还没有投递', '/apps/ak_1/im-webhooks/w1'],
  ])('because %s says so, and leads to where the next step is', (_, props, title, to) => {
    const shown = show(props);
    expect(shown.text()).toContain(title);
    expect(shown.getComponent(RouterLinkStub).props('to')).toBe(to);
  });

  it('because of filters offers to clear them', async () => {
    const shown = show({ isFiltered: true });
    expect(shown.text()).toContain('没有符合条件的投递');
    await shown.get('button').trigger('click');
    expect(shown.emitted('clear')).toHaveLength(1);
  });

  it('because of an id that is searched leads to the page that explains why', () => {
    const shown = show({ isFiltered: true, searchedId: 'm-1' });
    expect(shown.getComponent(RouterLinkStub).props('to')).toBe('/apps/ak_1/trace?q=m-1');
  });

  it('shows support neither a token to send with nor a test', () => {
    for (const props of [{}, { hasNoWebhook: true }]) {
      const text = show(props, 'support').text();
      expect(text).not.toContain('curl');
      expect(text).not.toContain('测试事件');
    }
  });
});
