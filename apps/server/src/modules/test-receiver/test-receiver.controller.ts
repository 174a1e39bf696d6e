import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import type { TestReceiver } from '@im/contracts/api/test-receiver';
import { testReceiverRoutes as routes } from '@im/contracts/routes/test-receiver-routes';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { actorOf } from '../access/identity/domain/identity.js';
import { ReceivedRequestsService } from '../receiver-store/received-requests.service.js';
import { ReceiverAddressesService } from '../receiver-store/receiver-addresses.service.js';
import { ShowTestReceiverService } from './show-test-receiver.service.js';

/** A `Host` that is anything else is no address. */
const HOST = /^[a-z\d.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i;

@Controller()
export class TestReceiverController {
  constructor(
    private readonly addresses: ReceiverAddressesService,
    private readonly requests: ReceivedRequestsService,
    private readonly show: ShowTestReceiverService,
  ) {}

  @Route(routes.get)
  async get(@Input() { app, caller }: RouteInput<typeof routes.get>): Promise<Single<TestReceiver>> {
    return { data: await this.show.of(app.appId, caller) };
  }

  @Route(routes.create)
  async create(
    @Input() { app, caller, request }: RouteInput<typeof routes.create>,
  ): Promise<Single<TestReceiver>> {
    const host = HOST.test(request.host) ? request.host : 'localhost';
    await this.addresses.create(app.appId, `${request.protocol}://${host}`, actorOf(caller));
    return { data: await this.show.of(app.appId, caller) };
  }

  @Route(routes.update)
  async update(
    @Input() { app, caller, body, audit }: RouteInput<typeof routes.update>,
  ): Promise<Single<TestReceiver>> {
    if (!(await this.requests.setMode(app.appId, body.mode))) throw DomainError.notFound('test receiver');
    audit.note({ detail: { mode: body.mode } });
    return { data: await this.show.of(app.appId, caller) };
  }
}
