import { DOMWrapper, enableAutoUnmount, flushPromises, mount, RouterLinkStub } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../shared/http/api-error.js';
import { eventually } from '../../../testing/eventually.js';
import { sampleRequest, sampleSource } from '../../../testing/sample-source.js';
import { createSource, getSnippet, listRequests, playTest } from '../sources.api.js';
import AddSourceDrawer from './AddSourceDrawer.vue';

vi.mock('../sources.api.js', () => ({
  createSource: vi.fn(),
  getSnippet: vi.fn(),
  listRequests: vi.fn(),
  playTest: vi.fn(),
}));

/** The drawer is at the end of the page, outside of the component that opens it. */
const body = new DOMWrapper(document.body);
const page = (...data: ReturnType<typeof sampleRequest>[]) => ({ data, page: { nextCursor: null } });
const stateOfFirst = () => body.get('[data-testid="first-request"]').attributes('data-state');

enableAutoUnmount(afterEach);
beforeEach(() => {
  vi.mocked(getSnippet).mockResolvedValue({
    version: 'main',
    versions: ['main', '3.8', '3.7'],
    file: 'config/webhooks.yml',
    language: 'yaml',
    snippet: 'url: https://im.example.com/in/openim/t0ken',
    notes: [{ en: 'Restart all services.', zh: '重启全部服务。' }],
  });
  vi.mocked(listRequests).mockResolvedValue(page());
});
afterEach(() => {
  vi.resetAllMocks();
});

async function open() {
  const drawer = mount(AddSourceDrawer, {
    props: { modelValue: true, appKey: 'ak_1', kind: 'openim' },
    global: { stubs: { RouterLink: RouterLinkStub } },
    attachTo: document.body,
  });
  await flushPromises();
  return drawer;
}

async function create() {
  await body.get('[data-testid="add-source"] form').trigger('submit');
  await flushPromises();
}

describe('adding a source', () => {
  it('asks for what the kind needs, and gives it a name', async () => {
    await open();
    expect(body.get<HTMLInputElement>('#source-name').element.value).toBe('OpenIM');
    expect(body.find('#source-sdk-app-id').exists()).toBe(false);
    await body.get('[data-testid="kind-tencent-im"]').trigger('click');
    expect(body.get<HTMLInputElement>('#source-name').element.value).toBe('腾讯云 IM');
    expect(body.find('#source-sdk-app-id').exists()).toBe(true);
    await body.get('#source-name').setValue('我的');
    await body.get('[data-testid="kind-dootask"]').trigger('click');
    expect(body.get<HTMLInputElement>('#source-name').element.value).toBe('我的');
  });

  it('shows what to paste and waits for the first request', async () => {
    vi.mocked(createSource).mockResolvedValue(sampleSource());
    const drawer = await open();
    await create();
    expect(createSource).toHaveBeenCalledWith('ak_1', expect.objectContaining({ kind: 'openim' }));
    expect(drawer.emitted('created')).toHaveLength(1);
    expect(body.get('[data-testid="snippet-text"]').text()).toContain('/in/openim/t0ken');
    expect(body.text()).toContain('config/webhooks.yml');
    expect(body.text()).toContain('重启全部服务。');
    expect(stateOfFirst()).toBe('waiting');
  });

  it('turns green by itself once a request was accepted, with a link to its deliveries', async () => {
    vi.mocked(createSource).mockResolvedValue(sampleSource());
    await open();
    await create();
    vi.mocked(listRequests).mockResolvedValue(
      page(sampleRequest({ outcome: 'not_understood', eventIds: [] })),
    );
    await eventually(() => expect(stateOfFirst()).toBe('arrivedElse'));
    vi.mocked(listRequests).mockResolvedValue(page(sampleRequest()));
    await eventually(() => expect(stateOfFirst()).toBe('arrived'));
    expect(body.get('[data-testid="first-request"]').text()).toContain('callbackAfterSendSingleMsgCommand');
    const calls = vi.mocked(listRequests).mock.calls.length;
    await body.get('[data-testid="finish-setup"]').trigger('click');
    expect(vi.mocked(listRequests).mock.calls).toHaveLength(calls);
  });

  it('plays a test request and shows its outcome', async () => {
    vi.mocked(createSource).mockResolvedValue(sampleSource());
    vi.mocked(playTest).mockResolvedValue({
      ...{ command: 'callbackAfterSendSingleMsgCommand', outcome: 'accepted', detail: '', eventIds: ['e1'] },
      ...{ answerStatus: 200, answerBody: '{}' },
    });
    await open();
    await create();
    await body.get('[data-testid="play-test"]').trigger('click');
    await flushPromises();
    expect(body.get('[data-of="test"]').attributes('data-outcome')).toBe('accepted');
  });

  it('shows what the server refuses next to the field', async () => {
    vi.mocked(createSource).mockRejectedValue(
      new ApiError({
        code: 'invalid_input',
        status: 422,
        errors: [{ pointer: '/settings/sdkAppId', code: 'invalid_format', message: 'must be a number' }],
      }),
    );
    await open();
    await body.get('[data-testid="kind-tencent-im"]').trigger('click');
    await create();
    await eventually(() => expect(body.get('.el-form-item__error').text()).not.toBe(''));
    expect(body.find('[data-testid="first-request"]').exists()).toBe(false);
  });
});
