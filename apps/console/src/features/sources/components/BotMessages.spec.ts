import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils';
import type { Source, SourceMessage } from '@im/contracts/api/sources';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { eventually } from '../../../testing/eventually.js';
import { sampleSource } from '../../../testing/sample-source.js';
import { listMessages, sendMessage } from '../sources.api.js';
import BotMessages from './BotMessages.vue';

vi.mock('../sources.api.js', () => ({ listMessages: vi.fn(), sendMessage: vi.fn() }));

const settings = { address: 'https://dootask.example.com', botId: '7', hasBotToken: true };
const message: SourceMessage = {
  messageId: 'm1',
  sourceId: 's1',
  state: 'failed',
  origin: 'reply',
  deliveryId: 'd1',
  dialogId: '12',
  attempts: 6,
  nextAttemptAt: null,
  responseStatus: 200,
  error: '会话不存在',
  createdAt: '2026-11-21T08:00:00.000Z',
  completedAt: '2026-11-21T08:30:00.000Z',
};

beforeEach(() => {
  vi.mocked(listMessages).mockResolvedValue({ data: [message], page: { nextCursor: null } });
});
afterEach(() => {
  vi.clearAllMocks();
});

async function show(override: Partial<Source> = {}) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { render: () => null } }],
  });
  const shown = mount(BotMessages, {
    props: { source: sampleSource({ kind: 'dootask', settings, ...override }) },
    global: { plugins: [router], stubs: { RouterLink: RouterLinkStub } },
  });
  await flushPromises();
  return shown;
}

describe('messages of a bot', () => {
  it('are listed with how far they are, and the delivery whose answer asked for them', async () => {
    const shown = await show();
    const table = shown.get('[data-testid="message-table"]');
    expect(table.text()).toContain('会话不存在');
    expect(table.text()).toContain('接收端的回复');
    expect(shown.getComponent(RouterLinkStub).props('to')).toBe('/apps/ak_1/deliveries?open=d1');
  });

  it('are sent with what was typed, and the text is empty again', async () => {
    vi.mocked(sendMessage).mockResolvedValue({ ...message, state: 'waiting' });
    const shown = await show();
    await shown.get('#message-dialog').setValue(' 12 ');
    await shown.get('#message-text').setValue('**你好**');
    await shown.get('[data-testid="message-form"]').trigger('submit');
    await flushPromises();
    expect(sendMessage).toHaveBeenCalledWith(expect.objectContaining({ sourceId: 's1' }), {
      ...{ dialogId: '12', text: '**你好**', textType: 'md' },
    });
    expect(shown.get<HTMLTextAreaElement>('#message-text').element.value).toBe('');
    expect(shown.find('.el-form-item__error').exists()).toBe(false);
    expect(listMessages).toHaveBeenCalledTimes(2);
  });

  it('are not sent without a dialog and a text', async () => {
    const shown = await show();
    await shown.get('[data-testid="message-form"]').trigger('submit');
    await eventually(() => expect(shown.findAll('.el-form-item__error')).toHaveLength(2));
    expect(sendMessage).not.toHaveBeenCalled();
  });

  it('need address and token first', async () => {
    const shown = await show({ settings: { ...settings, hasBotToken: false } });
    expect(shown.find('[data-testid="messages-not-ready"]').exists()).toBe(true);
    expect(shown.find('[data-testid="message-form"]').exists()).toBe(false);
  });
});
