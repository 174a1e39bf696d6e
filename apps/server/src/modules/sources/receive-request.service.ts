/** Receives requests of IM servers: find the source -> handle -> answer in the server's own form -> record. */
import { Injectable } from '@nestjs/common';
import { SOURCE_BODY_LIMIT_BYTES } from '@im/contracts/api/source-constants';
import { Clock } from '../../platform/clock/clock.js';
import { ConfigurationChanged } from '../../platform/database/config-version.js';
import type {
  ForeignAnswer,
  ForeignBody,
  ForeignHandler,
  ForeignRequest,
  ForeignVisit,
} from '../../platform/http-server/foreign-routes.js';
import { boundedError } from '../../platform/logging/bounded-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { readAddress, type SourceAddress } from './address.js';
import { adapterOf } from './adapters.js';
import { decodeBody } from './decode-body.js';
import { FindSourceService, type FoundSource, type ReceivingSource } from './find-source.service.js';
import {
  failedRequest,
  HandleRequestService,
  refusedBody,
  tooNestedError,
} from './handle-request.service.js';
import { hideOwnToken } from './hide-own-token.js';
import type { Received } from './received.js';
import { RecordRequestsService } from './record-requests.service.js';
import type { SourceAdapter, SourceAnswer, SourceRequest } from './source-kind.js';

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
    private readonly requests: HandleRequestService,
    private readonly records: RecordRequestsService,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  async open(foreign: ForeignRequest): Promise<ForeignVisit> {
    const startedAt = performance.now();
    const address = readAddress(foreign.url);
    const adapter = adapterOf(address.kind);
    if (!adapter) return this.refuse('unknown_kind', () => ALLOW_ANY);
    let found: FoundSource | undefined;
    try {
      found = await this.sources.byCachedToken(address.kind, address.token);
    } catch (error) {
      this.logger.warn('source.lookup_failed', { kind: address.kind, error: boundedError(error) });
      return {
        answer: (body) =>
          Promise.resolve(adapter.unavailable(withoutLargeBody(this.requestOf(foreign, address, body)))),
      };
    }
    return found
      ? this.visit(found, address, adapter, foreign, startedAt)
      : this.refuseToken(foreign, address, adapter);
  }

  private visit(
    found: FoundSource,
    address: SourceAddress,
    adapter: SourceAdapter,
    foreign: ForeignRequest,
    startedAt: number,
  ): ForeignVisit {
    return {
      owner: { key: `source:${found.source.sourceId}`, isVerified: true },
      answer: async (body) => {
        const request = hideOwnToken(this.requestOf(foreign, address, body), address.token);
        const handled =
          'error' in body
            ? { source: found.source, received: refusedBody(adapter, request, body.error) }
            : await this.handle(found, address, adapter, request, foreign.ip);
        // Its token was taken away since it was cached.
        if (!handled) return this.refuseToken(foreign, address, adapter).answer(body);
        const { source, received } = handled;
        const durationMs = performance.now() - startedAt;
        this.record(source, adapter, request, { ...received, remoteAddress: foreign.ip, durationMs });
        return received.answer;
      },
    };
  }

  /** With the cached source, and again as of now if the configuration has changed. @returns undefined: none has the token */
  private async handle(
    { source, configVersion }: FoundSource,
    { kind, token }: SourceAddress,
    adapter: SourceAdapter,
    request: SourceRequest,
    ip: string,
  ): Promise<{ source: ReceivingSource; received: Received } | undefined> {
    try {
      try {
        return { source, received: await this.requests.handle(source, adapter, request, ip, configVersion) };
      } catch (error) {
        if (!(error instanceof ConfigurationChanged)) throw error;
        const present = await this.sources.byToken(kind, token);
        return (
          present && { source: present, received: await this.requests.handle(present, adapter, request, ip) }
        );
      }
    } catch (error) {
      this.logger.warn('source.lookup_failed', { kind, error: boundedError(error) });
      return { source, received: failedRequest(adapter, request, null, error) };
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
    const received = await this.requests.handle(source, adapter, request, ip);
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
    const received = await this.requests.handle(source, adapter, request, null);
    const durationMs = performance.now() - startedAt;
    this.record(source, adapter, request, { ...received, remoteAddress: 'console', durationMs });
    return received;
  }

  private refuseToken(foreign: ForeignRequest, address: SourceAddress, adapter: SourceAdapter): ForeignVisit {
    return this.refuse('unknown_token', (body) =>
      adapter.allow(withoutLargeBody(this.requestOf(foreign, address, body))),
    );
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

function textHeaders(headers: ForeignRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
