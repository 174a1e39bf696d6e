/**
 * Manages the kept-alive connections to one origin. A connection belongs to one exchange at a time, so measurements of
 * the connector belong to that exchange, and aborting an exchange ends its socket.
 */
import type { Socket } from 'node:net';
import { Client } from 'undici';
import { AnswerFilter, type AnswerListener } from './answer-filter.js';
import { MAX_ANSWER_HEADERS_BYTES } from './answer-head.js';
import type { Exchange, LeasedConnection } from './exchange.js';
import type { Connecting, GuardedConnector } from './connector.js';
import { KeptSocket } from './kept-socket.js';

export interface ConnectionSettings {
  connector: GuardedConnector;
  maxConnectionsPerOrigin: number;
  /** How long an idle connection is kept when the receiver does not say (`Keep-Alive: timeout=…`). */
  keepAliveMs: number;
  /** The maximal age of a connection; it is ended between two exchanges. */
  maxAgeMs: number;
}

export class OriginConnections {
  private readonly idle: Connection[] = [];
  private readonly waiting: Exchange[] = [];
  private size = 0;
  private isClosing = false;

  constructor(
    readonly origin: string,
    /** The owner of the connections: the origin, and the client certificate they were made with. */
    readonly key: string,
    readonly settings: ConnectionSettings,
    private readonly onEmpty: (connections: OriginConnections) => void,
  ) {}

  /** Sends now, over an idle or a new connection, or as soon as one of the allowed ones becomes free. */
  send(exchange: Exchange): void {
    const idle = this.takeIdle();
    // An unwanted idle one is closed for the new one, since the receiver seems to close them now.
    if (idle && exchange.isConnectionNew) this.replace(idle, exchange);
    else if (idle) idle.send(exchange);
    else if (this.size < this.settings.maxConnectionsPerOrigin) this.open().send(exchange);
    else this.waiting.push(exchange);
  }

  /** Returns a connection whose exchange ended cleanly. */
  release(connection: Connection): void {
    if (connection.isTooOld) {
      this.discard(connection);
      return;
    }
    const next = this.nextWaiting();
    if (next?.isConnectionNew) {
      this.end(connection);
      this.open().send(next);
    } else if (next) connection.send(next);
    else if (this.isClosing) this.discard(connection);
    else this.idle.push(connection);
  }

  /** Ends a connection; its socket is destroyed, not drained. */
  discard(connection: Connection): void {
    const index = this.idle.indexOf(connection);
    if (index >= 0) this.idle.splice(index, 1);
    this.end(connection);
    const next = this.nextWaiting();
    if (next) this.open().send(next);
    if (this.size === 0) this.onEmpty(this);
  }

  private replace(idle: Connection, exchange: Exchange): void {
    this.open().send(exchange);
    this.discard(idle);
  }

  /** Ends the idle connections now and the others after their exchange. */
  close(): void {
    this.isClosing = true;
    for (const connection of [...this.idle]) this.discard(connection);
  }

  private takeIdle(): Connection | undefined {
    let idle = this.idle.pop();
    while (idle?.isTooOld) {
      this.end(idle);
      idle = this.idle.pop();
    }
    return idle;
  }

  private end(connection: Connection): void {
    connection.destroy();
    this.size -= 1;
  }

  private open(): Connection {
    this.size += 1;
    return new Connection(this);
  }

  private nextWaiting(): Exchange | undefined {
    let next = this.waiting.shift();
    while (next?.isSettled) next = this.waiting.shift();
    return next;
  }
}

/** Connections made together do not end together. */
const AGE_SPREAD = 0.2;

/** One undici client, which has at most one socket and reconnects when the receiver closed it in between. */
export class Connection implements LeasedConnection, AnswerListener {
  private readonly client: Client;
  private exchange: Exchange | null = null;
  private socket: Connecting | null = null;
  private remoteAddress: string | null = null;
  /** Monotonic milliseconds. */
  private endsAt = Infinity;
  private answers: AnswerFilter | null = null;
  private kept: KeptSocket | null = null;

  constructor(private readonly home: OriginConnections) {
    const { connector, keepAliveMs, maxAgeMs } = home.settings;
    this.client = new Client(home.origin, {
      connect: (options, callback) => {
        const { exchange } = this;
        if (!exchange) throw new Error('a connection is made for an exchange only');
        this.endsAt = performance.now() + maxAgeMs * (1 - AGE_SPREAD * Math.random());
        this.socket = connector(options, exchange, (...result) => {
          if (result[1]) this.watch(result[1], exchange.connectMs ?? 0);
          callback(...result);
        });
      },
      allowH2: false,
      pipelining: 1,
      maxHeaderSize: MAX_ANSWER_HEADERS_BYTES,
      keepAliveTimeout: keepAliveMs,
      // A receiver may ask for more than `keepAliveMs`, but for no more than a connection's age.
      keepAliveMaxTimeout: maxAgeMs,
      // The exchange has one precise deadline for everything; undici's timers are coarse.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.client.on('disconnect', () => {
      if (!this.exchange && !this.client.destroyed) this.home.discard(this);
    });
  }

  get isTooOld(): boolean {
    return performance.now() >= this.endsAt;
  }

  send(exchange: Exchange): void {
    this.exchange = exchange;
    exchange.remoteAddress = this.remoteAddress;
    exchange.phase = 'connect';
    exchange.connection = this;
    this.client.dispatch(exchange.options, exchange);
  }

  expectAnswer(): void {
    this.kept?.onRequest();
    this.answers?.expect(this);
  }

  onAnswerBytes(): void {
    this.kept?.onAnswerBytes();
    this.exchange?.onAnswerBytes();
  }

  get answerStart(): string {
    return this.answers?.start ?? '';
  }

  get receivedHeaders(): Readonly<Record<string, string>> | null {
    return this.answers?.received ?? null;
  }

  isUnread(error: Error): boolean {
    return this.kept?.isUnread(error) ?? false;
  }

  /** The exchange has ended: keep the socket for the next one. */
  release(): void {
    if (this.answers?.isSpent) {
      this.discard();
      return;
    }
    this.remoteAddress = this.exchange?.remoteAddress ?? null;
    this.exchange = null;
    this.home.release(this);
  }

  /** The exchange was aborted, so the socket is destroyed. */
  discard(): void {
    this.exchange = null;
    this.home.discard(this);
  }

  /** Before the client has the socket, so that its listeners come later. */
  private watch(socket: Socket, connectMs: number): void {
    this.answers = new AnswerFilter(socket);
    this.kept = new KeptSocket(socket, connectMs);
  }

  destroy(): void {
    void this.client.destroy();
    // A socket still connecting is not the client's yet.
    this.socket?.destroy();
    this.socket = null;
  }
}
