import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepSecret } from './private-files.js';

describe('a kept secret', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'secret-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('is made once and stays', async () => {
    const file = path.join(directory, 'secret');
    expect(await keepSecret(file, () => 'first')).toEqual({ value: 'first', isNew: true });
    expect(await keepSecret(file, () => 'second')).toEqual({ value: 'first', isNew: false });
  });

  it('can be read by its owner only', async () => {
    const file = path.join(directory, 'secret');
    await keepSecret(file, () => 'first');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('replaces an empty file that a full disk left', async () => {
    const file = path.join(directory, 'secret');
    await writeFile(file, '');
    expect(await keepSecret(file, () => 'first')).toEqual({ value: 'first', isNew: true });
  });
});
