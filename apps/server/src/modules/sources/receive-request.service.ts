/** Receives requests of IM servers: read -> store or ask -> answer in the server's own form -> record. */
import { Injectable } from '@nestjs/common';
import { SOURCE_BODY_LIMIT_BYTES } from '@im/contracts/api/source-constants';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type {
  ForeignAnswer,
  ForeignBody,
  ForeignHandler,
  ForeignRequest,
  ForeignVisit,
} from '../../platform/http-server/foreign-routes.js';
import { refuseTooNested } from '../../platform/http-server/json-body.js';
import { LoopSlices, MIN_SLICED_BYTES } from '../../platform/limits/loop-slices.js';
import { boundedError } from '../../platform/logging/bounded-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { readAddress, type SourceAddress } from './address.js';
import { adapterOf } from './adapters.js';
import { AnswerBeforeService } from './answer-before.service.js';
import { decodeBody } from './decode-body.js';
import { FindSourceService, type ReceivingSource } from './find-source.service.js';
import { hideOwnToken } from './hide-own-token.js';
import type { Received } from './received.js';
import { RecordRequestsService } from './record-requests.service.js';
import type { SourceAdapter, SourceAnswer, SourceReading, SourceRequest } from './source-kind.js';
import { StoreEventsService } from './store-events.service.js';

const NO_BODY = Buffer.alloc(0);
/** Of requests without a source, answers need what fits into this: the group that a before-command is about. */
const MAX_UNKNOWN_BODY_BYTES = 65_536;
/** For addresses of no kind of ours. As a JSON object with these fields it lets every kind go on. */
const ALLOW_ANY: ForeignAnswer = {
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: '{"actionCode":0,"errCode":0,"errMsg":"","errDlt":"","nextCode":0}',
};

@Injectable()
export class ReceiveRequestService implements ForeignHandler {
  readonly bodyLimitBytes = SOURCE_BODY_LIMIT_BYTES;

  constructor(
    private readonly sources: FindSourceService,
    private readonly events: StoreEventsService,
    private readonly before: AnswerBeforeService,
    private readonly records: RecordRequestsService,
    private readonly slices: LoopSlices,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  async open(foreign: ForeignRequest): Promise<ForeignVisit> {
    const startedAt = performance.now();
    const address = readAddress(foreign.url);
    const adapter = adapterOf(address.kind);
    if (!adapter) return this.refuse('unknown_kind', () => ALLOW_ANY);
    let source: ReceivingSource | undefined;
    try {
      source = await this.sources.byToken(address.kind, address.token);
    } catch (error) {
      this.logger.warn('source.lookup_failed', { kind: address.kind, error: boundedError(error) });
      return {
        answer: (body) =>
          Promise.resolve(adapter.unavailable(withoutLargeBody(this.requestOf(foreign, address, body)))),
      };
    }
    if (!source) {
      return this.refuse('unknown_token', (body) =>
        adapter.allow(withoutLargeBody(this.requestOf(foreign, address, body))),
      );
    }
    const { sourceId } = source;
    return {
      owner: { key: `source:${sourceId}`, isVerified: true },
      answer: async (body) => {
        const request = hideOwnToken(this.requestOf(foreign, address, body), address.token);
        const received =
          'error' in body
            ? refusedBody(adapter, request, body.error)
            : await this.receive(source, adapter, request, foreign.ip);
        const durationMs = performance.now() - startedAt;
        this.record(source, adapter, request, { ...received, remoteAddress: foreign.ip, durationMs });
        return received.answer;
      },
    };
  }

  /** @param ip the sender's address; null: a test from the console, which may come from anywhere */
  async receive(
    source: ReceivingSource,
    adapter: SourceAdapter,
    request: SourceRequest,
    ip: string | null,
  ): Promise<Received> {
    const refusal = this.refusalOf(source, ip);
    if (refusal !== null) {
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
    const { command } = reading;
    try {
      switch (reading.kind) {
        case 'events': {
          const { eventIds, detail } = await this.events.store(source, adapter, request, reading);
          return { outcome: 'accepted', command, detail, eventIds, answer: adapter.allow(request) };
        }
        case 'before':
          return await this.before.answer(source, adapter, request, reading);
        default:
          return notStored(adapter, request, reading);
      }
    } catch (error) {
      this.logger.warn('source.store_failed', { sourceId: source.sourceId, error: boundedError(error) });
      const detail =
        error instanceof DomainError ? error.message : 'It could not be stored: see the log of the service';
      return { outcome: 'failed', command, detail, eventIds: [], answer: adapter.unavailable(request) };
    }
  }

  /** A call of gRPC: `source` is null when none has its authority. */
  async receiveCall(
    source: ReceivingSource | null,
    adapter: SourceAdapter,
    request: SourceRequest,
    ip: string,
  ): Promise<SourceAnswer> {
    if (!source) {
      this.metrics.sources.refused('unknown_authority');
      return adapter.allow(request);
    }
    const startedAt = performance.now();
    const received = await this.receive(source, adapter, request, ip);
    const durationMs = performance.now() - startedAt;
    this.record(source, adapter, request, { ...received, remoteAddress: ip, durationMs });
    return received.answer;
  }

  /** A test from the console: counted and kept as any other request. */
  async receiveTest(
    source: ReceivingSource,
    adapter: SourceAdapter,
    request: SourceRequest,
  ): Promise<Received> {
    const startedAt = performance.now();
    const received = await this.receive(source, adapter, request, null);
    const durationMs = performance.now() - startedAt;
    this.record(source, adapter, request, { ...received, remoteAddress: 'console', durationMs });
    return received;
  }

  private refusalOf(source: ReceivingSource, ip: string | null): string | null {
    if (source.isTenantSuspended) return 'The tenant is suspended';
    if (!source.isEnabled) return 'The source is paused';
    if (source.settings === null)
      return 'Its secrets cannot be opened: the key of the service is another one';
    if (ip !== null && !this.sources.maySend(source, ip)) return `${ip} is not among the sender addresses`;
    return null;
  }

  private refuse(reason: string, answer: (body: ForeignBody) => ForeignAnswer): ForeignVisit {
    return {
      answer: (body) => {
        this.metrics.sources.refused(reason);
        return Promise.resolve(answer(body));
      },
    };
  }

  private record(
    source: ReceivingSource,
    adapter: SourceAdapter,
    request: SourceRequest,
    received: Received & { remoteAddress: string; durationMs: number },
  ): void {
    const { sourceId, kind } = source;
    this.metrics.sources.received(kind, received.outcome, received.durationMs);
    this.records.add({ ...received, sourceId, request: adapter.redact(request) });
  }

  private requestOf(foreign: ForeignRequest, address: SourceAddress, body: ForeignBody): SourceRequest {
    const headers = textHeaders(foreign.headers);
    return {
      method: foreign.method,
      path: address.path,
      query: address.query,
      headers,
      body:
        'bytes' in body
          ? decodeBody(body.bytes, headers['content-encoding'], SOURCE_BODY_LIMIT_BYTES)
          : NO_BODY,
      receivedAt: this.clock.now(),
    };
  }
}

function withoutLargeBody(request: SourceRequest): SourceRequest {
  const isTaken = request.body.length <= MAX_UNKNOWN_BODY_BYTES && !tooNestedError(request.body);
  return isTaken ? request : { ...request, body: NO_BODY };
}

/** Why a body cannot be parsed in reasonable time; null: it can. */
function tooNestedError(body: Buffer): unknown {
  try {
    refuseTooNested(body);
    return null;
  } catch (error) {
    return error;
  }
}

/** What came too fast may come again; what is too large or broken off never fits. */
function refusedBody(adapter: SourceAdapter, request: SourceRequest, error: unknown): Received {
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

function notStored(
  adapter: SourceAdapter,
  request: SourceRequest,
  { kind, command, reason }: Extract<SourceReading, { reason: string }>,
): Received {
  return { outcome: kind, command, detail: reason, eventIds: [], answer: adapter.allow(request) };
}

function textHeaders(headers: ForeignRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
