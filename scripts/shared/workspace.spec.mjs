import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inRoot } from './paths.mjs';
import { isRegistryAway, judgeNode } from './workspace.mjs';

describe('the Node that starts', () => {
  it.each([
    ['18.20.8', false, /^Node.js 20 or newer is needed; this is 18.20.8$/],
    ['20.19.0', true, /^! Node.js 20.19.0 is no longer maintained/],
    ['21.0.0', true, /no longer maintained/],
    ['22.0.0', true, /^$/],
    ['24.21.0', true, /^$/],
  ])('%s can be used: %s', (version, isUsable, message) => {
    expect(judgeNode(version)).toEqual({ isUsable, message: expect.stringMatching(message) });
  });
});

describe('a failed installation', () => {
  it.each([
    ['npm error code ENOTFOUND', true],
    ['npm error errno ECONNREFUSED', true],
    ['[ERR_PNPM_META_FETCH_FAIL] request failed', true],
    ['ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile"', false],
  ])('whose output is %j came from the registry: %s', (output, isAway) => {
    expect(isRegistryAway(output)).toBe(isAway);
  });
});

describe('a first start without a registry', () => {
  let folder;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'first-start-'));
    for (const name of ['scripts', 'package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'])
      await cp(inRoot(name), path.join(folder, name), { recursive: true });
    for (const name of ['apps', 'packages']) await mkdir(path.join(folder, name));
    // Neither the registry nor what was downloaded before.
    await writeFile(path.join(folder, '.npmrc'), 'registry=http://127.0.0.1:9/\n');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('ends with one line that says so', async () => {
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      npm_config_cache: path.join(folder, 'cache'),
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
    };
    const { code, lines } = await start(env);
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^The npm registry cannot be reached/)]);
  });

  function start(env) {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [path.join(folder, 'scripts/start.mjs')],
        { cwd: folder, env },
        (error, _output, errors) => {
          resolve({ code: error?.code, lines: errors.trim().split('\n') });
        },
      );
    });
  }
});
