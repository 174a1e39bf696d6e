import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findOnPath } from './find-redis.js';

describe('looking for a Redis on PATH', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'path-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function install(program: string, mode = 0o755) {
    const file = path.join(root, program);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '');
    await chmod(file, mode);
    return file;
  }
  const search = (...directories: string[]) =>
    findOnPath(directories.map((directory) => path.join(root, directory)).join(path.delimiter));

  it('prefers Redis to Valkey, wherever they are', async () => {
    await install('a/valkey-server');
    const redis = await install('b/redis-server');
    expect(search('a', 'b')).toBe(redis);
  });

  it('takes Valkey when there is no Redis', async () => {
    const valkey = await install('b/valkey-server');
    expect(search('a', 'b')).toBe(valkey);
  });

  it('finds nothing in files that cannot be run and in an empty PATH', async () => {
    await install('a/redis-server', 0o644);
    expect(search('a')).toBeNull();
    expect(findOnPath('')).toBeNull();
  });
});
