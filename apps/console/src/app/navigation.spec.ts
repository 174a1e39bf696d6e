import { describe, expect, it } from 'vitest';
import { currentItem, groupsOfApp, groupsOfWorkspace } from './navigation.js';

const appLinks = (permissions: readonly string[]) =>
  groupsOfApp('ak_1', (permission) => permissions.includes(permission)).flatMap(({ items }) =>
    items.map(({ to }) => to.replace('/apps/ak_1', '')),
  );

describe('the navigation', () => {
  it('shows support no page for connecting', () => {
    expect(appLinks([])).toEqual(['', '/deliveries', '/trace', '/im-webhook-alerts', '/im-webhooks']);
  });

  it('shows a developer what connects, without the settings of the app', () => {
    expect(appLinks(['manageWebhooks', 'manageSources']).slice(5)).toEqual([
      '/docs',
      '/debug',
      '/sources',
      '/portal-links',
    ]);
  });

  it('leaves out groups without a page', () => {
    expect(groupsOfWorkspace(() => false).map(({ items }) => items.map(({ to }) => to))).toEqual([
      ['/settings/profile'],
    ]);
  });

  it.each([
    ['/apps/ak_1', '/apps/ak_1'],
    ['/apps/ak_1/im-webhooks/w1', '/apps/ak_1/im-webhooks'],
    ['/apps/ak_1/im-webhook-alerts', '/apps/ak_1/im-webhook-alerts'],
    ['/apps/ak_1/settings', '/apps/ak_1/settings'],
    ['/apps/ak_2', undefined],
  ])('marks for %s the link %s', (path, expected) => {
    const items = groupsOfApp('ak_1', () => true).flatMap((group) => group.items);
    expect(currentItem(path, items)?.to).toBe(expected);
  });
});
