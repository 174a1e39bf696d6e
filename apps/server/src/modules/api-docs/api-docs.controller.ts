import { Controller, Header, Inject, Query } from '@nestjs/common';
import { composeOpenApi, type Language } from '@im/contracts/documents/openapi';
import { documentRoutes } from '@im/contracts/routes/document-routes';
import { SERVICE_VERSION } from '@im/contracts/service-version';
import { ENV, type Env } from '../../config/env.js';
import { parseQuery } from '../../platform/http/parse-input.js';
import { Route } from '../access/access.decorators.js';

/** The API and the callbacks as documents, made of the contracts the server itself is made of. */
@Controller()
export class ApiDocsController {
  private readonly openApi = new Map<Language, object>();

  constructor(@Inject(ENV) private readonly env: Pick<Env, 'PUBLIC_URL'>) {}

  @Route(documentRoutes.openApi)
  @Header('Cache-Control', 'no-cache')
  getOpenApi(@Query() query: unknown): object {
    const { lang } = parseQuery(documentRoutes.openApi.query, query);
    const known = this.openApi.get(lang);
    if (known) return known;
    const document = composeOpenApi({
      version: SERVICE_VERSION,
      language: lang,
      ...(this.env.PUBLIC_URL !== undefined && { serverUrl: this.env.PUBLIC_URL }),
    });
    this.openApi.set(lang, document);
    return document;
  }
}
