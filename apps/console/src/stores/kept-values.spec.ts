import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

it('keeps values in memory where the browser refuses to keep any', async () => {
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  const { browserStorage } = await import('./kept-values.js');
  expect(browserStorage.getItem('a')).toBeNull();
  browserStorage.setItem('a', '1');
  expect(browserStorage.getItem('a')).toBe('1');
  browserStorage.removeItem('a');
  expect(browserStorage.getItem('a')).toBeNull();
});

it('keeps values in the browser otherwise', async () => {
  const { browserStorage } = await import('./kept-values.js');
  browserStorage.setItem('a', '1');
  expect(window.localStorage.getItem('a')).toBe('1');
  window.localStorage.removeItem('a');
});
