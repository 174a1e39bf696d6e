/**
 * Downloads of any length in the memory of a page or two. Each page is a query of its own, read when the one before it
 * is on its way: a slow client makes the export slow and holds no connection, one that hangs up ends it.
 */
import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { ExportFormat, Page } from '@im/contracts/api/common';
import { Turns } from '../batching/turns.js';
import { Clock } from '../clock/clock.js';
import { Logger } from '../logging/logger.js';
import { csvHead, csvLines, type ExportedRow } from './write-lines.js';

/** Exports of this process that read at once; the pool is for everybody. */
const READING_AT_ONCE = 2;

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

export interface Export<Row extends ExportedRow> {
  /** What is in it, such as `deliveries_ak_1`: letters, digits, `_` and `-`. */
  name: string;
  format: ExportFormat;
  /** Fields of a row, in the order of the columns. */
  columns: readonly string[];
  /** A row as a line of JSON; absent: as JSON has it. */
  toJson?: (row: Row) => string;
  /** @param cursor absent: the first page */
  readPage: (cursor?: string) => Promise<Page<Row>>;
}

@Injectable()
export class StreamExportService {
  private readonly turns = new Turns(READING_AT_ONCE);

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * @returns the download, whose first page is read already: what is wrong with the request is thrown before anything
   *   is answered. What goes wrong later breaks the connection off.
   */
  async start<Row extends ExportedRow>(given: Export<Row>): Promise<StreamableFile> {
    const readPage = (cursor?: string) => this.turns.run(() => given.readPage(cursor));
    const first = await readPage();
    // As objects, so that a page is one chunk, and of those one waits at most.
    const lines = Readable.from(this.lines({ ...given, readPage }, first), { highWaterMark: 1 });
    const at = this.clock
      .now()
      .toISOString()
      .replaceAll(/[-:]|\.\d+/g, '');
    return new StreamableFile(lines, {
      type: MEDIA_TYPES[given.format],
      disposition: `attachment; filename="${given.name}_${at}.${given.format}"`,
    });
  }

  private async *lines<Row extends ExportedRow>(
    { name, format, columns, toJson = JSON.stringify, readPage }: Export<Row>,
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
