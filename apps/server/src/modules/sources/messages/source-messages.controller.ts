import { Controller } from '@nestjs/common';
import type { Page, Single } from '@im/contracts/api/common';
import type { SourceMessage } from '@im/contracts/api/sources';
import { sourceRoutes as routes } from '@im/contracts/routes/source-routes';
import { idPage, readIdCursor } from '../../../platform/http-server/id-page.js';
import { Input, Route, type RouteInput } from '../../access/access.decorators.js';
import { ResolveSourceService } from '../resolve-source.service.js';
import { SourceMessagesRepository } from './data/source-messages.repository.js';
import { presentMessage, QueueMessagesService } from './queue-messages.service.js';

/** Sends messages as a bot and lists those that were sent. */
@Controller()
export class SourceMessagesController {
  constructor(
    private readonly resolve: ResolveSourceService,
    private readonly queue: QueueMessagesService,
    private readonly rows: SourceMessagesRepository,
  ) {}

  @Route(routes.sendMessage)
  async send(
    @Input() { app, path, body, audit }: RouteInput<typeof routes.sendMessage>,
  ): Promise<Single<SourceMessage>> {
    const { sourceId, name } = await this.resolve.find(app, path.sourceId);
    const row = await this.queue.queueRequested(sourceId, body);
    const { messageId, dialogId } = row;
    audit.note({ detail: { name, messageId, dialogId } });
    return { data: presentMessage(row) };
  }

  @Route(routes.messages)
  async list(
    @Input() { app, path, query }: RouteInput<typeof routes.messages>,
  ): Promise<Page<SourceMessage>> {
    const { sourceId } = await this.resolve.find(app, path.sourceId);
    const rows = await this.rows.list(sourceId, query.limit + 1, readIdCursor(query.cursor));
    return idPage(rows, query.limit, ({ messageId }) => messageId, presentMessage);
  }
}
