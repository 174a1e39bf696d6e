/** Logs one wide structured line per step, as JSON on stdout; never bodies, never secrets. */
import type { LoggerService } from '@nestjs/common';
import { pino, type Logger as PinoLogger } from 'pino';

/** Lines are written at this number of bytes, and at the latest after the interval and at the end. */
const BUFFERED_BYTES = 8_192;
const FLUSH_INTERVAL_MS = 100;

export type LogFields = Record<string, unknown>;

export class Logger {
  private readonly pino: PinoLogger;

  constructor(level: string, base: LogFields = {}) {
    this.pino = pino(
      { level, base: { pid: process.pid, ...base }, timestamp: pino.stdTimeFunctions.isoTime },
      // Buffered, since a write for each of thousands of lines a second would be expensive.
      pino.destination({ sync: false, minLength: BUFFERED_BYTES, periodicFlush: FLUSH_INTERVAL_MS }),
    );
  }

  /** @param step the event, such as `delivery.attempted` */
  info(step: string, fields: LogFields = {}): void {
    this.pino.info(fields, step);
  }

  debug(step: string, fields: LogFields = {}): void {
    this.pino.debug(fields, step);
  }

  warn(step: string, fields: LogFields = {}): void {
    this.pino.warn(fields, step);
  }

  error(step: string, error: unknown, fields: LogFields = {}): void {
    this.pino.error({ ...fields, err: error }, step);
  }

  get isInfoEnabled(): boolean {
    return this.pino.isLevelEnabled('info');
  }
}

/** Nest's own messages: information at debug level, warnings and errors as they are. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug('nest', { message, context });
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn('nest', { message, context });
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error('nest', message, { stack, context });
  }
}
