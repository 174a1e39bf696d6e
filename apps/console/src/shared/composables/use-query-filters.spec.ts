import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { eventually } from '../../testing/eventually.js';
import { useQueryFilters, type QueryFilters } from './use-query-filters.js';

async function start(path: string) {
  let api: QueryFilters<'status' | 'event'> | undefined;
  const Probe = defineComponent({
    setup() {
      api = useQueryFilters(['status', 'event'], ['part']);
      return () => h('div');
    },
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/log', component: Probe }],
  });
  await router.push(path);
  mount(Probe, { global: { plugins: [router] } });
  return { api: api!, router, url: () => router.currentRoute.value.fullPath };
}

describe('useQueryFilters', () => {
  it('reads filters, page and open item from a link', async () => {
    const { api } = await start('/log?status=failed&cursor=c2&open=d1');
    expect(api.filters.value).toEqual({ status: 'failed', event: '' });
    expect(api.cursor.value).toBe('c2');
    expect(api.openId.value).toBe('d1');
    expect(api.isFiltered.value).toBe(true);
  });

  it('takes the first of a parameter given twice, and an empty one as absent', async () => {
    const { api } = await start('/log?status=failed&status=success&event=');
    expect(api.filters.value).toEqual({ status: 'failed', event: '' });
  });

  it('goes back to the first page and closes the item when a filter changes', async () => {
    const { api, url } = await start('/log?status=failed&cursor=c2&open=d1');
    await api.setFilters({ event: 'message.sent' });
    expect(url()).toBe('/log?status=failed&event=message.sent');
  });

  it('keeps parameters that are not its own', async () => {
    const { api, url } = await start('/log?from=mail&status=failed');
    await api.clearFilters();
    expect(url()).toBe('/log?from=mail');
    expect(api.isFiltered.value).toBe(false);
  });

  it('opens and closes an item without leaving the page', async () => {
    const { api, url } = await start('/log?cursor=c2');
    await api.openItem('d1');
    expect(url()).toBe('/log?cursor=c2&open=d1');
    api.closeItem();
    await eventually(() => expect(url()).toBe('/log?cursor=c2'));
  });

  it('leaves nothing to go back to when it closes what it opened', async () => {
    const { api, router, url } = await start('/log');
    await api.setFilters({ status: 'failed' });
    await api.openItem('d1');
    await api.openItem('d2');
    api.closeItem();
    api.closeItem();
    await eventually(() => expect(url()).toBe('/log?status=failed'));
    router.back();
    await eventually(() => expect(url()).toBe('/log'));
  });

  it('closes what a link had opened without leaving the page', async () => {
    const { api, url } = await start('/log?open=d1');
    api.closeItem();
    await eventually(() => expect(url()).toBe('/log'));
  });

  it('closes an item that was opened from a link’s open item in the same history entry', async () => {
    const { api, url } = await start('/log?open=d1');
    await api.openItem('d2');
    api.closeItem();
    await eventually(() => expect(url()).toBe('/log'));
  });

  it('drops the parameters of the open item with it', async () => {
    const { api, url } = await start('/log?open=d1&part=2&tab=a');
    await api.openItem('d2');
    expect(url()).toBe('/log?open=d2&tab=a');
    const other = await start('/log?open=d1&part=2&tab=a');
    other.api.closeItem();
    await eventually(() => expect(other.url()).toBe('/log?tab=a'));
    const third = await start('/log?open=d1&part=2');
    await third.api.setFilters({ status: 'failed' });
    expect(third.url()).toBe('/log?status=failed');
  });

  it('turns the page in the URL', async () => {
    const { api, url } = await start('/log');
    await api.goToPage('c2');
    expect(url()).toBe('/log?cursor=c2');
    await api.goToPage(undefined);
    expect(url()).toBe('/log');
  });
});
