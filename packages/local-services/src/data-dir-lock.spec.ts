import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDir } from './data-dir-lock.js';

describe('the lock of DATA_DIR', () => {
  let parent = '';
  let dataDir = '';
  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'lock-'));
    dataDir = path.join(parent, 'data');
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('makes the directory, for its owner only', async () => {
    const lock = await lockDataDir(dataDir);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    lock.release();
  });

  it('names the process that uses it to a second run', async () => {
    const lock = await lockDataDir(dataDir);
    await expect(lockDataDir(dataDir)).rejects.toThrow(
      `${dataDir} is in use by another run (process ${process.pid})`,
    );
    lock.release();
  });

  it('is free again once released, and leaves nothing behind', async () => {
    (await lockDataDir(dataDir)).release();
    expect(await readdir(dataDir)).toEqual([]);
    (await lockDataDir(dataDir)).release();
  });

  it.each([
    ['of a process that is gone', '4194999 x 1'],
    ['of a process whose id another one has now', `${process.pid} x 1`],
    ['that is damaged', 'not a lock'],
    ['that is empty', ''],
  ])('takes over a lock %s', async (_what, content) => {
    (await lockDataDir(dataDir)).release();
    await writeFile(path.join(dataDir, 'running.lock'), content);
    const lock = await lockDataDir(dataDir);
    expect(await readFile(path.join(dataDir, 'running.lock'), 'utf8')).toMatch(
      new RegExp(`^${process.pid} `),
    );
    lock.release();
  });

  it('goes to exactly one of many runs that find a stale one at once', async () => {
    (await lockDataDir(dataDir)).release();
    await writeFile(path.join(dataDir, 'running.lock'), '4194999 x 1');
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataDir(dataDir)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });
});
