/** Reads the bodies of requests: no longer than the route allows, no slower than they may come, within the memory there is. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addressBlockOf } from './address-block.js';
import { BodyClock } from './body-clock.js';
import { BodyMemory, type BodyOwner, type BodyShare } from './body-memory.js';
import { DomainError } from '../errors/domain-error.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by what looked at the credentials before the body; absent: the address it comes from. */
    bodyOwner?: BodyOwner;
    /** The body while it comes. */
    incomingBody: IncomingBody | null;
  }
}

/** A body that is refused is read to its end when it is not longer, so that the sender gets to see the answer. */
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
      // Closing at once, as Fastify would, resets the connection of a sender that has not read the answer yet.
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
   * @throws DomainError `payload_too_large`, `too_many_requests`, `request_timeout`; `malformed_request` when it broke off
   */
  async read(request: FastifyRequest, payload: Readable): Promise<Buffer> {
    // A media type alone makes no body.
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
      this.clock.forget(request.raw);
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
    // However it ends: answered, refused or broken off.
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

/** Whom the memory and the time are charged to that the body takes. */
export function ownerOf({ bodyOwner, ip }: Pick<FastifyRequest, 'bodyOwner' | 'ip'>): BodyOwner {
  return bodyOwner ?? { key: `address:${addressBlockOf(ip)}`, isVerified: false };
}

/** 0 for a body of unknown length, of which only what came counts. */
function announcedBytes({ headers }: FastifyRequest): number {
  return Number(headers['content-length'] ?? 0);
}

/** Injected requests, which have no connection, are complete without saying so. */
function isStillComing({ complete }: { complete: boolean | undefined }): boolean {
  return complete === false;
}

/** The answer says that the connection ends with it, and it does once the rest of the body has come. */
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
