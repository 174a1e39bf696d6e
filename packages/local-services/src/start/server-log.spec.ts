import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ServerLog } from './server-log.js';

describe('the log of the server', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'server-log-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function logAll(lines: string[]) {
    const shown: string[] = [];
    const log = new ServerLog(path.join(directory, 'server.log'), (line) => shown.push(line));
    const output = new PassThrough();
    log.follow(output);
    output.end(lines.map((line) => `${line}\n`).join(''));
    await once(output, 'close');
    await log.close();
    return { shown, log, text: await readFile(log.file, 'utf8') };
  }

  const warning = '{"level":40,"msg":"delivery.attempted"}';
  const information = '{"level":30,"msg":"event.accepted"}';

  it('keeps every line and shows warnings only', async () => {
    const { shown, text } = await logAll([information, warning]);
    expect(text).toBe(`${information}\n${warning}\n`);
    expect(shown).toEqual(['warn delivery.attempted']);
  });

  it('does not flood the terminal when everything fails', async () => {
    const { shown, text } = await logAll(Array.from({ length: 500 }, () => warning));
    expect(shown.length).toBeLessThanOrEqual(21);
    expect(text.split('\n')).toHaveLength(501);
  });

  it('goes on when the disk was full and has room again', async () => {
    const file = path.join(directory, 'server.log');
    await symlink('/dev/full', file);
    const shown: string[] = [];
    const log = new ServerLog(file, (line) => shown.push(line), 0);
    const output = new PassThrough();
    log.follow(output);
    output.write(`${information}\n`);
    await vi.waitUntil(() => shown.some((line) => line.includes('ENOSPC')));
    await rm(file);
    // The first line after the failure opens the file again, which now is one.
    output.end(`${information}\n`);
    await once(output, 'close');
    await log.close();
    expect(await readFile(file, 'utf8')).toBe(`${information}\n`);
  });

  it('remembers the last complaints once', async () => {
    const { log } = await logAll(['DATABASE_URL is required', information]);
    expect(log.takeLastComplaints()).toEqual(['DATABASE_URL is required']);
    expect(log.takeLastComplaints()).toEqual([]);
  });
});
