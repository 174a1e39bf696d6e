/**
 * Writes the server's output: all of it into a file of bounded size, what matters to the terminal. While the file
 * cannot be written, on a full disk say, lines are dropped and counted, and the server runs on.
 */
import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { messageOf, type Report } from '../report.js';
import { describeLogLine } from './describe-log-line.js';

const LARGEST_FILE_BYTES = 20 * 1024 * 1024;
/** A failing receiver can warn many times a second; the terminal gets at most this many lines in each window. */
const WINDOW_MS = 10_000;
const LINES_PER_WINDOW = 20;
const LAST_LINES = 12;
const REOPEN_AFTER_MS = 5_000;

export class ServerLog {
  /** Null while the file cannot be written. */
  private stream: WriteStream | null;
  private writtenBytes = 0;
  private reopenAt = 0;
  private dropped = 0;
  private windowEndsAt = 0;
  private shownInWindow = 0;
  private suppressed = 0;
  private last: string[] = [];

  constructor(
    readonly file: string,
    private readonly show: Report,
    private readonly reopenAfterMs = REOPEN_AFTER_MS,
  ) {
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

  /** Its last errors since the previous call: why it did not start. */
  takeLastComplaints(): string[] {
    const complaints = this.last;
    this.last = [];
    return complaints;
  }

  close(): Promise<void> {
    const { stream } = this;
    if (stream === null) return Promise.resolve();
    return new Promise((resolve) => {
      // Also after an error, which comes before it.
      stream.once('close', resolve);
      stream.end();
    });
  }

  private write(line: string): void {
    if (this.writtenBytes > LARGEST_FILE_BYTES) this.rotate();
    if (this.stream === null && Date.now() >= this.reopenAt) this.stream = this.open();
    if (this.stream === null) {
      this.dropped += 1;
      return;
    }
    const note = this.dropped > 0 ? `… at least ${this.dropped} lines could not be written\n` : '';
    this.dropped = 0;
    this.writtenBytes += Buffer.byteLength(note) + Buffer.byteLength(line) + 1;
    this.stream.write(`${note}${line}\n`);
  }

  private rotate(): void {
    this.stream?.end();
    try {
      renameSync(this.file, `${this.file}.1`);
    } catch (error) {
      this.show(`${this.file} cannot be rotated: ${messageOf(error)}`);
    }
    this.stream = this.open();
    // Also when it could not be renamed: then another try after as many bytes.
    this.writtenBytes = 0;
  }

  private open(): WriteStream {
    this.writtenBytes = statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
    const stream = createWriteStream(this.file, { flags: 'a', mode: 0o600 });
    stream.on('error', (error) => {
      if (stream !== this.stream) return;
      this.stream = null;
      this.reopenAt = Date.now() + this.reopenAfterMs;
      this.showLimited(`${this.file} cannot be written: ${messageOf(error)}`);
    });
    return stream;
  }

  private showLimited(line: string): void {
    const now = Date.now();
    if (now >= this.windowEndsAt) {
      if (this.suppressed > 0) this.show(`… and ${this.suppressed} more lines like these in ${this.file}`);
      this.windowEndsAt = now + WINDOW_MS;
      this.shownInWindow = 0;
      this.suppressed = 0;
    }
    this.shownInWindow += 1;
    if (this.shownInWindow <= LINES_PER_WINDOW) this.show(line);
    else this.suppressed += 1;
  }
}
