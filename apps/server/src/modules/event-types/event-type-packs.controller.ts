import { Controller } from '@nestjs/common';
import type { EventTypePack, InstalledPack } from '@im/contracts/api/event-type-packs';
import type { Single } from '@im/contracts/api/common';
import { eventTypeRoutes } from '@im/contracts/routes/event-type-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { InstallPackService } from './install-pack.service.js';

@Controller()
export class EventTypePacksController {
  constructor(private readonly packs: InstallPackService) {}

  @Route(eventTypeRoutes.listPacks)
  async list(
    @Input() { caller }: RouteInput<typeof eventTypeRoutes.listPacks>,
  ): Promise<{ data: EventTypePack[] }> {
    return { data: await this.packs.list(caller.tenantId) };
  }

  @Route(eventTypeRoutes.installPack)
  async install(
    @Input() { caller, path, audit }: RouteInput<typeof eventTypeRoutes.installPack>,
  ): Promise<Single<InstalledPack>> {
    const installed = await this.packs.install(caller, path.packName);
    const { added } = installed;
    if (added.length === 0) audit.skip();
    else audit.note({ targetId: path.packName, detail: { name: path.packName, added } });
    return { data: installed };
  }
}
