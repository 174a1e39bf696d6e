/** Opens the connections to Redis, one server or a cluster, and closes them after the queues have ended. */
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { ENV, type Env } from '../../config/env.js';
import { Logger } from '../logging/logger.js';
import { redisSettingsOf, type RedisSettings } from './redis-settings.js';

/**
 * The prefix of our keys in Redis; the braces put all of them in one hash slot of a cluster, as Bull's scripts need.
 */
export const KEY_PREFIX = '{imc}';

type RedisUse = 'commands' | 'subscriber' | 'blocking';

const MAX_PAUSE_MS = 2_000;
const GOODBYE_MS = 500;
/** What ioredis says of commands without an answer when their connection is closed. */
const CLOSED = 'Connection is closed.';
/** Blocking and subscribed connections have no time limit. */
const PATIENT: RedisOptions = { maxRetriesPerRequest: null, enableReadyCheck: false };

@Injectable()
export class RedisConnections implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly settings: RedisSettings;
  private sharedCommands: Redis | Cluster | undefined;
  private sharedSubscriber: Redis | Cluster | undefined;
  private isClosing = false;
  private readonly opened: (Redis | Cluster)[] = [];

  constructor(
    @Inject(ENV) env: Env,
    private readonly logger: Logger,
  ) {
    this.settings = redisSettingsOf(env);
  }

  /** Whether commands reach Redis now. */
  get isReady(): boolean {
    return this.commands.status === 'ready';
  }

  /** Shared by all senders of commands in this process. */
  get commands(): Redis | Cluster {
    return (this.sharedCommands ??= this.open('commands'));
  }

  /** Shared by all subscribers of this process. */
  get subscriber(): Redis | Cluster {
    return (this.sharedSubscriber ??= this.open('subscriber'));
  }

  /** A new connection for one caller, which may block in a command. */
  openBlocking(): Redis | Cluster {
    const connection = this.open('blocking');
    ignoreLostNaming(connection);
    return connection;
  }

  /** From now on the end of connections is intended. */
  beforeApplicationShutdown(): void {
    this.isClosing = true;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.opened.map(sayGoodbye));
  }

  private open(use: RedisUse): Redis | Cluster {
    const { nodes, isCluster, options } = this.settings;
    const redisOptions: RedisOptions = { ...options, ...(use === 'commands' ? {} : PATIENT) };
    const connection = isCluster
      ? new Cluster(nodes, {
          redisOptions,
          clusterRetryStrategy: pauseMs,
          // Names are not resolved: a certificate names hosts, seldom addresses.
          dnsLookup: (address, done) => {
            done(null, address);
          },
        })
      : new Redis({ ...redisOptions, ...nodes[0], retryStrategy: pauseMs });
    this.opened.push(connection);
    this.report(connection, use);
    return connection;
  }

  /** Logs one line for each loss and each return of the connection, for any number of tries in between. */
  private report(connection: Redis | Cluster, use: RedisUse): void {
    let isLost = false;
    const lost = (reason: string): void => {
      if (isLost || this.isClosing) return;
      isLost = true;
      this.logger.warn('redis.lost', { connection: use, reason });
    };
    connection.on('error', (error: Error) => {
      lost(error.message);
    });
    connection.on('close', () => {
      if (use === 'commands') lost('the connection was closed');
    });
    connection.on('ready', () => {
      if (isLost) this.logger.info('redis.back', { connection: use });
      isLost = false;
    });
  }
}

/** Bull names its connection and handles no failure: one that is closed before the answer would end the process. */
function ignoreLostNaming(connection: Redis | Cluster): void {
  const send = connection.client.bind(connection) as (...args: unknown[]) => Promise<unknown>;
  const client = async (...args: unknown[]): Promise<unknown> => {
    try {
      return await send(...args);
    } catch (error) {
      if (error instanceof Error && error.message === CLOSED) return null;
      throw error;
    }
  };
  Object.assign(connection, { client });
}

function pauseMs(attempt: number): number {
  return Math.min(attempt * 50, MAX_PAUSE_MS);
}

async function sayGoodbye(connection: Redis | Cluster): Promise<void> {
  if (connection.status === 'ready') {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GOODBYE_MS);
    });
    await Promise.race([connection.quit().catch(() => undefined), tooLate]);
    clearTimeout(timer);
  }
  connection.disconnect();
}
