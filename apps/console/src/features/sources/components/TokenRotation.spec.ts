import { DOMWrapper, enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { sampleSource } from '../../../testing/sample-source.js';
import { activateToken, stageToken } from '../sources.api.js';
import TokenRotation from './TokenRotation.vue';

vi.mock('../sources.api.js', () => ({ stageToken: vi.fn(), activateToken: vi.fn() }));
vi.mock('../../../shared/ui/confirm-action.js', () => ({ confirmAction: vi.fn() }));

const AT = '2026-11-21T08:00:00.000Z';
const idle = { isStaged: false, stagedAt: null, previousExpiresAt: null };
const staged = { isStaged: true, stagedAt: AT, previousExpiresAt: null };
const overlap = { isStaged: false, stagedAt: null, previousExpiresAt: AT };
const body = new DOMWrapper(document.body);

enableAutoUnmount(afterEach);
afterEach(() => {
  vi.clearAllMocks();
});

const show = (tokenRotation = idle as ReturnType<typeof sampleSource>['tokenRotation']) =>
  mount(TokenRotation, { props: { source: sampleSource({ tokenRotation }) }, attachTo: document.body });

describe('the rotation of a token', () => {
  it.each([
    ['nothing is under way', idle, '轮换令牌', []],
    ['a next token waits', staged, '重新生成', ['rotation-staged']],
    ['the old one goes on', overlap, '轮换令牌', ['rotation-overlap']],
  ])('while %s offers the next step and shows the state', (_, rotation, action, states) => {
    const shown = show(rotation);
    expect(shown.get('[data-testid="stage-secret"]').text()).toBe(action);
    const visible = ['rotation-staged', 'rotation-overlap'].filter((state) =>
      shown.find(`[data-testid="${state}"]`).exists(),
    );
    expect(visible).toEqual(states);
  });

  it('asks first, then shows the next address once', async () => {
    vi.mocked(confirmAction).mockResolvedValueOnce(false).mockResolvedValueOnce(true);
    const url = 'https://im.example.com/in/openim/next';
    vi.mocked(stageToken).mockResolvedValue({ token: 'next', url, tokenRotation: staged });
    const shown = show();
    await shown.get('[data-testid="stage-secret"]').trigger('click');
    await flushPromises();
    expect(stageToken).not.toHaveBeenCalled();
    await shown.get('[data-testid="stage-secret"]').trigger('click');
    await flushPromises();
    expect(body.get('[data-testid="secret-value"]').text()).toBe(url);
    expect(shown.emitted('changed')).toHaveLength(1);
  });

  it('takes the next token into use with the overlap that is chosen', async () => {
    vi.mocked(activateToken).mockResolvedValue(sampleSource());
    const shown = show(staged);
    await shown.get('[data-testid="activate-secret"]').trigger('click');
    await flushPromises();
    await body.get('[data-testid="confirm-activate"]').trigger('click');
    await flushPromises();
    expect(activateToken).toHaveBeenCalledWith(expect.objectContaining({ sourceId: 's1' }), 86_400);
    expect(shown.emitted('changed')).toHaveLength(1);
  });
});
