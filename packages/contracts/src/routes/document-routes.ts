import { z } from 'zod';
import { defineRoute } from './route.js';

export const documentLanguageSchema = z.enum(['en', 'zh']);

const inLanguage = z.strictObject({
  /** Of titles and descriptions. */
  lang: documentLanguageSchema.default('en'),
});

export const documentRoutes = {
  openApi: defineRoute({
    operationId: 'getOpenApi',
    method: 'GET',
    path: '/api/openapi.json',
    tag: 'operations',
    summary: { en: 'This API as an OpenAPI 3.1 document', zh: '本 API 的 OpenAPI 3.1 文档' },
    access: 'public',
    query: inLanguage,
    answer: { status: 200, schema: z.looseObject({ openapi: z.string() }) },
    isOutsideOfApi: true,
  }),
};
