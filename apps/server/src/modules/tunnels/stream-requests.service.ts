/** Serves the open streams of tunnels in this process: one query takes the requests for all of them. */
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { TUNNEL_HEARTBEAT_MS, TUNNEL_STREAM_MS } from '@im/contracts/api/tunnel-constants';
import type { TunnelEnd, TunnelRequest } from '@im/contracts/api/tunnels';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { DrainHttpService } from '../../platform/http-server/drain-http.service.js';
import { EventStreams, type EventStream } from '../../platform/http-server/event-streams.js';
import type { AdmittedReader } from '../../platform/http-server/recheck-readers.js';
import { formatEvent, formatRetry } from '../../platform/http-server/server-sent-event.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { KeepTunnelsService } from '../tunnel-store/keep-tunnels.service.js';
import { MAX_TAKEN, type TunnelStream, type WaitingRequest } from '../tunnel-store/tunnel.js';
import { TunnelHints } from '../tunnel-store/tunnel-hints.js';

/** Without hints requests are found this late. */
const LOOK_MS = 200;
const COME_BACK_MS = 200;
const LIMITS = {
  heartbeatMs: TUNNEL_HEARTBEAT_MS,
  maxOpenMs: TUNNEL_STREAM_MS,
  maxUnreadBytes: 33_554_432,
  retryAfterSeconds: 5,
};
/** A client that is behind by this much gets no more until it reads; its requests wait in their rows. */
const MAX_AHEAD_BYTES = 1_048_576;
/** Of all clients together: beyond it, those that read least are disconnected. They get their requests again. */
const MAX_UNREAD_BYTES = 67_108_864;

interface OpenStream extends TunnelStream {
  events: EventStream;
}

@Injectable()
export class StreamRequestsService {
  private readonly streams = new Map<string, OpenStream>();
  private readonly eventStreams: EventStreams;
  private lookTimer: NodeJS.Timeout | undefined;
  private renewTimer: NodeJS.Timeout | undefined;
  private isLooking = false;
  private isHinted = false;

  constructor(
    private readonly tunnels: KeepTunnelsService,
    hints: TunnelHints,
    drain: DrainHttpService,
  ) {
    hints.listen('request', (tunnelId) => {
      if (this.ofTunnel(tunnelId)) void this.look();
    });
    this.eventStreams = new EventStreams(LIMITS, drain);
  }

  /**
   * @returns the stream, and whether requests missed their client before
   * @throws DomainError `too_many_requests`
   */
  async open(
    tunnelId: string,
    { appId }: AppRef,
    mayStay: AdmittedReader['mayStay'],
  ): Promise<{ readable: Readable; hasMissed: boolean }> {
    const onEnd = (): void => {
      this.remove(stream);
    };
    const events = this.eventStreams.prepare({ appId, mayStay, onEnd });
    const stream: OpenStream = { tunnelId, streamId: uuidV7(), events };
    try {
      const hasMissed = await this.tunnels.connect(stream);
      const older = this.ofTunnel(tunnelId);
      if (older) this.endWith(older, 'replaced');
      events.send(formatRetry(COME_BACK_MS) + formatEvent({ event: 'ready', data: {} }));
      this.keepOpen(stream);
      return { readable: events.readable, hasMissed };
    } catch (error) {
      events.disconnect();
      throw error;
    }
  }

  private keepOpen(stream: OpenStream): void {
    if (stream.events.isOver) return;
    this.eventStreams.keepOpen(stream.events);
    this.streams.set(stream.streamId, stream);
    this.renewTimer ??= setInterval(() => void this.renew(), TUNNEL_HEARTBEAT_MS);
    void this.look();
  }

  private ofTunnel(tunnelId: string): OpenStream | undefined {
    return [...this.streams.values()].find((stream) => stream.tunnelId === tunnelId);
  }

  /** Takes what waits for the streams; a hint that comes meanwhile has it look once more. */
  private async look(): Promise<void> {
    this.isHinted = this.isLooking;
    if (this.isLooking) return;
    this.isLooking = true;
    clearTimeout(this.lookTimer);
    this.lookTimer = undefined;
    // PostgreSQL may be away; the next look comes soon.
    const taken = await this.takeRequests().catch(() => 0);
    this.isLooking = false;
    if (this.isHinted || taken === MAX_TAKEN) void this.look();
    else if (this.streams.size > 0) this.lookTimer = setTimeout(() => void this.look(), LOOK_MS);
  }

  /** @returns how many */
  private async takeRequests(): Promise<number> {
    const reading = [...this.streams.values()].filter(({ events }) => events.unreadBytes <= MAX_AHEAD_BYTES);
    if (reading.length === 0) return 0;
    const requests = await this.tunnels.take(reading);
    const byTunnel = new Map(reading.map((stream) => [stream.tunnelId, stream]));
    for (const request of requests) byTunnel.get(request.tunnelId)?.events.send(formatRequest(request));
    this.disconnectSlowest();
    return requests.length;
  }

  private disconnectSlowest(): void {
    const bySlowness = [...this.streams.values()]
      .map(({ events }) => ({ events, unreadBytes: events.unreadBytes }))
      .sort((one, other) => other.unreadBytes - one.unreadBytes);
    let unreadBytes = bySlowness.reduce((sum, each) => sum + each.unreadBytes, 0);
    for (const slow of bySlowness) {
      if (unreadBytes <= MAX_UNREAD_BYTES) return;
      unreadBytes -= slow.unreadBytes;
      slow.events.disconnect();
    }
  }

  private async renew(): Promise<void> {
    const open = [...this.streams.values()];
    const renewed = await this.tunnels.renew(open).catch(() => undefined);
    // While PostgreSQL is away, streams go on.
    const lost = renewed ? open.filter(({ streamId }) => !renewed.has(streamId)) : [];
    if (lost.length === 0) return;
    const live = await this.tunnels.liveOf(lost.map(({ tunnelId }) => tunnelId)).catch(() => undefined);
    if (!live) return;
    for (const stream of lost) this.endWith(stream, live.has(stream.tunnelId) ? 'replaced' : 'deleted');
  }

  private endWith({ events }: OpenStream, reason: TunnelEnd['reason']): void {
    events.send(formatEvent({ event: 'end', data: { reason } }));
    events.end();
  }

  private remove(stream: OpenStream): void {
    if (!this.streams.delete(stream.streamId)) return;
    this.tunnels.disconnect(stream).catch(() => undefined);
    if (this.streams.size > 0) return;
    clearInterval(this.renewTimer);
    this.renewTimer = undefined;
  }
}

function formatRequest({ requestId, headers, body, timeoutMs, isRepeat }: WaitingRequest): string {
  const data: TunnelRequest = {
    ...{ requestId, method: 'POST' },
    headers: JSON.parse(headers) as [string, string][],
    body: body.toString('base64'),
    ...{ timeoutMs, isRepeat },
  };
  return formatEvent({ event: 'request', data, id: requestId });
}
