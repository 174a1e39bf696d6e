/**
 * Streams downloads of any length with a page or two in memory. Each page is a separate query, read when the one before
 * is sent: a slow client makes the export slow without keeping a connection, one that hangs up or stops reading ends
 * it.
 */
import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { ExportFormat, Page } from '@im/contracts/api/common';
import { Clock } from '../clock/clock.js';
import { DomainError } from '../errors/domain-error.js';
import { ConcurrencyLimiter } from '../limits/concurrency-limiter.js';
import { Logger } from '../logging/logger.js';
import { UnreadTimer } from './unread-timer.js';
import { csvHead, csvLines, type ExportedRow } from './write-lines.js';

/** Exports of this process that read at once; the pool is shared with everything else. */
const MAX_READING = 2;
/** Per tenant and in total. Each needs the memory of a page or two. */
const MAX_OPEN = { maxConcurrentPerKey: 3, maxConcurrent: 10 };
const RETRY_AFTER_SECONDS = 30;
/** Small, so that a slow client is seen to read: a kilobyte a second is enough. */
const CHUNK_BYTES = 65_536;

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

export interface Export<Row extends ExportedRow> {
  /** The tenant that the limit applies to. */
  tenantId: string;
  /** Its content, such as `deliveries_ak_1`: letters, digits, `_` and `-`. */
  name: string;
  format: ExportFormat;
  /** Fields of a row, in the order of the columns. */
  columns: readonly string[];
  /** A row as a line of JSON; absent: as JSON has it. */
  toJson?: (row: Row) => string;
  /**
   * Before each further page.
   *
   * @throws once the reader is no longer authorised; the download is then aborted
   */
  recheckReader: () => Promise<unknown>;
  /** @param cursor absent: the first page */
  readPage: (cursor?: string) => Promise<Page<Row>>;
}

@Injectable()
export class StreamExportService {
  private readonly readLimiter = new ConcurrencyLimiter({ maxConcurrent: MAX_READING });
  private readonly openLimiter = new ConcurrencyLimiter(MAX_OPEN);

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * @returns the download, whose first page is already read, so that a faulty request throws before anything is
   * answered. Later failures close the connection.
   * @throws DomainError `too_many_requests` while too many are open, and what `readPage` throws
   */
  async start<Row extends ExportedRow>(given: Export<Row>): Promise<StreamableFile> {
    const permit = this.openLimiter.tryAcquire(given.tenantId);
    if (!permit) {
      throw new DomainError('too_many_requests', 'Too many exports are being downloaded already', {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    try {
      const readPage = (cursor?: string) =>
        this.readLimiter.run(given.tenantId, () => given.readPage(cursor));
      const bytes = this.open({ ...given, readPage }, await readPage());
      bytes.once('close', permit.release);
      return this.asFile(given, bytes);
    } catch (error) {
      permit.release();
      throw error;
    }
  }

  /** @returns the stream, which is aborted when it is not read for a while */
  private open<Row extends ExportedRow>(given: Export<Row>, first: Page<Row>): Readable {
    const unread = new UnreadTimer(() => {
      this.logger.info('export.unread', { name: given.name, format: given.format });
      bytes.destroy();
    });
    // As objects, so that one chunk waits at most.
    const bytes = Readable.from(unread.watch(chunksOf(this.lines(given, first))), { highWaterMark: 1 });
    bytes.once('close', () => {
      unread.stop();
    });
    return bytes;
  }

  private asFile(
    { name, format }: Pick<Export<ExportedRow>, 'name' | 'format'>,
    bytes: Readable,
  ): StreamableFile {
    const at = this.clock
      .now()
      .toISOString()
      .replaceAll(/[-:]|\.\d+/g, '');
    return new StreamableFile(bytes, {
      type: MEDIA_TYPES[format],
      disposition: `attachment; filename="${name}_${at}.${format}"`,
    });
  }

  private async *lines<Row extends ExportedRow>(
    { name, format, columns, toJson = JSON.stringify, recheckReader, readPage }: Export<Row>,
    first: Page<Row>,
  ): AsyncGenerator<string> {
    const startedAt = performance.now();
    let rows = 0;
    let isWhole = false;
    try {
      if (format === 'csv') yield csvHead(columns);
      for (let page = first; ;) {
        rows += page.data.length;
        if (page.data.length > 0) {
          yield format === 'csv'
            ? csvLines(columns, page.data)
            : page.data.map((row) => `${toJson(row)}\n`).join('');
        }
        const { nextCursor } = page.page;
        if (nextCursor === null) break;
        await recheckReader();
        page = await readPage(nextCursor);
      }
      isWhole = true;
    } catch (error) {
      this.logger.error('export.failed', error, { name, format, rows });
      throw error;
    } finally {
      const durationMs = Math.round(performance.now() - startedAt);
      this.logger.info('export.ended', { name, format, rows, durationMs, isWhole });
    }
  }
}

async function* chunksOf(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
  }
}
