import type { TestWebhookResult, Webhook } from '@im/contracts/api/webhooks';
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { defineComponent, h } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { listSourceNames } from '../../../shared/sources/sources.api.js';
import { listWebhookNames } from '../../../shared/webhooks/webhooks.api.js';
import { sampleWebhook } from '../../../testing/sample-webhook.js';
import { provideDocContext } from '../composables/doc-context.js';
import { sendExample } from '../docs.api.js';
import { logInAs } from '../../../testing/log-in-as.js';
import EventReference from './EventReference.vue';

beforeEach(() => {
  logInAs('developer');
});

vi.mock('../docs.api.js', () => ({ sendExample: vi.fn() }));
vi.mock('../../../shared/webhooks/webhooks.api.js', () => ({ listWebhookNames: vi.fn() }));
vi.mock('../../../shared/sources/sources.api.js', () => ({ listSourceNames: vi.fn() }));

const RESULT: TestWebhookResult = {
  deliveryId: 'd1',
  status: 'success',
  responseStatus: 204,
  durationMs: 12,
  responseBody: '',
  errorClass: null,
  errorMessage: null,
  diagnosis: null,
};
const nextPage = { nextCursor: null };

enableAutoUnmount(afterEach);
beforeEach(() => {
  vi.mocked(listSourceNames).mockResolvedValue({ data: [], page: nextPage });
});

async function show(path: string, webhooks: Webhook[]) {
  vi.mocked(listWebhookNames).mockResolvedValue({
    data: webhooks,
    page: { ...nextPage, total: webhooks.length },
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
  });
  await router.push(path);
  const page = defineComponent({
    setup() {
      provideDocContext(() => 'ak_1');
      return () => h(EventReference);
    },
  });
  const wrapper = mount(page, { global: { plugins: [router] } });
  await flushPromises();
  return wrapper;
}

describe('the reference of an event', () => {
  it('lists the fields of the event that the URL names, nested ones and optional ones', async () => {
    const wrapper = await show('/apps/ak_1/docs?event=bot.message', []);
    const rows = wrapper.findAll('[data-testid="event-fields"] tbody tr').map((row) => row.text());
    expect(rows[0]).toContain('botId');
    expect(rows.find((row) => row.startsWith('messageId'))).toContain('string');
    expect(rows.find((row) => row.startsWith('replyText'))).toContain('可选');
    expect(wrapper.text()).toContain('"botId": "bot_helpdesk"');
  });

  it('shows the first event for a name that there is not', async () => {
    const wrapper = await show('/apps/ak_1/docs?event=nothing', []);
    expect(wrapper.text()).toContain('message.sent');
  });
});

describe('sending an example', () => {
  it('goes to the first enabled webhook and says what it answered', async () => {
    vi.mocked(sendExample).mockResolvedValue(RESULT);
    const disabled = sampleWebhook({ webhookId: 'w0', enabled: false });
    const wrapper = await show('/apps/ak_1/docs', [disabled, sampleWebhook({ webhookId: 'w1' })]);
    await wrapper.get('[data-testid="send-example-now"]').trigger('click');
    await flushPromises();
    expect(sendExample).toHaveBeenCalledWith('ak_1', 'w1', 'message.sent');
    expect(wrapper.get('[data-testid="example-result"]').text()).toContain('HTTP 204');
    expect(wrapper.get('[data-testid="open-example"]').attributes('href')).toContain('open=d1');
  });

  it('names the failure', async () => {
    vi.mocked(sendExample).mockResolvedValue({ ...RESULT, status: 'failed', errorClass: 'connect_refused' });
    const wrapper = await show('/apps/ak_1/docs', [sampleWebhook()]);
    await wrapper.get('[data-testid="send-example-now"]').trigger('click');
    await flushPromises();
    expect(wrapper.get('[data-testid="example-result"]').text()).toContain('没有送达：连接被拒绝');
  });

  it('leads to the webhooks while there is none', async () => {
    const wrapper = await show('/apps/ak_1/docs', []);
    expect(wrapper.find('[data-testid="send-example-now"]').exists()).toBe(false);
    expect(wrapper.get('[data-testid="send-example"] a').attributes('href')).toBe('/apps/ak_1/im-webhooks');
  });
});
