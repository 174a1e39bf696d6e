/** Reads a small text file of the system again whenever it changes; an absent or unreadable one counts as empty. */
import { readFileSync, statSync } from 'node:fs';

/** How often it is checked. */
const LOOK_EVERY_MS = 1_000;

export class WatchedFile<T> {
  private content: T;
  private version = '';
  private lookedAt: number;

  constructor(
    private readonly path: string,
    private readonly parse: (text: string) => T,
    private readonly now: () => number,
  ) {
    this.content = parse('');
    this.lookedAt = now();
    this.readWhenChanged();
  }

  read(): T {
    const now = this.now();
    if (now - this.lookedAt >= LOOK_EVERY_MS) {
      this.lookedAt = now;
      this.readWhenChanged();
    }
    return this.content;
  }

  private readWhenChanged(): void {
    const version = versionOf(this.path);
    if (version === this.version) return;
    this.version = version;
    this.content = this.parse(version === '' ? '' : textOf(this.path));
  }
}

/** @returns empty when it cannot be read */
function versionOf(path: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return [ino, size, mtimeMs].join(' ');
  } catch {
    return '';
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
