import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import { useEventTypes } from './use-event-types.js';

vi.mock('../event-types.api.js', () => ({
  listEventTypeUsage: () => Promise.resolve([]),
  listEventTypePacks: () => Promise.resolve([]),
}));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function start() {
  let types: ReturnType<typeof useEventTypes> | undefined;
  const Types = defineComponent({
    setup() {
      types = useEventTypes();
      return () => h('div');
    },
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/types', component: Types },
      { path: '/other', component: () => h('div') },
    ],
  });
  await router.push('/types');
  mount(RouterView, { global: { plugins: [router] } });
  await flushPromises();
  return { types: types!, router, url: () => router.currentRoute.value.fullPath };
}

it('what is typed is in the URL after a pause, and Back clears the field', async () => {
  const { types, router, url } = await start();
  types.search.value = 'paid ';
  await vi.advanceTimersByTimeAsync(1_000);
  expect(url()).toBe('/types?q=paid');
  router.back();
  await flushPromises();
  expect(types.search.value).toBe('');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(url()).toBe('/types');
});

it('what is typed just before the page is left changes nothing on the next one', async () => {
  const { types, router, url } = await start();
  types.search.value = 'paid';
  await router.push('/other');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(url()).toBe('/other');
});
