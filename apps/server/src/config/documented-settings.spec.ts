/** Checks that each setting of the server is documented, and reaches the containers of the compose file. */
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

  it('is passed on by the compose file', () => {
    const text = read('docker/compose.yaml');
    // The image listens on 8080 and knows where its console is.
    const fixed = ['PORT', 'CONSOLE_DIR'];
    const missing = SETTINGS.filter(
      (name) => !fixed.includes(name) && !text.includes(`${name}: \${${name}:`),
    );
    expect(missing).toEqual([]);
  });

  it('can be filled in in docker/.env.example', () => {
    const lines = read('docker/.env.example').split('\n');
    const missing = SETTINGS.filter((name) => !lines.some((line) => line.startsWith(`${name}=`)));
    expect(missing).toEqual(['CONSOLE_DIR']);
  });
});
