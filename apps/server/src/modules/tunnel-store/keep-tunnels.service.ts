/** Keeps tunnels, their streams and the requests on the way, for other modules. */
import { Injectable } from '@nestjs/common';
import { TunnelRequestsRepository } from './data/tunnel-requests.repository.js';
import { TunnelsRepository } from './data/tunnels.repository.js';
import type { TunnelAnswer, TunnelRow, TunnelStream, WaitingRequest } from './tunnel.js';
import { TunnelHints } from './tunnel-hints.js';

@Injectable()
export class KeepTunnelsService {
  constructor(
    private readonly tunnels: TunnelsRepository,
    private readonly requests: TunnelRequestsRepository,
    private readonly hints: TunnelHints,
  ) {}

  /** @returns when it is deleted, unless a client connects; undefined: the app has too many */
  create(tunnelId: string, appId: string, webhookId: string): Promise<Date | undefined> {
    return this.tunnels.insert(tunnelId, appId, webhookId);
  }

  /** Not of a deleted webhook. */
  find(appId: string, tunnelId: string): Promise<TunnelRow | undefined> {
    return this.tunnels.find(appId, tunnelId);
  }

  remove(tunnelId: string): Promise<void> {
    return this.tunnels.remove(tunnelId);
  }

  listIdle(): Promise<TunnelRow[]> {
    return this.tunnels.listIdle();
  }

  /** The stream gets the requests from now on. @returns whether requests missed their client before */
  connect(stream: TunnelStream): Promise<boolean> {
    return this.tunnels.connect(stream);
  }

  /** @returns the streams that are still the newest of live tunnels */
  renew(streams: readonly TunnelStream[]): Promise<Set<string>> {
    return this.tunnels.renew(streams);
  }

  /** @returns those of the tunnels that exist, with their webhooks */
  liveOf(tunnelIds: readonly string[]): Promise<Set<string>> {
    return this.tunnels.liveOf(tunnelIds);
  }

  disconnect(stream: TunnelStream): Promise<void> {
    return this.tunnels.disconnect(stream);
  }

  /** The requests that the streams did not get yet, oldest first, {@link MAX_TAKEN} at most. */
  take(streams: readonly TunnelStream[]): Promise<WaitingRequest[]> {
    return this.requests.take(streams);
  }

  /** @returns false: the request does not wait for an answer */
  async answer(tunnelId: string, requestId: string, answer: TunnelAnswer): Promise<boolean> {
    const isTaken = await this.requests.answer(tunnelId, requestId, answer);
    if (isTaken) this.hints.send('answer', requestId);
    return isTaken;
  }

  /** Forgets it. @returns whether requests missed their client */
  takeMissed(tunnelId: string): Promise<boolean> {
    return this.tunnels.takeMissed(tunnelId);
  }

  removeLeftBehind(): Promise<void> {
    return this.requests.removeLeftBehind();
  }
}
