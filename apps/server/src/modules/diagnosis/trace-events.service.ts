/** Answers "why did it not arrive?": events, the webhooks they may concern, and what decided for each. */
import { Inject, Injectable } from '@nestjs/common';
import {
  TRACE_KEYS,
  type TracedEvent,
  type TraceKey,
  type TracePage,
  type TraceQuery,
} from '@im/contracts/api/trace';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { ENV, type Env } from '../../config/env.js';
import { Clock } from '../../platform/clock/clock.js';
import { instantOfId } from '../../platform/database/time-partitions.js';
import { idPage, readIdCursor } from '../../platform/http-server/id-page.js';
import { seesCallbackUrls, type Identity } from '../access/identity/domain/identity.js';
import { ReadAppService } from '../apps/read-app.service.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { SealedSettings } from '../webhook-configs/sealed-settings.js';
import { FindRevisionsService } from '../webhook-configs/find-revisions.service.js';
import { TracedDeliveriesRepository, type TracedWebhookRow } from './data/traced-deliveries.repository.js';
import { TracedEventsRepository, type TracedEventRow } from './data/traced-events.repository.js';
import { explainNothing } from './domain/explain-nothing.js';
import { presentTracedEvent, type TraceMaterial } from './present-trace.js';

const DAY_MS = 86_400_000;
/** Webhooks deleted earlier than this before an event are not shown. */
const DELETED_BEFORE_MS = 30 * DAY_MS;

/** Which kind of id a version digit of a UUID belongs to: callback ids are of version 8, all others of ours 7. */
const OWN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[78]/;

@Injectable()
export class TraceEventsService {
  constructor(
    private readonly events: TracedEventsRepository,
    private readonly log: TracedDeliveriesRepository,
    private readonly apps: ReadAppService,
    private readonly revisions: FindRevisionsService,
    private readonly sealed: SealedSettings,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_EVENTS_DAYS' | 'RETENTION_LOGS_DAYS'>,
  ) {}

  async trace({ appId }: AppRef, query: TraceQuery, caller: Identity): Promise<TracePage> {
    const [key, id] = soughtBy(query);
    const beforeId = readIdCursor(query.cursor);
    const rows = await this.events.find(appId, key, id, { limit: query.limit + 1, beforeId });
    const shown = rows.slice(0, query.limit);
    const stories = await this.traceEvents(appId, shown, caller);
    const { page } = idPage(
      rows,
      query.limit,
      ({ eventId }) => eventId,
      ({ eventId }) => eventId,
    );
    const isNothing = rows.length === 0 && beforeId === null;
    return { data: stories, page, reason: isNothing ? await this.reason(appId, key, id) : null };
  }

  private async traceEvents(
    appId: string,
    events: readonly TracedEventRow[],
    caller: Identity,
  ): Promise<TracedEvent[]> {
    const oldest = events.at(-1);
    if (!oldest) return [];
    const since = new Date(receivedAtOf(oldest).getTime() - DELETED_BEFORE_MS);
    const [deliveries, webhookRows, repetitions] = await Promise.all([
      this.log.deliveriesOf(
        appId,
        events.map(({ eventId }) => eventId),
      ),
      this.log.webhooksSince(appId, since),
      this.events.repetitionsOf(appId, events),
    ]);
    const deliveryIds = deliveries.map(({ deliveryId }) => deliveryId);
    const [attempts, firstInLine] = await Promise.all([
      this.log.attemptsOf(deliveryIds),
      this.log.firstInLine(deliveryIds),
    ]);
    const webhooks = webhookRows.map((row) => this.withUrl(row, caller));
    const webhookIds = webhooks.map(({ webhookId }) => webhookId);
    const traced: TracedEvent[] = [];
    for (const event of events) {
      const receivedAt = receivedAtOf(event);
      const settingsThen = await this.revisions.settingsAt({ webhookIds }, receivedAt);
      const material: TraceMaterial = {
        ...{ receivedAt, deliveries, webhooks, attempts, firstInLine, settingsThen },
        repetitions: repetitions.get(event.eventId) ?? [],
        now: this.clock.now(),
      };
      traced.push(presentTracedEvent(event, material));
    }
    return traced;
  }

  private withUrl({ sealedSettings, ...row }: TracedWebhookRow, caller: Identity) {
    const { url } = this.sealed.open({ ...row, headers: {}, sealedSettings });
    return { ...row, url: seesCallbackUrls(caller) ? url : maskCallbackUrl(url) };
  }

  private async reason(appId: string, key: TraceKey, id: string): Promise<TracePage['reason']> {
    const { retainEventsDays, retainLogsDays } = await this.apps.read({ appId });
    return explainNothing({
      key,
      id,
      madeAtMs: OWN_ID.test(id) ? instantOfId(id) : null,
      nowMs: this.clock.nowMs(),
      eventsDays: retainEventsDays ?? this.env.RETENTION_EVENTS_DAYS,
      logsDays: retainLogsDays ?? this.env.RETENTION_LOGS_DAYS,
    });
  }
}

function soughtBy(query: TraceQuery): [key: TraceKey, id: string] {
  for (const key of TRACE_KEYS) {
    const id = query[key];
    if (id !== undefined) return [key, isOwnKey(key) ? id.toLowerCase() : id];
  }
  throw new Error('A checked query names one id');
}

function isOwnKey(key: TraceKey): boolean {
  return key === 'eventId' || key === 'deliveryId' || key === 'callbackId';
}

/** An event's id says when it was received, even when the event is gone. */
function receivedAtOf({ receivedAt, eventId }: TracedEventRow): Date {
  return receivedAt ?? new Date(instantOfId(eventId));
}
