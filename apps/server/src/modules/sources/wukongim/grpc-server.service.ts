/**
 * Serves the gRPC form of WuKongIM 2: plaintext calls of `wkhook.WebhookService/SendWebhook` without any token, told
 * apart by `:authority`, the address that the server was configured with.
 */
import {
  Metadata,
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  logVerbosity,
  setLogVerbosity,
  status,
  type sendUnaryData,
  type ServerInterceptingCallInterface,
  type ServerUnaryCall,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import type { Env } from '../../../config/env.js';
import type { Clock } from '../../../platform/clock/clock.js';
import type { SourceAnswer, SourceRequest } from '../source-kind.js';
import { CallSlots } from './call-slots.js';
import { readEventReq, writeEventResp, type EventReq, type EventResp } from './webhook-messages.js';

/** 100 messages come in one call. */
const MAX_MESSAGE_BYTES = 33_554_432;
/** With the largest messages they take half a gigabyte. */
const MAX_CALLS = 16;
/** The server makes up to 250 calls at once, each on a connection of its own. */
const MAX_WAITING_CALLS = 2_000;
/** The deadline of the server's own calls. */
const STOP_WITHIN_MS = 10_000;
const IDLE_CONNECTION_MS = 60_000;
const PATH = '/wkhook.WebhookService/SendWebhook';

const SERVICE: ServiceDefinition = {
  SendWebhook: {
    path: PATH,
    requestStream: false,
    responseStream: false,
    requestDeserialize: readEventReq,
    requestSerialize: ({ data }: EventReq) => data,
    responseSerialize: writeEventResp,
    responseDeserialize: (): EventResp => ({ isStored: true }),
  },
};

/** Finds the source of an authority and receives the request; status 200 lets WuKongIM go on. */
export type ReceiveCall = (authority: string, request: SourceRequest, ip: string) => Promise<SourceAnswer>;

export class WukongimGrpcServer {
  private server: Server | null = null;
  private readonly slots = new CallSlots(MAX_CALLS, MAX_WAITING_CALLS);

  constructor(
    private readonly env: Pick<Env, 'HOST' | 'WUKONGIM_GRPC_PORT'>,
    private readonly clock: Clock,
    private readonly receive: ReceiveCall,
  ) {}

  /**
   * @returns the port it listens on; null: none is configured
   * @throws Error when it cannot listen there
   */
  async start(): Promise<number | null> {
    const { HOST: host, WUKONGIM_GRPC_PORT: port } = this.env;
    if (port === undefined || this.server) return null;
    // Its lines are not of our log's form, and what they say is thrown or answered too.
    setLogVerbosity(logVerbosity.NONE);
    const server = new Server({
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      'grpc.max_concurrent_streams': MAX_WAITING_CALLS,
      'grpc.max_connection_idle_ms': IDLE_CONNECTION_MS,
      interceptors: [(_, call) => this.bound(call)],
    });
    server.addService(SERVICE, {
      SendWebhook: (call: ServerUnaryCall<EventReq, EventResp>, done: sendUnaryData<EventResp>) => {
        void this.serve(call).then((isStored) => {
          if (isStored) done(null, { isStored });
          else done({ code: status.UNAVAILABLE, details: 'The event could not be stored' });
        });
      },
    });
    const address = host.includes(':') ? `[${host}]` : host;
    this.server = server;
    return new Promise((resolve, reject) => {
      server.bindAsync(`${address}:${String(port)}`, ServerCredentials.createInsecure(), (error, bound) => {
        if (error) reject(error);
        else resolve(bound);
      });
    });
  }

  /** Lets calls under way end, but no longer than the server would wait for them. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (!server) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        server.forceShutdown();
        resolve();
      }, STOP_WITHIN_MS);
      server.tryShutdown(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private async serve(call: ServerUnaryCall<EventReq, EventResp>): Promise<boolean> {
    try {
      const answer = await this.receive(call.getHost(), this.requestOf(call), ipOf(call.getPeer()));
      return answer.status === 200;
    } catch {
      return false;
    }
  }

  private requestOf({ request, metadata }: ServerUnaryCall<EventReq, EventResp>): SourceRequest {
    const [userAgent] = metadata.get('user-agent');
    return {
      method: 'POST',
      path: '',
      query: `event=${encodeURIComponent(request.event.toWellFormed())}`,
      headers: {
        'content-type': 'application/json',
        ...(userAgent !== undefined && { 'user-agent': String(userAgent) }),
      },
      body: request.data,
      receivedAt: this.clock.now(),
    };
  }

  /** Nothing of a message is read before there is room for it. */
  private bound(call: ServerInterceptingCallInterface): ServerInterceptingCall {
    let leave: (() => void) | null = null;
    return new ServerInterceptingCall(call, {
      start: (next) => {
        next({
          onReceiveMetadata: (metadata, proceed) => {
            leave = this.slots.enter(() => {
              proceed(metadata);
            });
            if (!leave)
              call.sendStatus({
                code: status.UNAVAILABLE,
                details: 'Too many calls',
                metadata: new Metadata(),
              });
          },
          onCancel: () => leave?.(),
        });
      },
      sendStatus: (sent, next) => {
        leave?.();
        next(sent);
      },
    });
  }
}

/** @param peer address and port, IPv6 without brackets */
function ipOf(peer: string): string {
  return peer.replace(/:\d+$/, '').replaceAll(/[[\]]/g, '');
}
