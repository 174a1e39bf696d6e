import { Controller, Res } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { CreatedTunnel } from '@im/contracts/api/tunnels';
import { tunnelRoutes as routes } from '@im/contracts/routes/tunnel-routes';
import { tunnelUrl } from '@im/contracts/urls/tunnel-url';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { actorOf } from '../access/identity/domain/identity.js';
import { FindCallerService } from '../access/identity/find-caller.service.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { KeepTunnelsService } from '../tunnel-store/keep-tunnels.service.js';
import { CreateTunnelService } from './create-tunnel.service.js';
import { ConnectClientService } from './connect-client.service.js';

@Controller()
export class TunnelsController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly callers: FindCallerService,
    private readonly tunnels: CreateTunnelService,
    private readonly rows: KeepTunnelsService,
    private readonly clients: ConnectClientService,
  ) {}

  @Route(routes.create)
  async create(
    @Input() { caller, app, body, audit }: RouteInput<typeof routes.create>,
  ): Promise<Single<CreatedTunnel>> {
    const created = await this.tunnels.create(app, body, actorOf(caller));
    audit.note({ targetId: created.webhookId, detail: { url: tunnelUrl(created.tunnelId) } });
    return { data: created };
  }

  @Route(routes.requests)
  async requests(
    @Input() { app, path, request }: RouteInput<typeof routes.requests>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const mayStay = () => this.mayStay(request, app.appKey);
    const stream = await this.clients.connect(app, path.tunnelId, mayStay);
    await reply
      // A proxy must not buffer the stream.
      .headers({ 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' })
      .send(stream);
  }

  @Route(routes.answer)
  async answer(@Input() { app, path, body }: RouteInput<typeof routes.answer>): Promise<void> {
    const { tunnelId, requestId } = path;
    const tunnel = await this.rows.find(app.appId, tunnelId);
    if (!tunnel) throw DomainError.notFound('tunnel');
    const headers = Object.fromEntries(
      Object.entries(body.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const isTaken = await this.rows.answer(tunnelId, requestId, {
      status: body.status,
      headers: JSON.stringify(headers),
      body: Buffer.from(body.body, 'base64'),
    });
    if (isTaken) return;
    await this.clients.noteLateAnswer(app, tunnel);
    throw new DomainError('conflict', 'The request does not wait for an answer any more');
  }

  @Route(routes.delete)
  async delete(@Input() { caller, app, path, audit }: RouteInput<typeof routes.delete>): Promise<void> {
    const { webhookId } = await this.tunnels.close(app.appId, path.tunnelId, actorOf(caller));
    audit.note({ targetId: webhookId, detail: { url: tunnelUrl(path.tunnelId) } });
  }

  /** Checks access again while the stream is open: sessions, tokens, tenants and apps may end. */
  private async mayStay(request: FastifyRequest, appKey: string): Promise<boolean> {
    try {
      const identity = await this.callers.findAgain(request, routes.requests.access);
      await this.apps.forCaller(identity, appKey);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.status < 500) return false;
      throw error;
    }
  }
}
