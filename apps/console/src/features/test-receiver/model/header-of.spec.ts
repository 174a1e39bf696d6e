import { expect, it } from 'vitest';
import { headerOf } from './header-of.js';

it('finds a header in any case', () => {
  const request = { headers: { 'x-app-event': 'message.sent', Host: 'example.com' } };
  expect(headerOf(request, 'X-App-Event')).toBe('message.sent');
  expect(headerOf(request, 'host')).toBe('example.com');
  expect(headerOf(request, 'X-App-Batch')).toBeUndefined();
});
