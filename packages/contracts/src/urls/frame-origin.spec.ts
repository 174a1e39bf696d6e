import { expect, it } from 'vitest';
import { isFrameOrigin } from './frame-origin.js';

it.each([
  'https://app.example.com',
  'https://app.example.com:8443',
  'https://xn--fiq228c.example',
  'http://localhost:5173',
  'http://127.0.0.1:3000',
  'http://[::1]:3000',
])('%s may show the portal', (text) => {
  expect(isFrameOrigin(text)).toBe(true);
});

it.each([
  'http://app.example.com',
  'http://localhost.example.com',
  'https://app.example.com/',
  'https://app.example.com/path',
  'https://App.example.com',
  'https://app.example.com:443',
  'https://app.example.com:99999',
  'https://*.example.com',
  'https://user@app.example.com',
  "https://app.example.com;script-src'",
  'https://a.example https://b.example',
  'https://a.example\nhttps://b.example',
  'https://中文.example',
  '*',
  'null',
  '',
])('%j is refused', (text) => {
  expect(isFrameOrigin(text)).toBe(false);
});
