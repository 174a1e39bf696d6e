import { Controller, type StreamableFile } from '@nestjs/common';
import { deliverySchema } from '@im/contracts/api/deliveries';
import { deliveryRoutes } from '@im/contracts/routes/delivery-routes';
import { StreamExportService } from '../../platform/exports/stream-export.service.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { seesMembers } from '../access/identity/domain/identity.js';
import { FindCallerService } from '../access/identity/find-caller.service.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { SearchDeliveriesService } from './search-deliveries.service.js';

const ROWS_PER_PAGE = 1_000;
const COLUMNS = Object.keys(deliverySchema.shape);

type ExportInput = Omit<RouteInput<typeof deliveryRoutes.export>, 'path'>;

@Controller()
export class ExportDeliveriesController {
  constructor(
    private readonly webhooks: ResolveWebhookService,
    private readonly search: SearchDeliveriesService,
    private readonly exports: StreamExportService,
    private readonly callers: FindCallerService,
  ) {}

  @Route(deliveryRoutes.export)
  ofApp(@Input() input: RouteInput<typeof deliveryRoutes.export>): Promise<StreamableFile> {
    return this.export(input);
  }

  @Route(deliveryRoutes.exportOfWebhook)
  async ofWebhook(
    @Input() input: RouteInput<typeof deliveryRoutes.exportOfWebhook>,
  ): Promise<StreamableFile> {
    const { webhookId } = await this.webhooks.find(input.app, input.path.webhookId);
    return this.export(input, webhookId);
  }

  private async export(
    { caller, app, query, request, audit }: ExportInput,
    webhookId?: string,
  ): Promise<StreamableFile> {
    const { format, ...filters } = query;
    const wanted = { ...filters, ...(webhookId !== undefined && { webhookId }) };
    const file = await this.exports.start({
      tenantId: app.tenantId,
      name: ['deliveries', app.appKey, webhookId].filter(Boolean).join('_'),
      format,
      columns: COLUMNS,
      // The same rule for both routes.
      recheckReader: () => this.callers.findAgain(request, deliveryRoutes.export.access),
      readPage: (cursor) =>
        this.search.page(app, { ...wanted, limit: ROWS_PER_PAGE, cursor }, seesMembers(caller)),
    });
    audit.note({ detail: { format, ...filters } });
    return file;
  }
}
