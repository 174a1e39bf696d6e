import { z } from 'zod';
import { defineRoute } from './route.js';

export const documentLanguageSchema = z.enum(['en', 'zh']);

const inLanguage = z.strictObject({
  /** The language of titles and descriptions. */
  lang: documentLanguageSchema.default('en'),
});
const inAnyLanguage = z.strictObject({
  /** Absent: the language the browser prefers. */
  lang: documentLanguageSchema.optional(),
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
  asyncApi: defineRoute({
    operationId: 'getAsyncApi',
    method: 'GET',
    path: '/api/asyncapi.json',
    tag: 'operations',
    summary: { en: 'The callbacks as an AsyncAPI 3.0 document', zh: '回调的 AsyncAPI 3.0 文档' },
    access: 'public',
    query: inLanguage,
    answer: { status: 200, schema: z.looseObject({ asyncapi: z.string() }) },
    isOutsideOfApi: true,
  }),
  pages: defineRoute({
    operationId: 'getApiPages',
    method: 'GET',
    path: '/api/docs',
    tag: 'operations',
    summary: { en: 'This API and the callbacks to read', zh: '可阅读的 API 与回调文档' },
    access: 'public',
    query: inAnyLanguage,
    answer: { status: 200, mediaTypes: ['text/html'] },
    isOutsideOfApi: true,
  }),
};
