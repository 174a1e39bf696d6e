/** Serves the script of the API reference: loaded on the first request, and kept compressed. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost, type AbstractHttpAdapter } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseEncoding } from './domain/accepted-encoding.js';
import { SCRIPT_PATH } from './domain/render-page.js';
import { loadScript, type ReferenceScript } from './load-script.js';

/** A file of the page, as the console's are: no route of the API, so no contract describes it. */
@Injectable()
export class ServeScriptService implements OnModuleInit {
  private loaded: Promise<ReferenceScript> | undefined;

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  onModuleInit(): void {
    // An application context, such as a command's, has no server.
    const adapter = this.adapterHost.httpAdapter as AbstractHttpAdapter | undefined;
    adapter?.getInstance<FastifyInstance>().get(SCRIPT_PATH, (request, reply) => this.serve(request, reply));
  }

  private async serve({ headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    this.loaded ??= loadScript();
    const { hash, bytes } = await this.loaded;
    const encoding = chooseEncoding(headers['accept-encoding']?.toString());
    const etag = `"${hash}-${encoding}"`;
    void reply.headers({ etag, vary: 'accept-encoding', 'cache-control': 'no-cache' });
    if (headers['if-none-match'] === etag) return reply.code(304).send();
    if (encoding !== 'identity') void reply.header('content-encoding', encoding);
    return reply.type('text/javascript; charset=utf-8').send(bytes[encoding]);
  }
}
