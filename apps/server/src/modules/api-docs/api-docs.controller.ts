import { Controller, Header, Inject, Query } from '@nestjs/common';
import { documentRoutes } from '@im/contracts/routes/document-routes';
import { SERVICE_VERSION } from '@im/contracts/service-version';
import { ENV, type Env } from '../../config/env.js';
import { parseQuery } from '../../platform/http-server/parse-input.js';
import { Route } from '../access/access.decorators.js';
import { composeAsyncApi } from './compose-async-api.js';
import { composeOpenApi } from './compose-open-api.js';
import type { JsonSchema, Language } from './domain/document.js';
import { renderPages } from './domain/render-pages.js';

interface Documents {
  openApi: JsonSchema;
  asyncApi: JsonSchema;
  pages: string;
}

/** The API and the callbacks as documents, made of the contracts the server itself is made of. */
@Controller()
export class ApiDocsController {
  private readonly documents = new Map<Language, Documents>();

  constructor(@Inject(ENV) private readonly env: Pick<Env, 'PUBLIC_URL'>) {}

  @Route(documentRoutes.openApi)
  @Header('Cache-Control', 'no-cache')
  openApi(@Query() query: unknown): JsonSchema {
    return this.documentsIn(parseQuery(documentRoutes.openApi.query, query).lang).openApi;
  }

  @Route(documentRoutes.asyncApi)
  @Header('Cache-Control', 'no-cache')
  asyncApi(@Query() query: unknown): JsonSchema {
    return this.documentsIn(parseQuery(documentRoutes.asyncApi.query, query).lang).asyncApi;
  }

  @Route(documentRoutes.pages)
  @Header('Cache-Control', 'no-cache')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
  pages(@Query() query: unknown): string {
    return this.documentsIn(parseQuery(documentRoutes.pages.query, query).lang).pages;
  }

  /** Made once, when somebody asks. */
  private documentsIn(language: Language): Documents {
    const known = this.documents.get(language);
    if (known) return known;
    const head = { version: SERVICE_VERSION, language };
    const openApi = composeOpenApi({
      ...head,
      ...(this.env.PUBLIC_URL !== undefined && { serverUrl: this.env.PUBLIC_URL }),
    });
    const asyncApi = composeAsyncApi(head);
    const documents = { openApi, asyncApi, pages: renderPages({ openApi, asyncApi, language }) };
    this.documents.set(language, documents);
    return documents;
  }
}
