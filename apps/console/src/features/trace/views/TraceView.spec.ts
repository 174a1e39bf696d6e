import type { Role } from '@im/contracts/api/auth';
import type { TracedEvent, TraceKey, TracePage } from '@im/contracts/api/trace';
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { redeliver } from '../../../shared/deliveries/delivery-actions.api.js';
import { listSourceNames } from '../../../shared/sources/sources.api.js';
import { eventually } from '../../../testing/eventually.js';
import { logInAs } from '../../../testing/log-in-as.js';
import { sampleSource } from '../../../testing/sample-source.js';
import {
  sampleFailedAttempt,
  sampleTracedDelivery,
  sampleTracedEvent,
  sampleTracedWebhook,
} from '../../../testing/sample-trace.js';
import { latestEvent, traceEvents } from '../trace.api.js';
import TraceView from './TraceView.vue';

vi.mock('../trace.api.js', () => ({ traceEvents: vi.fn(), latestEvent: vi.fn() }));
vi.mock('../../../shared/sources/sources.api.js', () => ({ listSourceNames: vi.fn() }));
vi.mock('../../../shared/deliveries/delivery-actions.api.js', () => ({
  redeliver: vi.fn(),
  sendDeliveryNow: vi.fn(),
  cancelDelivery: vi.fn(),
}));

enableAutoUnmount(afterEach);
afterEach(() => {
  vi.clearAllMocks();
});

const at = (testId: string) => `[data-testid="${testId}"]`;
const NOTHING: TracePage = {
  data: [],
  page: { nextCursor: null },
  reason: { code: 'unknown', text: { zh: '超过 30 天的保留期', en: 'older than 30 days' } },
};

/** The service knows these events by that kind of id. */
function known(by: TraceKey, data: TracedEvent[]): void {
  vi.mocked(traceEvents).mockImplementation((_, key) =>
    Promise.resolve(
      key === by || key === 'eventId' ? { data, page: { nextCursor: null }, reason: null } : NOTHING,
    ),
  );
}

async function show(query: string, role: Role = 'developer') {
  logInAs(role);
  vi.mocked(latestEvent).mockResolvedValue({ data: [], page: { nextCursor: null } });
  vi.mocked(listSourceNames).mockResolvedValue({ data: [sampleSource()], page: { nextCursor: null } });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/apps/:appKey/trace', component: TraceView, props: true },
      { path: '/:rest(.*)*', component: { render: () => null } },
    ],
  });
  await router.push(`/apps/ak_1/trace${query}`);
  const shown = mount(
    { template: '<router-view />' },
    { global: { plugins: [router] }, attachTo: document.body },
  );
  await eventually(() => expect(shown.find(at('trace-id')).exists()).toBe(true));
  await flushPromises();
  return { shown, router };
}

const FAILED = sampleTracedEvent({
  webhooks: [
    sampleTracedWebhook({
      outcome: 'failed',
      deliveries: [sampleTracedDelivery({ status: 'failed', attemptLog: [sampleFailedAttempt()] })],
    }),
  ],
});

describe('the page that explains why something did not arrive', () => {
  it('takes what is typed at once, and puts it into the address', async () => {
    known('messageId', [FAILED]);
    const { shown, router } = await show('');
    const field = shown.get(at('trace-id'));
    expect(document.activeElement).toBe(field.element);
    expect(shown.find(at('trace-help')).exists()).toBe(true);
    await field.setValue(' m-1 ');
    await shown.get('form').trigger('submit');
    await eventually(() => expect(shown.find(at('event-story')).exists()).toBe(true));
    expect(router.currentRoute.value.query).toEqual({ q: 'm-1' });
  });

  it('refuses what cannot be an id', async () => {
    const { shown } = await show('');
    await shown.get(at('trace-id')).setValue('x'.repeat(201));
    await shown.get('form').trigger('submit');
    expect(shown.get('[role="alert"]').text()).toContain('不像一个 ID');
    expect(traceEvents).not.toHaveBeenCalled();
  });

  it('shows cause and advice of a failure, and redelivers', async () => {
    known('messageId', [FAILED]);
    vi.mocked(redeliver).mockResolvedValue({} as never);
    const { shown } = await show('?q=m-1', 'support');
    const outcome = shown.get(at('webhook-outcome'));
    expect(outcome.text()).toContain('接收方出错。');
    expect(outcome.text()).toContain('看它的日志。');
    expect(outcome.get(at('open-in-log')).attributes('href')).toBe('/apps/ak_1/deliveries?open=d1');
    await outcome.get(at('trace-redeliver')).trigger('click');
    await flushPromises();
    expect(redeliver).toHaveBeenCalledWith('ak_1', 'd1');
    expect(traceEvents).toHaveBeenLastCalledWith('ak_1', 'eventId', FAILED.eventId, undefined);
  });

  it('asks for another kind of id on demand', async () => {
    known('messageId', [FAILED]);
    const { shown, router } = await show('?q=100');
    expect(shown.get(at('trace-result')).attributes('data-found-by')).toBe('messageId');
    known('userId', [FAILED]);
    await router.push('/apps/ak_1/trace?q=100&as=userId');
    await eventually(() => expect(shown.get(at('trace-result')).attributes('data-found-by')).toBe('userId'));
  });

  it('shows a conversation as a time line with gaps, whose events unfold', async () => {
    const older = sampleTracedEvent({
      eventId: '0198c1f2-7a10-7b3c-8d4e-000000000000',
      receivedAt: '2026-11-29T13:00:00.000Z',
    });
    known('conversationId', [sampleTracedEvent(), older]);
    const { shown } = await show('?q=single_u1_u2');
    expect(shown.findAll(at('timeline-event'))).toHaveLength(2);
    expect(shown.get(at('timeline-gap')).text()).toBe('中间 2 小时 4 分钟 没有事件');
    expect(shown.find(at('event-story')).exists()).toBe(false);
    await shown.get(`${at('timeline-event')} button`).trigger('click');
    await eventually(() => expect(shown.find(at('event-story')).exists()).toBe(true));
  });
});

describe('an id that is not known', () => {
  it('is answered with what was looked for, the retention and the sources', async () => {
    vi.mocked(traceEvents).mockResolvedValue(NOTHING);
    const { shown } = await show('?q=404');
    const text = shown.get(at('nothing-found')).text();
    expect(text).toContain('查过：消息 ID、会话 ID、用户 ID。');
    expect(text).toContain('超过 30 天的保留期');
    expect(shown.findAll(at('intake-source'))).toHaveLength(1);
  });

  it('does not ask for sources in the name of support', async () => {
    vi.mocked(traceEvents).mockResolvedValue(NOTHING);
    const { shown } = await show('?q=404', 'support');
    expect(listSourceNames).not.toHaveBeenCalled();
    expect(shown.get(at('nothing-found')).text()).toContain('请管理员或开发者');
  });
});
