import { Module } from '@nestjs/common';
import { ApiDocsController } from './api-docs.controller.js';

/** OpenAPI, AsyncAPI and the pages people read. */
@Module({ controllers: [ApiDocsController] })
export class ApiDocsModule {}
