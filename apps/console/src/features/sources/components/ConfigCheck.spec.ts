import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../shared/http/api-error.js';
import { sampleSource } from '../../../testing/sample-source.js';
import { checkConfig } from '../sources.api.js';
import ConfigCheck from './ConfigCheck.vue';

vi.mock('../sources.api.js', () => ({ checkConfig: vi.fn() }));
afterEach(() => {
  vi.clearAllMocks();
});

async function check(text: string) {
  const shown = mount(ConfigCheck, { props: { source: sampleSource() } });
  await shown.get('textarea').setValue(text);
  await shown.get('[data-testid="check-config"]').trigger('click');
  await flushPromises();
  return shown;
}

describe('a pasted webhooks.yml', () => {
  it('has its mistakes named with their lines', async () => {
    vi.mocked(checkConfig).mockResolvedValue({
      findings: [
        { severity: 'error', line: 2, message: { en: 'One level too deep.', zh: '多了一层。' } },
        { severity: 'warning', line: null, message: { en: 'All off.', zh: '全部关闭。' } },
      ],
    });
    const shown = await check('webhooks:\n  url: x');
    const items = shown.findAll('[data-testid="config-findings"] li');
    expect(items.map((item) => item.attributes('data-severity'))).toEqual(['error', 'warning']);
    expect(items[0]?.text()).toContain('第 2 行');
    expect(items[0]?.text()).toContain('多了一层。');
    expect(items[1]?.text()).toContain('整个文件');
  });

  it('shows a failure instead of findings', async () => {
    vi.mocked(checkConfig).mockRejectedValue(new ApiError({ code: 'service_unavailable', status: 503 }));
    const shown = await check('url: x');
    expect(shown.find('[data-testid="error-notice"]').exists()).toBe(true);
    expect(shown.find('[data-testid="config-findings"]').exists()).toBe(false);
  });
});
