/** Reads request bodies within the route's size limit, the time limits and the memory bound. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addressBlockOf } from './address-block.js';
import { BodyClock } from './body-clock.js';
import { BodyMemory, type BodyOwner, type BodyShare } from './body-memory.js';
import { DomainError } from '../errors/domain-error.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set when the credentials were checked before the body; absent: the client's address is used. */
    bodyOwner?: BodyOwner;
    /** The body while it comes. */
    incomingBody: IncomingBody | null;
  }
}

/** A refused body up to this size is read to its end, so that the sender receives the answer. */
const MAX_DROPPED_BYTES = 16 * 1024 * 1024;
const RETRY_SECONDS = 1;

interface IncomingBody {
  share: BodyShare;
  refuse: (error: Error) => void;
}

/** Whether the request announces a body. */
export function hasBody({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

export class BodyReader {
  constructor(
    private readonly memory = new BodyMemory(),
    private readonly clock = new BodyClock(),
  ) {}

  /** Before any parser of bodies, after the drain. */
  attachTo(fastify: FastifyInstance, drain: { readonly isLeaving: boolean }): void {
    fastify.decorateRequest('incomingBody', null);
    fastify.addHook('preParsing', (request, reply, payload, done) => {
      if (hasBody(request)) this.open(request, reply.raw);
      done(null, payload);
    });
    fastify.addHook('onSend', (request, reply, payload, done) => {
      // Closing at once, as Fastify does, would reset the connection before the sender has read the answer.
      if (isStillComing(request.raw) && announcedBytes(request) <= MAX_DROPPED_BYTES) {
        if (drain.isLeaving) closeAfterBody(request.raw);
        else void reply.removeHeader('connection');
      }
      done(null, payload);
    });
    fastify.addHook('onResponse', ({ raw }, _reply, done) => {
      if (isStillComing(raw)) this.clock.linger(raw);
      done();
    });
    fastify.addHook('onClose', (_instance, done) => {
      this.clock.stop();
      done();
    });
  }

  /**
   * The whole body, a copy of its own.
   *
   * @throws DomainError `payload_too_large`, `too_many_requests`, `request_timeout`; `malformed_request` when it was
   * incomplete
   */
  async read(request: FastifyRequest, payload: Readable): Promise<Buffer> {
    // A media type alone is no body.
    if (!hasBody(request)) return Buffer.alloc(0);
    const { bodyLimit } = request.routeOptions;
    const body = request.incomingBody;
    if (!body) throw new Error('The body is read before the request was prepared for it');
    try {
      if (announcedBytes(request) > bodyLimit) throw tooLarge(bodyLimit);
      const bytes = await this.collect(request, payload, body, bodyLimit);
      body.share.complete();
      return bytes;
    } finally {
      this.clock.unwatch(request.raw);
      payload.resume();
    }
  }

  private open(request: FastifyRequest, response: NodeJS.EventEmitter): void {
    const body: IncomingBody = {
      share: this.memory.open(ownerOf(request), () => {
        body.refuse(tooManyBodies());
      }),
      refuse: () => undefined,
    };
    request.incomingBody = body;
    // For every end: answered, refused or aborted.
    response.once('close', body.share.release);
  }

  private collect(
    { raw }: FastifyRequest,
    payload: Readable,
    body: IncomingBody,
    bodyLimit: number,
  ): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const stop = (): void => {
        payload.off('data', take).off('end', finish).off('error', breakOff);
      };
      const refuse = (error: Error): void => {
        stop();
        reject(error);
      };
      const take = (chunk: Buffer): void => {
        length += chunk.length;
        if (length > bodyLimit) refuse(tooLarge(bodyLimit));
        else if (body.share.take(chunk.length)) chunks.push(chunk);
        else refuse(tooManyBodies());
      };
      const finish = (): void => {
        stop();
        resolve(Buffer.concat(chunks, length));
      };
      const breakOff = (): void => {
        refuse(new DomainError('malformed_request', 'The body broke off before its end'));
      };
      body.refuse = refuse;
      this.clock.expect(raw, () => {
        refuse(tooSlow());
      });
      payload.on('data', take).on('end', finish).on('error', breakOff);
    });
  }
}

/** The owner that memory and time of the body are charged to. */
export function ownerOf({ bodyOwner, ip }: Pick<FastifyRequest, 'bodyOwner' | 'ip'>): BodyOwner {
  return bodyOwner ?? { key: `address:${addressBlockOf(ip)}`, isVerified: false };
}

/** 0 for a body of unknown length, whose received bytes are counted. */
function announcedBytes({ headers }: FastifyRequest): number {
  return Number(headers['content-length'] ?? 0);
}

/** Injected requests have no connection and are always complete. */
function isStillComing({ complete }: { complete: boolean | undefined }): boolean {
  return complete === false;
}

/** Answers with `Connection: close`, and closes once the rest of the body has come. */
function closeAfterBody(request: IncomingMessage): void {
  const { socket } = request;
  const close = socket.destroySoon.bind(socket);
  // Called by Node right after the answer.
  socket.destroySoon = () => {
    if (isStillComing(request)) request.once('end', close);
    else close();
  };
}

function tooLarge(bodyLimit: number): DomainError {
  return new DomainError('payload_too_large', `The body of this request may have ${String(bodyLimit)} bytes`);
}

function tooManyBodies(): DomainError {
  const detail = 'More large requests come in than fit into memory';
  return new DomainError('too_many_requests', detail, { retryAfterSeconds: RETRY_SECONDS });
}

function tooSlow(): DomainError {
  return new DomainError(
    'request_timeout',
    'The body came too slowly: it has to be here within 30 s, and 1 KiB each second; send less at a time',
  );
}
