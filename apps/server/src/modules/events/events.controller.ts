import { setImmediate } from 'node:timers/promises';
import { Body, Controller, Headers, Param, Req } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import {
  BATCH_LIMIT_BYTES,
  EVENT_LIMIT_BYTES,
  type BatchItemResult,
  type IngestedBatch,
  type IngestedEvent,
} from '@im/contracts/api/events';
import { eventRoutes } from '@im/contracts/routes/event-routes';
import { findEvent } from '@im/contracts/events/catalogue';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../platform/http/domain-error.js';
import { BodyLimit } from '../../platform/http/body-limit.js';
import { parseBody } from '../../platform/http/parse-input.js';
import { problemOf } from '../../platform/http/problem.filter.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { Caller, Route } from '../access/access.decorators.js';
import { receivedFromOf, type Identity } from '../access/domain/identity.js';
import { ResolveAppService, type AppRef } from '../apps/resolve-app.service.js';
import {
  FindEventTypesService,
  NO_CHECKS,
  type EventChecks,
} from '../event-types/find-event-types.service.js';
import { itemSpans, memberSpans } from '../../platform/json/json-spans.js';
import { IngestEventService, type IngestResult } from './ingest-event.service.js';
import { readEvent, type ReadEvent } from './read-event.js';

/** The event loop is given back after the item that exceeds it. */
const LONGEST_TURN_MS = 10;

@Controller()
export class EventsController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly ingest: IngestEventService,
    private readonly eventTypes: FindEventTypesService,
    private readonly metrics: Metrics,
  ) {}

  @Route(eventRoutes.submit)
  @BodyLimit(EVENT_LIMIT_BYTES)
  async submit(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Headers('idempotency-key') headerKey?: string,
  ): Promise<Single<IngestedEvent>> {
    const app = await this.apps.forCaller(caller, appKey);
    return this.countingRejections(1, async () => {
      const checks = await this.checksOf(app, caller, [body]);
      const event = readEvent(body, bodyText(request), checks, headerKey);
      const [result] = await this.ingest.ingest(app.appId, [event], receivedFromOf(caller));
      if (result?.kind !== 'accepted') throw result?.error ?? new Error('An event got no answer');
      const { eventId, deliveries, duplicate } = result;
      return { data: { eventId, deliveries, duplicate } };
    });
  }

  @Route(eventRoutes.submitBatch)
  @BodyLimit(BATCH_LIMIT_BYTES)
  async submitBatch(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<Single<IngestedBatch>> {
    const app = await this.apps.forCaller(caller, appKey);
    const { events } = parseBody(eventRoutes.submitBatch.body, body);
    const checks = await this.checksOf(app, caller, events);
    const json = bodyText(request);
    const spans = itemSpans(json, memberSpans(json).get('events')?.from);
    const readAt = (event: unknown, index: number): ReadEvent | DomainError =>
      readItem(event, json.slice(spans[index]?.from, spans[index]?.to), checks);
    const read = checks.size === 0 ? events.map(readAt) : await inTurns(events, readAt);
    const valid = read.flatMap((item) => (item instanceof DomainError ? [] : [item]));
    const ingested = await this.countingRejections(read.length, () =>
      this.ingest.ingest(app.appId, valid, receivedFromOf(caller)),
    );
    const answers = ingested.values();
    const results = read.map((item, index) =>
      answerItem(index, item instanceof DomainError ? item : answers.next().value),
    );
    const accepted = results.filter((result) => result.status === 202).length;
    const rejected = results.length - accepted;
    this.metrics.events.rejected(rejected);
    return { data: { accepted, rejected, results } };
  }

  /** Events of the catalogue need none, and no waiting either. */
  private checksOf(app: AppRef, caller: Identity, events: unknown[]): EventChecks | Promise<EventChecks> {
    const names = events.map(nameOf).filter((name) => !findEvent(name));
    if (names.length === 0) return NO_CHECKS;
    return this.eventTypes.checksOf(app.tenantId, names, caller.checkedAt);
  }

  private async countingRejections<T>(events: number, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.metrics.events.rejected(events);
      throw error;
    }
  }
}

/** As the sender wrote it; empty where there is no text. */
function nameOf(event: unknown): string {
  const { event: name } = (event ?? {}) as { event?: unknown };
  return typeof name === 'string' ? name : '';
}

function readItem(event: unknown, json: string, checks: EventChecks): ReadEvent | DomainError {
  try {
    return readEvent(event, json, checks);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** Checks against schemas of tenants may take long, and others wait meanwhile. */
async function inTurns<T, R>(items: readonly T[], work: (item: T, index: number) => R): Promise<R[]> {
  const results: R[] = [];
  let turnEndsAt = performance.now() + LONGEST_TURN_MS;
  for (const [index, item] of items.entries()) {
    results.push(work(item, index));
    if (performance.now() < turnEndsAt) continue;
    await setImmediate();
    turnEndsAt = performance.now() + LONGEST_TURN_MS;
  }
  return results;
}

function answerItem(index: number, answer: IngestResult | DomainError | undefined): BatchItemResult {
  if (answer === undefined) throw new Error('An event got no answer');
  if (answer instanceof DomainError) return { index, status: answer.status, error: problemOf(answer) };
  if (answer.kind === 'refused') return answerItem(index, answer.error);
  const { eventId, deliveries, duplicate } = answer;
  return { index, status: 202, eventId, deliveries, duplicate };
}

function bodyText(request: FastifyRequest): string {
  return request.rawBody?.toString('utf8') ?? '';
}
