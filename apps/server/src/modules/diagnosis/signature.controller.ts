import { Controller } from '@nestjs/common';
import type { Single } from '@im/contracts/api/common';
import {
  EXPLAIN_SIGNATURE_LIMIT_BYTES,
  type ExplainedSignature,
} from '@im/contracts/api/signature-explanation';
import { diagnosisRoutes } from '@im/contracts/routes/diagnosis-routes';
import { BodyLimit } from '../../platform/http-server/body-limit.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { ExplainSignatureService } from './explain-signature.service.js';

@Controller()
export class SignatureController {
  constructor(private readonly explainSignature: ExplainSignatureService) {}

  @Route(diagnosisRoutes.explainSignature)
  @BodyLimit(EXPLAIN_SIGNATURE_LIMIT_BYTES)
  async explain(
    @Input() { app, body }: RouteInput<typeof diagnosisRoutes.explainSignature>,
  ): Promise<Single<ExplainedSignature>> {
    return { data: await this.explainSignature.explain(app, body) };
  }
}
