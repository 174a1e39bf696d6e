/** Serves the open streams of tunnels in this process: one query takes the requests for all of them. */
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { TUNNEL_HEARTBEAT_MS, TUNNEL_STREAM_MS } from '@im/contracts/api/tunnel-constants';
import type { TunnelEnd, TunnelRequest } from '@im/contracts/api/tunnels';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { DrainHttpService } from '../../platform/http-server/drain-http.service.js';
import { RecheckReaders, type AdmittedReader } from '../../platform/http-server/recheck-readers.js';
import { formatEvent, formatRetry, HEARTBEAT } from '../../platform/http-server/server-sent-event.js';
import { ConcurrencyLimiter } from '../../platform/limits/concurrency-limiter.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { KeepTunnelsService } from '../tunnel-store/keep-tunnels.service.js';
import type { TunnelStream, WaitingRequest } from '../tunnel-store/tunnel.js';
import { TunnelHints } from '../tunnel-store/tunnel-hints.js';

/** Without hints requests are found this late. */
const LOOK_MS = 200;
const COME_BACK_MS = 200;
/** What may wait in a tunnel, in base64, fits in; a client that reads nothing for longer is disconnected. */
const MAX_UNREAD_BYTES = 33_554_432;
const MAX_END_MS = 10_000;
const MAX_OPEN = { maxConcurrentPerKey: 20, maxConcurrent: 200 };
const RETRY_AFTER_SECONDS = 5;

interface OpenStream extends TunnelStream {
  readable: Readable;
  admitted: AdmittedReader;
  timers: NodeJS.Timeout[];
}

@Injectable()
export class StreamRequestsService {
  private readonly streams = new Map<string, OpenStream>();
  private readonly limiter = new ConcurrencyLimiter(MAX_OPEN);
  private readonly recheck = new RecheckReaders();
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
    // The server waits for open answers before it stops; these would not end by themselves.
    drain.stopped.addEventListener('abort', () => {
      for (const stream of this.streams.values()) this.end(stream);
    });
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
    const permit = this.limiter.tryAcquire(appId);
    if (!permit) {
      const options = { retryAfterSeconds: RETRY_AFTER_SECONDS };
      throw new DomainError('too_many_requests', 'Too many streams are open already', options);
    }
    const stream = this.prepare(tunnelId, mayStay);
    stream.readable.once('close', () => {
      this.remove(stream);
      permit.release();
    });
    try {
      const hasMissed = await this.tunnels.connect(stream);
      const older = this.ofTunnel(tunnelId);
      if (older) this.endWith(older, 'replaced');
      this.send(stream, formatRetry(COME_BACK_MS) + formatEvent({ event: 'ready', data: {} }));
      this.keepOpen(stream);
      return { readable: stream.readable, hasMissed };
    } catch (error) {
      stream.readable.destroy();
      throw error;
    }
  }

  private prepare(tunnelId: string, mayStay: AdmittedReader['mayStay']): OpenStream {
    const stream: OpenStream = {
      ...{ tunnelId, streamId: uuidV7() },
      readable: new Readable({ read: () => undefined, highWaterMark: MAX_UNREAD_BYTES }),
      admitted: {
        mayStay,
        end: () => {
          this.end(stream);
        },
      },
      timers: [],
    };
    return stream;
  }

  private keepOpen(stream: OpenStream): void {
    if (stream.readable.destroyed) return;
    stream.timers.push(
      setInterval(() => {
        this.send(stream, HEARTBEAT);
      }, TUNNEL_HEARTBEAT_MS),
      setTimeout(() => {
        this.end(stream);
      }, TUNNEL_STREAM_MS),
    );
    this.streams.set(stream.streamId, stream);
    this.recheck.add(stream.admitted);
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
    const open = [...this.streams.values()];
    try {
      const requests = open.length > 0 ? await this.tunnels.take(open) : [];
      const byTunnel = new Map(open.map((stream) => [stream.tunnelId, stream]));
      for (const request of requests) {
        const stream = byTunnel.get(request.tunnelId);
        if (stream) this.send(stream, formatRequest(request));
      }
    } catch {
      // PostgreSQL is away; the next look comes soon.
    }
    this.isLooking = false;
    if (this.isHinted) void this.look();
    else if (this.streams.size > 0) this.lookTimer = setTimeout(() => void this.look(), LOOK_MS);
  }

  private async renew(): Promise<void> {
    const open = [...this.streams.values()];
    const renewed = await this.tunnels.renew(open).catch(() => undefined);
    // While PostgreSQL is away, streams go on.
    for (const stream of open) {
      if (renewed?.has(stream.streamId) !== false) continue;
      const isTaken = await this.isTaken(stream);
      this.endWith(stream, isTaken ? 'replaced' : 'deleted');
    }
  }

  private async isTaken({ tunnelId, streamId }: OpenStream): Promise<boolean> {
    const newest = await this.tunnels.newestStreamOf(tunnelId).catch(() => undefined);
    return newest !== undefined && newest !== streamId;
  }

  private endWith(stream: OpenStream, reason: TunnelEnd['reason']): void {
    this.send(stream, formatEvent({ event: 'end', data: { reason } }));
    this.end(stream);
  }

  private send({ readable }: OpenStream, text: string): void {
    if (readable.destroyed || readable.readableEnded) return;
    if (readable.readableLength > MAX_UNREAD_BYTES) readable.destroy();
    else readable.push(text);
  }

  private end(stream: OpenStream): void {
    this.remove(stream);
    const { readable } = stream;
    if (readable.destroyed) return;
    readable.push(null);
    // A reader that does not read would keep its permit for ever.
    const timer = setTimeout(() => readable.destroy(), MAX_END_MS).unref();
    readable.once('close', () => {
      clearTimeout(timer);
    });
  }

  private remove(stream: OpenStream): void {
    for (const timer of stream.timers.splice(0)) clearTimeout(timer);
    this.recheck.remove(stream.admitted);
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
