import { Body, Controller, Param } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import {
  EXPLAIN_SIGNATURE_LIMIT_BYTES,
  type ExplainedSignature,
} from '@im/contracts/api/signature-explanation';
import { diagnosisRoutes } from '@im/contracts/routes/diagnosis-routes';
import { BodyLimit } from '../../platform/http-server/body-limit.js';
import { parseBody } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { ResolveAppService } from '../apps/resolve-app.service.js';
import { ExplainSignatureService } from './explain-signature.service.js';

@Controller()
export class SignatureController {
  constructor(
    private readonly apps: ResolveAppService,
    private readonly explainSignature: ExplainSignatureService,
  ) {}

  @Route(diagnosisRoutes.explainSignature)
  @BodyLimit(EXPLAIN_SIGNATURE_LIMIT_BYTES)
  async explain(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Body() body: unknown,
  ): Promise<Single<ExplainedSignature>> {
    const app = await this.apps.forCaller(caller, appKey);
    const question = parseBody(diagnosisRoutes.explainSignature.body, body);
    return { data: await this.explainSignature.explain(app, question) };
  }
}
