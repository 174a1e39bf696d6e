import type { BeforeDecision } from '@im/contracts/api/before';
import type { BeforeStatistics } from '@im/contracts/api/before-stats';
import { DOMWrapper, flushPromises, mount, RouterLinkStub, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../../../testing/eventually.js';
import { logInAs } from '../../../testing/log-in-as.js';
import { sampleWebhook } from '../../../testing/sample-webhook.js';
import { askReceiver, getBeforeStatistics, getEventExample } from '../webhooks.api.js';
import AskResult from './AskResult.vue';
import WebhookBeforeCard from './WebhookBeforeCard.vue';

vi.mock(import('../webhooks.api.js'), async (importOriginal) => ({
  ...(await importOriginal()),
  askReceiver: vi.fn(),
  getBeforeStatistics: vi.fn(),
  getEventExample: vi.fn(),
}));

const before = { events: ['message.sent', 'group.created'], deadlineMs: 1_500, onFailure: 'deny' } as const;
const settings = { ...before, events: [...before.events] };
const webhook = sampleWebhook({ before: settings });
const none: BeforeStatistics = {
  ...{ from: '', to: '', total: 0, allowed: 0, denied: 0, modified: 0, byReceiver: 0, byDeadline: 0 },
  ...{ byBreaker: 0, byInvalidAnswer: 0, byError: 0, policyShare: null, meanMs: null, maxMs: null },
};
const decided: BeforeDecision = {
  decision: 'deny',
  code: 5001,
  reason: '敏感词',
  decidedBy: 'receiver',
  latencyMs: 12,
  deliveryId: 'd1',
};

let card: VueWrapper | undefined;

beforeEach(() => {
  setActivePinia(createPinia());
  logInAs('developer');
  vi.mocked(getBeforeStatistics).mockResolvedValue(none);
  vi.mocked(getEventExample).mockResolvedValue({ text: '你好' });
});

afterEach(() => {
  card?.unmount();
  vi.clearAllMocks();
});

async function show(): Promise<VueWrapper> {
  card = mount(WebhookBeforeCard, {
    props: { webhook, before: settings },
    global: { stubs: { RouterLink: RouterLinkStub } },
    attachTo: document.body,
  });
  await flushPromises();
  return card;
}

/** The dialog, which is not within the card. */
async function open() {
  await (await show()).get('[data-testid="ask-now"]').trigger('click');
  await flushPromises();
  return new DOMWrapper(document.body).get('[data-testid="ask-dialog"]');
}

describe('the card of before-callbacks', () => {
  it('shows what the webhook decides, and how it decided lately', async () => {
    vi.mocked(getBeforeStatistics).mockResolvedValue({
      ...none,
      ...{ total: 40, allowed: 30, denied: 8, modified: 2, policyShare: 0.125, meanMs: 20, maxMs: 1_500 },
    });
    const text = (await show()).text();
    for (const part of [
      'message.sent',
      'group.created',
      '1.5 秒',
      '拒绝',
      '放行 30 · 拒绝 8 · 修改 2',
      '12.5%',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says so when nothing was asked, and leads to the log of such questions', async () => {
    const shown = await show();
    expect(shown.text()).toContain('没有询问过');
    expect(shown.getComponent(RouterLinkStub).props('to')).toMatchObject({ query: { kind: 'before' } });
  });

  it('offers no question to those who may not manage webhooks', async () => {
    logInAs('support');
    expect((await show()).find('[data-testid="ask-now"]').exists()).toBe(false);
  });
});

describe('asking now', () => {
  it('begins with the example of the event, and shows the decision with a link to the log', async () => {
    vi.mocked(askReceiver).mockResolvedValue(decided);
    const shown = await open();
    expect(shown.get<HTMLTextAreaElement>('#ask-data').element.value).toBe('{\n  "text": "你好"\n}');
    await shown.get('form').trigger('submit');
    await flushPromises();
    expect(askReceiver).toHaveBeenCalledWith('ak_1', 'message.sent', { data: { text: '你好' } });
    const result = shown.get('[data-testid="ask-result"]');
    expect(result.text()).toContain('拒绝，由接收端决定，耗时');
    expect(result.text()).toContain('5001');
    expect(result.text()).toContain('敏感词');
    const link = card?.getComponent(AskResult).getComponent(RouterLinkStub);
    expect(link?.props('to')).toMatchObject({ query: { open: 'd1' } });
    expect(getBeforeStatistics).toHaveBeenCalledTimes(2);
  });

  it('passes numbers on digit by digit', async () => {
    vi.mocked(askReceiver).mockResolvedValue(decided);
    const shown = await open();
    await shown.get('#ask-data').setValue('{"seq":12345678901234567890}');
    await shown.get('form').trigger('submit');
    expect(JSON.stringify(vi.mocked(askReceiver).mock.calls[0]?.[2])).toBe(
      '{"data":{"seq":12345678901234567890}}',
    );
  });

  it.each(['[]', '{', '"text"', ''])('does not send %j, which is no JSON object', async (text) => {
    const shown = await open();
    await shown.get('#ask-data').setValue(text);
    await shown.get('form').trigger('submit');
    await eventually(() => expect(shown.text()).toContain('不是合法的 JSON 对象'));
    expect(askReceiver).not.toHaveBeenCalled();
  });

  it('says why the policy decided in place of the receiver', async () => {
    vi.mocked(askReceiver).mockResolvedValue({ ...decided, decidedBy: 'deadline' });
    const shown = await open();
    await shown.get('form').trigger('submit');
    await flushPromises();
    expect(shown.get('[data-testid="ask-result"]').text()).toContain('策略（超过期限）');
  });
});
