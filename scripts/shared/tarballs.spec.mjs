import { describe, expect, it } from 'vitest';
import { publishedManifest } from './tarballs.mjs';

const MANIFEST = {
  name: '@im/client',
  private: true,
  exports: {},
  scripts: { build: 'tsc -b' },
  dependencies: { '@im/contracts': 'workspace:*' },
  devDependencies: { express: 'catalog:' },
};

describe('the manifest of a tarball', () => {
  it('has nothing that only the workspace can read', () => {
    expect(publishedManifest(MANIFEST, undefined)).toEqual({
      name: '@im/client',
      private: true,
      exports: {},
    });
  });

  it.each([
    ['@im/client', '@example/client'],
    ['imcb', '@example/imcb'],
  ])('of %s gets the scope that it is published in', (name, expected) => {
    const { name: published, private: isPrivate } = publishedManifest({ ...MANIFEST, name }, '@example');
    expect([published, isPrivate]).toEqual([expected, false]);
  });
});
