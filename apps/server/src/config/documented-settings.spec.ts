/** Checks that each setting of the server is documented; `compose-file.spec.ts`: that it reaches the containers. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from './env.js';

const ROOT = path.resolve(import.meta.dirname, '../../../..');

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** Without those that the README leaves to another page. */
const listed = SETTINGS.filter((name) => !name.startsWith('OIDC_') || name === 'OIDC_ISSUER');

describe('every setting', () => {
  it.each(['README.md', 'README.zh-CN.md'])('has a row in the table of %s', (file) => {
    const text = read(file);
    expect(listed.filter((name) => !text.includes(`| \`${name}\``))).toEqual([]);
  });
});
