import { expect, it } from 'vitest';
import { readOrigins } from './typed-origins.js';

it.each([
  ['', [], ''],
  ['https://A.example.com/\nhttp://localhost:3000', ['https://a.example.com', 'http://localhost:3000'], ''],
  ['https://a.example, https://a.example:443', ['https://a.example'], ''],
  ['https://中文.example', ['https://xn--fiq228c.example'], ''],
])('reads %j', (text, origins, invalid) => {
  expect(readOrigins(text)).toEqual({ origins, invalid });
});

it.each([
  ['https://a.example\nhttps://b.example/path', 'https://b.example/path'],
  ['http://a.example', 'http://a.example'],
  ['a.example', 'a.example'],
  ['*', '*'],
])('refuses %j', (text, invalid) => {
  expect(readOrigins(text).invalid).toBe(invalid);
});
