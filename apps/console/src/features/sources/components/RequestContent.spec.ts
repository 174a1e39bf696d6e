import { mount, RouterLinkStub } from '@vue/test-utils';
import type { SourceRequestEntry } from '@im/contracts/api/sources';
import { describe, expect, it } from 'vitest';
import { sampleRequest } from '../../../testing/sample-source.js';
import RequestContent from './RequestContent.vue';

const show = (override: Partial<SourceRequestEntry> = {}) =>
  mount(RequestContent, {
    props: { appKey: 'ak_1', request: sampleRequest(override) },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
const bodyOf = (shown: ReturnType<typeof show>) => shown.get('[data-testid="request-body"] pre').text();

describe('a raw request', () => {
  it('is laid out as JSON, digit by digit', () => {
    expect(bodyOf(show())).toContain('"seq": 9007199254740993');
  });

  it.each([
    ['a form', { body: 'event=message&text=hi', isBase64: false }, 'event=message&text=hi', '请求体'],
    ['binary', { body: 'H4sIAAAA', isBase64: true }, 'H4sIAAAA', 'Base64'],
  ])('that is %s shows as it came', (_, override, text, label) => {
    const shown = show(override);
    expect(bodyOf(shown)).toBe(text);
    expect(shown.get('[data-testid="request-body"]').text()).toContain(label);
  });

  it('says when only the beginning of its body was kept', () => {
    expect(show({ isBodyTruncated: true, bodyBytes: 2_097_152 }).text()).toContain('共 2 MB');
  });

  it('links each event it became to its deliveries, up to five', () => {
    const eventIds = ['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7'];
    const shown = show({ eventIds });
    const links = shown.findAllComponents(RouterLinkStub).map((link): unknown => link.props('to'));
    expect(links).toEqual(eventIds.slice(0, 5).map((id) => `/apps/ak_1/deliveries?eventId=${id}`));
    expect(shown.text()).toContain('另有 2 个事件');
  });

  it('says why it was not accepted, and that an empty answer is meant', () => {
    const shown = show({
      outcome: 'rejected',
      detail: 'the sender may not send',
      eventIds: [],
      answerBody: '',
    });
    expect(shown.get('[data-testid="request-result"]').attributes('data-outcome')).toBe('rejected');
    expect(shown.text()).toContain('the sender may not send');
    expect(shown.text()).toContain('应答没有内容');
  });
});
