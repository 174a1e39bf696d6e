/** `imcb listen`: callbacks arrive on localhost, through a tunnel. */
import type { Client } from '@im/client/client';
import { isApiError } from '@im/client/api-error';
import { TUNNEL_HEARTBEAT_MS } from '@im/contracts/api/tunnel-constants';
import type { CreatedTunnel, TunnelEnd, TunnelRequest } from '@im/contracts/api/tunnels';
import { DELIVERY_HEADERS } from '@im/contracts/signature';
import type { Command } from 'commander';
import { readList, readPort } from '../arguments.js';
import { CliError, EXIT } from '../exit-codes.js';
import { forwardRequest, type Forwarded, type LocalTarget } from '../listen/forward-request.js';
import { SharedForwards } from '../listen/share-forwards.js';
import { clockText } from '../output.js';
import type { Run } from '../run-command.js';
import { clientOf, type Session } from '../session.js';

interface ListenOptions {
  path: string;
  host: string;
  events?: string;
  name?: string;
}

/** A restart of the service takes some seconds. */
const RETRIES = 8;
/** For requests in progress at the end: opening a tunnel, answers, closing it. */
const CLOSE_MS = 3_000;
/** Three heartbeats. */
const SILENCE_MS = 3 * TUNNEL_HEARTBEAT_MS;

export function addListen(program: Command, session: Session, run: Run): void {
  const { listen: text } = session.text;
  program
    .command('listen')
    .description(text.description)
    .argument('<port>', text.port)
    .option('--path <path>', text.path, '/')
    .option('--host <host>', text.host, '127.0.0.1')
    .option('--events <events>', text.events)
    .option('--name <name>', text.name)
    .action((port: string, options: ListenOptions) =>
      run(async (signal) => {
        const path = options.path.startsWith('/') ? options.path : `/${options.path}`;
        const target = { host: options.host, port: readPort(port, session.text), path };
        const { client, appKey } = await session.inApp({ retries: RETRIES, signal: abortLater(signal) });
        await new Listening(session, client, appKey, target, signal).run(options);
      }),
    );
}

/** A request that creates a tunnel may still return its id, so that the tunnel can be closed. */
function abortLater(signal: AbortSignal): AbortSignal {
  const later = new AbortController();
  const end = (): void => {
    setTimeout(() => {
      later.abort(signal.reason);
    }, CLOSE_MS).unref();
  };
  signal.addEventListener('abort', end, { once: true });
  return later.signal;
}

class Listening {
  private readonly forwards = new SharedForwards<Forwarded>();

  constructor(
    private readonly session: Session,
    private readonly client: Client,
    private readonly appKey: string,
    private readonly target: LocalTarget,
    private readonly signal: AbortSignal,
  ) {}

  async run({ events, name }: ListenOptions): Promise<void> {
    const body = { events: readList(events), ...(name !== undefined && { name }) };
    const tunnel = await this.client.call('POST /apps/{appKey}/tunnels', {
      params: { appKey: this.appKey },
      body,
    });
    const address = `http://${this.target.host}:${String(this.target.port)}${this.target.path}`;
    const { out, text } = this.session;
    out.result(
      { event: 'listening', ...tunnel, forwardTo: address },
      text.listen.forwarding(tunnel.events.join(', ') || text.listen.everything, address),
      text.listen.secret(tunnel.secret),
    );
    try {
      await this.read(tunnel);
    } finally {
      await this.close(tunnel);
    }
  }

  private async read({ tunnelId }: CreatedTunnel): Promise<void> {
    const { signal } = this;
    const { text, out } = this.session;
    let isBroken = false;
    const events = this.client.stream('GET /apps/{appKey}/tunnels/{tunnelId}/requests', {
      params: { appKey: this.appKey, tunnelId },
      ...{ signal, silenceMs: SILENCE_MS },
      onOpen: () => {
        if (isBroken) out.note(text.listen.back);
        isBroken = false;
      },
      onBreak: (error) => {
        if (error === null) return;
        if (!isBroken) out.note(text.listen.lost(error.message));
        isBroken = true;
      },
    });
    try {
      for await (const { event, data } of events) {
        if (event === 'request') void this.pass(tunnelId, data as TunnelRequest);
        else if (event === 'end') throw this.ended(data as TunnelEnd);
      }
    } catch (error) {
      if (signal.aborted) return;
      throw isApiError(error, 'not_found') ? this.ended({ reason: 'deleted' }) : error;
    }
  }

  private ended({ reason }: TunnelEnd): CliError {
    return new CliError(EXIT.refused, this.session.text.listen.ended[reason]);
  }

  /** Never rejects. */
  private async pass(tunnelId: string, request: TunnelRequest): Promise<void> {
    const headers = new Map(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
    const header = (name: string): string => headers.get(name.toLowerCase()) ?? '';
    const delivery = header(DELIVERY_HEADERS.deliveryId) || request.requestId;
    const forwarded = await this.forwards.run(delivery, () =>
      forwardRequest(request, this.target, this.signal),
    );
    // The service cancels it with the tunnel.
    if (this.signal.aborted) return;
    const fault = await this.answer(tunnelId, request.requestId, forwarded);
    const [event, attempt] = [header(DELIVERY_HEADERS.event), Number(header(DELIVERY_HEADERS.attempt) || 1)];
    this.report({ event, attempt, deliveryId: delivery, forwarded, fault });
  }

  /** @returns null: the service took the answer; otherwise why not */
  private async answer(tunnelId: string, requestId: string, { answer }: Forwarded): Promise<string | null> {
    try {
      await this.client.call('POST /apps/{appKey}/tunnels/{tunnelId}/requests/{requestId}/response', {
        params: { appKey: this.appKey, tunnelId, requestId },
        body: answer,
        idempotencyKey: requestId,
      });
      return null;
    } catch (error) {
      if (isApiError(error, 'conflict')) return this.session.text.listen.late;
      return error instanceof Error ? error.message : String(error);
    }
  }

  private report(passed: {
    event: string;
    attempt: number;
    deliveryId: string;
    forwarded: Forwarded;
    fault: string | null;
  }): void {
    const { out, text } = this.session;
    const { event, attempt, deliveryId, forwarded, fault } = passed;
    const { status } = forwarded.answer;
    const durationMs = Math.round(forwarded.durationMs);
    const remarks = [
      ...(attempt > 1 ? [text.listen.attempt(attempt)] : []),
      ...(forwarded.fault === null ? [] : [forwarded.fault]),
      ...(fault === null ? [] : [fault]),
    ];
    out.result(
      {
        event: 'request',
        name: event,
        deliveryId,
        attempt,
        status,
        durationMs,
        fault: fault ?? forwarded.fault,
      },
      [clockText(new Date()), String(status), event, `${String(durationMs)} ms`, ...remarks].join('  '),
    );
  }

  /** Pending requests are canceled; a service that cannot be reached deletes the tunnel later by itself. */
  private async close({ tunnelId }: CreatedTunnel): Promise<void> {
    const { url, token } = await this.session.profile();
    const params = { appKey: this.appKey, tunnelId };
    await clientOf(url, token, this.session.text, { retries: 0 })
      .call('DELETE /apps/{appKey}/tunnels/{tunnelId}', { params, signal: AbortSignal.timeout(CLOSE_MS) })
      .catch(() => undefined);
  }
}
