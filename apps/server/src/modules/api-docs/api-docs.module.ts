import { Module } from '@nestjs/common';
import { ApiDocsController } from './api-docs.controller.js';
import { ServeScriptService } from './serve-script.service.js';

/** Wires OpenAPI, AsyncAPI and the page that people read. */
@Module({ controllers: [ApiDocsController], providers: [ServeScriptService] })
export class ApiDocsModule {}
