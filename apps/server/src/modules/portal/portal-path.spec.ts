import { expect, it } from 'vitest';
import { linkIdOf, portalPathOf } from './portal-path.js';

const linkId = '0198c1f2-0000-7000-8000-00000000000a';

it('names the link only where it may be framed', () => {
  expect(portalPathOf({ linkId, allowedOrigins: [] })).toBe('/portal');
  expect(portalPathOf({ linkId, allowedOrigins: ['https://a.example'] })).toBe(`/portal/${linkId}`);
});

it.each([
  [`/portal/${linkId}`, linkId],
  [`/portal/${linkId}/docs`, linkId],
  ['/portal', undefined],
  ['/portal/docs', undefined],
  [`/portal/${linkId}0`, undefined],
  [`/apps/portal/${linkId}`, undefined],
])('reads from %s the link %s', (path, expected) => {
  expect(linkIdOf(path)).toBe(expected);
});
