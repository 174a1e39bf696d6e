import { DOMWrapper, enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import type { Source } from '@im/contracts/api/sources';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { eventually } from '../../../testing/eventually.js';
import { sampleCounters, sampleRequest, sampleSource } from '../../../testing/sample-source.js';
import {
  deleteSource,
  getSnippet,
  getSource,
  listRequests,
  revealToken,
  updateSource,
} from '../sources.api.js';
import SourceView from './SourceView.vue';

vi.mock('../sources.api.js', () => ({
  deleteSource: vi.fn(),
  getSnippet: vi.fn(),
  getSource: vi.fn(),
  listRequests: vi.fn(),
  revealToken: vi.fn(),
  updateSource: vi.fn(),
}));
vi.mock('../../../shared/ui/confirm-action.js', () => ({ confirmAction: vi.fn() }));

const body = new DOMWrapper(document.body);
const WHOLE_URL = 'https://im.example.com/in/openim/t0ken';

enableAutoUnmount(afterEach);
beforeEach(() => {
  vi.mocked(listRequests).mockResolvedValue({ data: [sampleRequest()], page: { nextCursor: null } });
  vi.mocked(revealToken).mockResolvedValue({ token: 't0ken', url: WHOLE_URL });
  vi.mocked(confirmAction).mockResolvedValue(true);
});
afterEach(() => {
  vi.clearAllMocks();
});

async function show(query = '', override: Partial<Source> = {}) {
  vi.mocked(getSource).mockResolvedValue(sampleSource(override));
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/apps/:appKey/sources/:sourceId', component: SourceView, props: true },
      { path: '/:rest(.*)*', component: { render: () => null } },
    ],
  });
  await router.push(`/apps/ak_1/sources/s1${query}`);
  const shown = mount(
    { template: '<router-view />' },
    { global: { plugins: [router] }, attachTo: document.body },
  );
  await eventually(() => expect(shown.find('.el-tabs').exists()).toBe(true));
  await flushPromises();
  return { shown, router };
}

const at = (testId: string) => `[data-testid="${testId}"]`;

describe('the page of a source', () => {
  it('shows its address masked, whole after a question, and asks for nothing secret by itself', async () => {
    const { shown } = await show();
    expect(shown.get(at('source-url')).text()).toContain('********');
    expect(getSnippet).not.toHaveBeenCalled();
    expect(revealToken).not.toHaveBeenCalled();
    await shown.get(at('reveal-address')).trigger('click');
    await flushPromises();
    expect(shown.get(at('source-url')).text()).toBe(WHOLE_URL);
  });

  it('pauses after a question that names it', async () => {
    const { shown } = await show();
    await shown.get(at('toggle-source')).trigger('click');
    await flushPromises();
    expect(vi.mocked(confirmAction).mock.calls[0]?.[0].message).toContain('生产环境');
    expect(updateSource).toHaveBeenCalledWith(expect.anything(), { enabled: false });
  });

  it('resumes without a question', async () => {
    const { shown } = await show('', { enabled: false });
    await shown.get(at('toggle-source')).trigger('click');
    await flushPromises();
    expect(confirmAction).not.toHaveBeenCalled();
    expect(updateSource).toHaveBeenCalledWith(expect.anything(), { enabled: true });
  });

  it('is deleted after a question with its name and numbers, and leads back to the list', async () => {
    const { shown, router } = await show();
    await shown.get(at('delete-source')).trigger('click');
    await flushPromises();
    const question = vi.mocked(confirmAction).mock.calls[0]?.[0];
    expect(question).toMatchObject({ isDangerous: true });
    expect(question?.message).toMatch(/生产环境.*12/);
    expect(deleteSource).toHaveBeenCalledTimes(1);
    await eventually(() => expect(router.currentRoute.value.path).toBe('/apps/ak_1/sources'));
  });

  it('opens the raw request that the address names', async () => {
    const { shown } = await show('?tab=requests&open=r1');
    expect(shown.get(at('request-table')).text()).toContain('callbackAfterSendSingleMsgCommand');
    expect(body.get(at('request-drawer')).text()).toContain('10.0.0.7');
  });

  it('filters raw requests by outcome, as the checklist links to them', async () => {
    await show('?tab=requests&outcome=rejected');
    expect(vi.mocked(listRequests).mock.calls[0]?.[2]).toEqual({ limit: 50, outcome: 'rejected' });
  });

  it('says in the checklist what we see, and writes the command with the whole address once it is shown', async () => {
    const counters = sampleCounters({ received: 3, rejected: 3 });
    const { shown } = await show('?tab=checklist', { counters });
    expect(shown.get(at('checklist-facts')).text()).toContain('拒绝了 3 条');
    expect(shown.get(at('curl-check')).text()).toContain('********');
    expect(shown.find(at('config-text')).exists()).toBe(true);
    await shown.get('.line .el-button').trigger('click');
    await flushPromises();
    expect(shown.get(at('curl-check')).text()).toContain(`${WHOLE_URL}/connection-check`);
  });
});
