import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import UrlText from './UrlText.vue';

it.each([
  ['https://im.example.com/hooks/orders/im/callback?team=7', 'im.example.com'],
  ['http://127.0.0.1:8080', '127.0.0.1:8080'],
  ['https://example.com/hook/****', 'example.com'],
  ['not an address', 'not an address'],
])('reads %s as it is, and points out %s', (url, host) => {
  const shown = mount(UrlText, { props: { url } });
  expect(shown.text()).toBe(url);
  expect(shown.get('strong').text()).toBe(host);
  expect(shown.attributes('title')).toBe(url);
});
