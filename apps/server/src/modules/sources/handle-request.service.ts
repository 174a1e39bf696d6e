/** Handles a request of an IM server: reads it, and stores what it says or asks what it asks. */
import { Injectable } from '@nestjs/common';
import { ConfigurationChanged, ConfigVersion } from '../../platform/database/config-version.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { refuseTooNested } from '../../platform/http-server/json-body.js';
import { LoopSlices, MIN_SLICED_BYTES } from '../../platform/limits/loop-slices.js';
import { boundedError } from '../../platform/logging/bounded-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { AnswerBeforeService } from './answer-before.service.js';
import { FindSourceService, type ReceivingSource } from './find-source.service.js';
import type { Received } from './received.js';
import type { SourceAdapter, SourceReading, SourceRequest } from './source-kind.js';
import { StoreEventsService } from './store-events.service.js';

const NO_BODY = Buffer.alloc(0);

@Injectable()
export class HandleRequestService {
  constructor(
    private readonly sources: FindSourceService,
    private readonly events: StoreEventsService,
    private readonly before: AnswerBeforeService,
    private readonly config: ConfigVersion,
    private readonly slices: LoopSlices,
    private readonly logger: Logger,
  ) {}

  /**
   * @param ip the sender's address; null: a test from the console, which may come from anywhere
   * @param configVersion of the configuration that the source is cached with; absent: it was just read
   * @throws ConfigurationChanged when the configuration is not of that version: then nothing was stored or asked
   */
  async handle(
    source: ReceivingSource,
    adapter: SourceAdapter,
    request: SourceRequest,
    ip: string | null,
    configVersion?: number,
  ): Promise<Received> {
    const refusal = this.refusalOf(source, ip);
    if (refusal !== null) {
      await this.assertUnchanged(configVersion);
      return {
        outcome: 'rejected',
        command: null,
        detail: refusal,
        eventIds: [],
        answer: adapter.allow(request),
      };
    }
    if (request.body.length >= MIN_SLICED_BYTES) await this.slices.next(`source:${source.sourceId}`);
    const tooNested = tooNestedError(request.body);
    if (tooNested) return refusedBody(adapter, { ...request, body: NO_BODY }, tooNested);
    const reading = adapter.read(request, source.settings ?? {});
    // Storing events checks it by itself, in the statement that stores them.
    if (reading.kind !== 'events') await this.assertUnchanged(configVersion);
    const { command } = reading;
    try {
      switch (reading.kind) {
        case 'events': {
          const stored = await this.events.store(source, adapter, request, reading, configVersion);
          return { outcome: 'accepted', command, ...stored, answer: adapter.allow(request) };
        }
        case 'before':
          return await this.before.answer(source, adapter, request, reading);
        default:
          return notStored(adapter, request, reading);
      }
    } catch (error) {
      if (error instanceof ConfigurationChanged) throw error;
      this.logger.warn('source.store_failed', { sourceId: source.sourceId, error: boundedError(error) });
      return failedRequest(adapter, request, command, error);
    }
  }

  /** @throws ConfigurationChanged when the configuration is not of that version; absent: any is right */
  private async assertUnchanged(configVersion: number | undefined): Promise<void> {
    if (configVersion === undefined) return;
    if (await this.config.hasMovedFrom(configVersion)) throw new ConfigurationChanged();
  }

  private refusalOf(source: ReceivingSource, ip: string | null): string | null {
    if (source.isTenantSuspended) return 'The tenant is suspended';
    if (!source.isEnabled) return 'The source is paused';
    if (source.settings === null)
      return 'Its secrets cannot be opened: the key of the service is another one';
    if (ip !== null && !this.sources.maySend(source, ip)) return `${ip} is not among the sender addresses`;
    return null;
  }
}

/** Why a body cannot be parsed in reasonable time; null: it can. */
export function tooNestedError(body: Buffer): unknown {
  try {
    refuseTooNested(body);
    return null;
  } catch (error) {
    return error;
  }
}

/** What came too fast may come again; what is too large or broken off never fits. */
export function refusedBody(adapter: SourceAdapter, request: SourceRequest, error: unknown): Received {
  const isBusy = error instanceof DomainError && error.code === 'too_many_requests';
  const detail = error instanceof Error ? error.message : 'The body could not be read';
  return {
    outcome: isBusy ? 'failed' : 'not_understood',
    command: null,
    detail,
    eventIds: [],
    answer: isBusy ? adapter.unavailable(request) : adapter.allow(request),
  };
}

/** The IM server is to try again. */
export function failedRequest(
  adapter: SourceAdapter,
  request: SourceRequest,
  command: string | null,
  error: unknown,
): Received {
  const detail =
    error instanceof DomainError ? error.message : 'It could not be stored: see the log of the service';
  return { outcome: 'failed', command, detail, eventIds: [], answer: adapter.unavailable(request) };
}

function notStored(
  adapter: SourceAdapter,
  request: SourceRequest,
  { kind, command, reason }: Extract<SourceReading, { reason: string }>,
): Received {
  return { outcome: kind, command, detail: reason, eventIds: [], answer: adapter.allow(request) };
}
