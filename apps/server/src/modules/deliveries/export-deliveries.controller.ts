import { Controller, Param, Query, Req, type StreamableFile } from '@nestjs/common';
import { deliverySchema } from '@im/contracts/api/deliveries';
import { deliveryRoutes } from '@im/contracts/routes/delivery-routes';
import type { FastifyRequest } from 'fastify';
import { StreamExportService } from '../../platform/exports/stream-export.service.js';
import { parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { FindCallerService } from '../access/identity/find-caller.service.js';
import { RecordAuditService } from '../access/audit/record-audit.service.js';
import { ResolveAppService, type AppRef } from '../apps/resolve-app.service.js';
import { ResolveWebhookService } from '../webhook-configs/resolve-webhook.service.js';
import { SearchDeliveriesService } from './search-deliveries.service.js';

const ROWS_PER_PAGE = 1_000;
const COLUMNS = Object.keys(deliverySchema.shape);

/** Whose deliveries, and who asks. */
interface ExportRequest {
  caller: Identity;
  request: FastifyRequest;
  app: AppRef;
  webhookId?: string;
  query: unknown;
}

@Controller()
export class ExportDeliveriesController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly search: SearchDeliveriesService,
    private readonly exports: StreamExportService,
    private readonly audit: RecordAuditService,
    private readonly callers: FindCallerService,
  ) {}

  @Route(deliveryRoutes.export)
  async ofApp(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    const app = await this.apps.forCaller(caller, appKey);
    return this.export({ caller, request, app, query });
  }

  @Route(deliveryRoutes.exportOfWebhook)
  async ofWebhook(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    const { app, webhook } = await this.resolveWebhook.forCaller(caller, appKey, id);
    return this.export({ caller, request, app, webhookId: webhook.webhookId, query });
  }

  private async export({ caller, request, app, webhookId, query }: ExportRequest): Promise<StreamableFile> {
    const { format, ...filters } = parseQuery(deliveryRoutes.export.query, query);
    const wanted = { ...filters, ...(webhookId !== undefined && { webhookId }) };
    const file = await this.exports.start({
      tenantId: app.tenantId,
      name: ['deliveries', app.appKey, webhookId].filter(Boolean).join('_'),
      format,
      columns: COLUMNS,
      // The same rule for both routes.
      recheckReader: () => this.callers.findAgain(request, deliveryRoutes.export.access),
      readPage: (cursor) => this.search.page(app, { ...wanted, limit: ROWS_PER_PAGE, cursor }),
    });
    await this.audit.record({
      identity: caller,
      action: 'deliveries.exported',
      appKey: app.appKey,
      targetId: webhookId,
      detail: { format, ...filters },
      ipAddress: request.ip,
    });
    return file;
  }
}
