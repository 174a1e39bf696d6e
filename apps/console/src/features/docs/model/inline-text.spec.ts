import { describe, expect, it } from 'vitest';
import { inlineParts } from './inline-text.js';

describe('inlineParts', () => {
  it.each([
    ['', []],
    ['plain', [{ kind: 'text', text: 'plain' }]],
    [
      'a `b` c',
      [
        { kind: 'text', text: 'a ' },
        { kind: 'code', text: 'b' },
        { kind: 'text', text: ' c' },
      ],
    ],
    [
      '**all** [of it](debug)',
      [
        { kind: 'strong', text: 'all' },
        { kind: 'text', text: ' ' },
        { kind: 'link', text: 'of it', name: 'debug' },
      ],
    ],
    ['`**no** [link](debug)`', [{ kind: 'code', text: '**no** [link](debug)' }]],
    ['`open', [{ kind: 'text', text: '`open' }]],
  ])('splits %j', (text, parts) => {
    expect(inlineParts(text)).toEqual(parts);
  });
});
