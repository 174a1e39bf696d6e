import type { EventTypePack } from '@im/contracts/api/event-type-packs';
import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import EventTypePackCard from './EventTypePackCard.vue';

const pack: EventTypePack = {
  name: 'trae',
  description: { zh: '项目与构建事件', en: 'Events of projects and builds' },
  events: ['build.started', 'user.registered'],
  present: [],
};

const show = (override: Partial<EventTypePack>) =>
  mount(EventTypePackCard, { props: { pack: { ...pack, ...override }, isInstalling: false } });

describe('a pack of event types', () => {
  it('is installed with one click, and says what it replaces', async () => {
    const card = show({ present: ['build.started'] });
    expect(card.text()).toContain('项目与构建事件');
    expect(card.text()).toContain('已有 1 / 2 个');
    expect(card.text()).toContain('user.registered');
    await card.get('[data-testid="install-pack"]').trigger('click');
    expect(card.emitted('install')).toHaveLength(1);
  });

  it('that is there already offers nothing', () => {
    const card = show({ present: pack.events });
    expect(card.find('[data-testid="install-pack"]').exists()).toBe(false);
    expect(card.text()).toContain('已安装');
  });
});
