import { mount, RouterLinkStub } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { Role } from '@im/contracts/api/auth';
import type { ReceivedFrom } from '@im/contracts/api/received-from';
import { logInAs } from '../../testing/log-in-as.js';
import ReceivedFromText from './ReceivedFromText.vue';

const SOURCE: ReceivedFrom = {
  kind: 'source',
  name: '生产',
  sourceId: 's1',
  sourceKind: 'openim',
  isSourceDeleted: false,
};

function show(from: ReceivedFrom, role: Role = 'developer') {
  logInAs(role);
  const shown = mount(ReceivedFromText, {
    props: { from, appKey: 'ak_1' },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
  return { text: shown.text(), link: shown.findComponent(RouterLinkStub) };
}

describe('who handed an event in', () => {
  it('leads to the source, with its kind', () => {
    const { text, link } = show(SOURCE);
    expect(text).toBe('IM 来源生产OpenIM');
    expect(link.props('to')).toBe('/apps/ak_1/sources/s1');
  });

  it.each<[string, ReceivedFrom, Role, string]>([
    ['to support, who cannot open sources', SOURCE, 'support', 'IM 来源生产OpenIM'],
    ['of a deleted source', { ...SOURCE, isSourceDeleted: true }, 'admin', 'IM 来源生产OpenIM已删除'],
    ['of a source without a name', { kind: 'source', name: null, sourceId: 's1' }, 'admin', 'IM 来源s1'],
    ['of a token', { kind: 'api_token', name: 'deploy' }, 'admin', 'API 令牌deploy'],
    ['of a test send', { kind: 'test', name: null }, 'admin', '测试发送'],
  ])('is plain text %s', (_of, from, role, expected) => {
    const { text, link } = show(from, role);
    expect(text).toBe(expected);
    expect(link.exists()).toBe(false);
  });
});
