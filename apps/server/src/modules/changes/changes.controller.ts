import { Controller } from '@nestjs/common';
import type { AppChanges } from '@im/contracts/api/changes';
import type { Single } from '@im/contracts/api/common';
import { changeRoutes } from '@im/contracts/routes/change-routes';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { ListChangesService } from './list-changes.service.js';

@Controller()
export class ChangesController {
  constructor(private readonly changes: ListChangesService) {}

  @Route(changeRoutes.list)
  async list(
    @Input() { app, query, caller }: RouteInput<typeof changeRoutes.list>,
  ): Promise<Single<AppChanges>> {
    return { data: await this.changes.list(app, query, caller) };
  }
}
