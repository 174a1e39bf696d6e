import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { kitFiles, PHP_PAYLOADS } from './kit-files.js';

const KITS = fileURLToPath(new URL('../../', import.meta.url));
const files = kitFiles();

describe('the files that are written for the kits', () => {
  it.each([...files.keys()])('%s is up to date; else run `pnpm kits`', (name) => {
    expect(readFileSync(path.join(KITS, name), 'utf8')).toBe(files.get(name));
  });

  it('are all of the payloads of the PHP kit', () => {
    const written = [...files.keys()].filter((name) => name.startsWith(PHP_PAYLOADS));
    const found = readdirSync(path.join(KITS, PHP_PAYLOADS)).map((name) => `${PHP_PAYLOADS}/${name}`);
    expect(found.toSorted()).toEqual(written.toSorted());
  });
});
