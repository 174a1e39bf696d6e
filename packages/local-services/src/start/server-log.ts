/** Where the server's output goes: all of it into a file of bounded size, what matters to the terminal. */
import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import type { Report } from '../report.js';
import { describeLogLine } from './describe-log-line.js';

const LARGEST_FILE_BYTES = 20 * 1024 * 1024;
/** A failing receiver can warn many times a second; the terminal gets so many lines in each window. */
const WINDOW_MS = 10_000;
const LINES_PER_WINDOW = 20;
const LAST_LINES = 12;

export class ServerLog {
  private stream: WriteStream;
  private writtenBytes: number;
  private windowEndsAt = 0;
  private shownInWindow = 0;
  private heldBack = 0;
  private last: string[] = [];

  constructor(
    readonly file: string,
    private readonly show: Report,
  ) {
    this.writtenBytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    this.stream = this.open();
  }

  follow(output: Readable): void {
    createInterface({ input: output, crlfDelay: Infinity }).on('line', (line) => {
      this.write(line);
      const short = describeLogLine(line);
      if (short === null) return;
      this.last = [...this.last, short].slice(-LAST_LINES);
      this.showLimited(short);
    });
  }

  /** What it complained about last, since it was asked before: why it did not start. */
  takeLastComplaints(): string[] {
    const complaints = this.last;
    this.last = [];
    return complaints;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.stream.end(resolve);
    });
  }

  private write(line: string): void {
    if (this.writtenBytes > LARGEST_FILE_BYTES) this.rotate();
    this.writtenBytes += Buffer.byteLength(line) + 1;
    this.stream.write(`${line}\n`);
  }

  private rotate(): void {
    this.stream.end();
    renameSync(this.file, `${this.file}.1`);
    this.writtenBytes = 0;
    this.stream = this.open();
  }

  private open(): WriteStream {
    return createWriteStream(this.file, { flags: 'a', mode: 0o600 });
  }

  private showLimited(line: string): void {
    const now = Date.now();
    if (now >= this.windowEndsAt) {
      if (this.heldBack > 0) this.show(`… and ${this.heldBack} more lines like these in ${this.file}`);
      this.windowEndsAt = now + WINDOW_MS;
      this.shownInWindow = 0;
      this.heldBack = 0;
    }
    this.shownInWindow += 1;
    if (this.shownInWindow <= LINES_PER_WINDOW) this.show(line);
    else this.heldBack += 1;
  }
}
