import { expect, it } from 'vitest';
import { isTestReceiverUrl } from './receiver-address.js';

it.each([
  [`http://127.0.0.1:8080/test-receiver/${'a'.repeat(48)}`, true],
  ['https://callbacks.example.com/test-receiver/****', true],
  [`https://callbacks.example.com/test-receiver/${'a'.repeat(48)}/x`, false],
  ['https://callbacks.example.com/test-receiver/', false],
  ['https://callbacks.example.com/hook', false],
])('%s is the address of a test receiver: %s', (url, isOne) => {
  expect(isTestReceiverUrl(url)).toBe(isOne);
});
