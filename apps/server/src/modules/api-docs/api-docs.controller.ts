import { Controller, Header, Inject } from '@nestjs/common';
import { documentRoutes } from '@im/contracts/routes/document-routes';
import { SERVICE_VERSION } from '@im/contracts/service-version';
import { ENV, type Env } from '../../config/env.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { composeAsyncApi } from './compose-async-api.js';
import { composeOpenApi } from './compose-open-api.js';
import { chooseLanguage } from './domain/accepted-language.js';
import type { Language } from './domain/document.js';
import { renderPage } from './domain/render-page.js';

interface Documents {
  openApi: ReturnType<typeof composeOpenApi>;
  asyncApi: ReturnType<typeof composeAsyncApi>;
}

/** The page loads its script and the documents from this service only. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves the OpenAPI and AsyncAPI documents, composed of the contracts, and a page that renders them. */
@Controller()
export class ApiDocsController {
  private readonly documents = new Map<Language, Documents>();

  constructor(@Inject(ENV) private readonly env: Pick<Env, 'PUBLIC_URL'>) {}

  @Route(documentRoutes.openApi)
  @Header('Cache-Control', 'no-cache')
  openApi(@Input() { query }: RouteInput<typeof documentRoutes.openApi>): Documents['openApi'] {
    return this.documentsIn(query.lang).openApi;
  }

  @Route(documentRoutes.asyncApi)
  @Header('Cache-Control', 'no-cache')
  asyncApi(@Input() { query }: RouteInput<typeof documentRoutes.asyncApi>): Documents['asyncApi'] {
    return this.documentsIn(query.lang).asyncApi;
  }

  @Route(documentRoutes.pages)
  @Header('Cache-Control', 'no-cache')
  @Header('Vary', 'Accept-Language')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', CONTENT_SECURITY_POLICY)
  pages(@Input() { query, request }: RouteInput<typeof documentRoutes.pages>): string {
    return renderPage(query.lang ?? chooseLanguage(request.headers['accept-language']));
  }

  /** Composed once for each language, on the first request. */
  private documentsIn(language: Language): Documents {
    const known = this.documents.get(language);
    if (known) return known;
    const head = { version: SERVICE_VERSION, language };
    const openApi = composeOpenApi({
      ...head,
      ...(this.env.PUBLIC_URL !== undefined && { serverUrl: this.env.PUBLIC_URL }),
    });
    const documents = { openApi, asyncApi: composeAsyncApi(head) };
    this.documents.set(language, documents);
    return documents;
  }
}
