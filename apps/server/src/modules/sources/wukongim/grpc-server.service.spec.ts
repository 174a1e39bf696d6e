import { once } from 'node:events';
import { connect } from 'node:net';
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../../platform/clock/clock.js';
import type { SourceAnswer, SourceRequest } from '../source-kind.js';
import { WukongimGrpcServer, type ReceiveCall } from './grpc-server.service.js';
import { wukongimAdapter } from './wukongim.adapter.js';

const PATH = '/wkhook.WebhookService/SendWebhook';
const STORED: SourceAnswer = { status: 200, contentType: null, body: '' };
const HELD_BACK: SourceAnswer = { status: 503, contentType: null, body: '' };
/** EventResp{status: Success}. */
const SUCCESS = Buffer.from([8, 1]);

const opened: { close: () => unknown }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each.close();
});

interface Received {
  authority: string;
  request: SourceRequest;
  ip: string;
}

async function serve(receive: ReceiveCall): Promise<{ server: WukongimGrpcServer; port: number }> {
  const server = new WukongimGrpcServer(
    { HOST: '127.0.0.1', WUKONGIM_GRPC_PORT: 0 },
    new SystemClock(),
    receive,
  );
  opened.push({ close: () => server.stop() });
  return { server, port: (await server.start()) ?? 0 };
}

function clientOf(port: number, authority = 'hook.example:6979'): Client {
  const client = new Client(`127.0.0.1:${String(port)}`, credentials.createInsecure(), {
    'grpc.default_authority': authority,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.max_send_message_length': -1,
  });
  opened.push(client);
  return client;
}

function call(client: Client, message: Buffer, path = PATH): Promise<Buffer | ServiceError> {
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      path,
      (bytes: Buffer) => bytes,
      (bytes: Buffer) => bytes,
      message,
      new Metadata(),
      { deadline: Date.now() + 60_000 },
      (error, answer) => {
        resolve(error ?? answer ?? Buffer.alloc(0));
      },
    );
  });
}

function eventReq(event: string, data: string | Buffer): Buffer {
  return Buffer.concat([field(1, Buffer.from(event)), field(2, Buffer.from(data))]);
}

function field(number: number, value: Buffer): Buffer {
  const length: number[] = [];
  let rest = value.length;
  for (; rest >= 128; rest = Math.floor(rest / 128)) length.push((rest % 128) + 128);
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length, rest]), value]);
}

describe('the gRPC service', () => {
  it('hands a call over as the request that HTTP would have brought, with the authority and the address', async () => {
    const received: Received[] = [];
    const { port } = await serve((authority, request, ip) => {
      received.push({ authority, request, ip });
      return Promise.resolve(STORED);
    });
    const answer = await call(clientOf(port), eventReq('user.onlinestatus', '["u5-1-1-1-1-1"]'));
    expect(answer).toEqual(SUCCESS);
    expect(received).toMatchObject([
      {
        authority: 'hook.example:6979',
        ip: '127.0.0.1',
        request: { method: 'POST', path: '', query: 'event=user.onlinestatus' },
      },
    ]);
    const [request] = received.map((each) => each.request);
    expect(request && wukongimAdapter.read(request, {})).toMatchObject({
      events: [{ event: 'user.online' }],
    });
  });

  it.each<[string, ReceiveCall]>([
    ['what is not stored', () => Promise.resolve(HELD_BACK)],
    ['a failure', () => Promise.reject(new Error('no database'))],
  ])('answers %s with UNAVAILABLE, so that the server tries again', async (_, receive) => {
    const { port } = await serve(receive);
    expect(await call(clientOf(port), eventReq('msg.notify', '[]'))).toMatchObject({
      code: status.UNAVAILABLE,
    });
  });

  it('takes 32 MiB, refuses more, and serves on', async () => {
    const sizes: number[] = [];
    const { port } = await serve((_, { body }) => {
      sizes.push(body.length);
      return Promise.resolve(STORED);
    });
    const large = Buffer.alloc(33_554_432 - 100, 'x');
    expect(await call(clientOf(port), eventReq('msg.notify', large))).toEqual(SUCCESS);
    const tooLarge = eventReq('msg.notify', Buffer.alloc(33_554_432, 'x'));
    expect(await call(clientOf(port), tooLarge)).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    expect(await call(clientOf(port), eventReq('msg.notify', '[]'))).toEqual(SUCCESS);
    expect(sizes).toEqual([large.length, 2]);
  });

  it('survives what is no EventReq, no such method and no HTTP/2', async () => {
    const { port } = await serve(() => Promise.resolve(STORED));
    expect(await call(clientOf(port), Buffer.from('0a05', 'hex'))).toMatchObject({ code: status.INTERNAL });
    expect(await call(clientOf(port), Buffer.alloc(0), '/a.B/C')).toMatchObject({
      code: status.UNIMPLEMENTED,
    });
    const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
    socket.resume();
    await once(socket, 'close');
    expect(await call(clientOf(port), eventReq('msg.notify', '[]'))).toEqual(SUCCESS);
  });

  it('works on 16 calls at once, and on the others afterwards', async () => {
    let atOnce = 0;
    let most = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const { port } = await serve(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await released;
      atOnce -= 1;
      return STORED;
    });
    const client = clientOf(port);
    const calls = Array.from({ length: 40 }, () => call(client, eventReq('msg.offline', '{}')));
    await expect.poll(() => atOnce).toBe(16);
    release();
    expect(await Promise.all(calls)).toEqual(Array(40).fill(SUCCESS));
    expect(most).toBe(16);
  });

  it('lets calls under way end when it stops', async () => {
    let finish = (): void => undefined;
    let begun = (): void => undefined;
    const isBegun = new Promise<void>((resolve) => (begun = resolve));
    const { server, port } = await serve(async () => {
      begun();
      await new Promise<void>((resolve) => (finish = resolve));
      return STORED;
    });
    const answer = call(clientOf(port), eventReq('msg.notify', '[]'));
    await isBegun;
    const stopped = server.stop();
    finish();
    expect(await answer).toEqual(SUCCESS);
    await stopped;
  });

  it('is off when no port is configured', async () => {
    const server = new WukongimGrpcServer(
      { HOST: '127.0.0.1', WUKONGIM_GRPC_PORT: undefined },
      new SystemClock(),
      () => Promise.resolve(STORED),
    );
    expect(await server.start()).toBeNull();
    await server.stop();
  });

  it('says that its port is taken', async () => {
    const { port } = await serve(() => Promise.resolve(STORED));
    const other = new WukongimGrpcServer(
      { HOST: '127.0.0.1', WUKONGIM_GRPC_PORT: port },
      new SystemClock(),
      () => Promise.resolve(STORED),
    );
    await expect(other.start()).rejects.toThrow();
    await other.stop();
  });
});
