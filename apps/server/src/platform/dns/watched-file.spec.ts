import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WatchedFile } from './watched-file.js';

let directory: string;
let file: string;
let nowMs = 0;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'watched-'));
  file = path.join(directory, 'hosts');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('a watched file', () => {
  it('counts as empty while it cannot be looked at, and is read once it can', () => {
    // A link to itself fails differently from an absent file.
    symlinkSync(file, file);
    const watched = new WatchedFile(
      file,
      (text) => text,
      () => nowMs,
    );
    expect(watched.read()).toBe('');
    rmSync(file);
    writeFileSync(file, 'a');
    nowMs += 1_000;
    expect(watched.read()).toBe('a');
    rmSync(file);
    symlinkSync(file, file);
    nowMs += 1_000;
    expect(watched.read()).toBe('');
  });
});
