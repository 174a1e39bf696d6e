/** Runs the service's processes on their own database. */
import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { ServerProcess, type ServerRole } from './server-process.js';
import type { Services } from './services.js';

export interface DeploymentOptions {
  roles: readonly ServerRole[];
  /** Settings that differ from production's. */
  env?: Record<string, string>;
  /** Given to Node, before the script. */
  nodeArguments?: (role: ServerRole) => readonly string[];
}

export interface Admin {
  email: string;
  password: string;
}

export class Deployment {
  readonly servers: ServerProcess[] = [];
  readonly admin: Admin = { email: 'admin@example.com', password: randomBytes(12).toString('hex') };
  private readonly secretsKey = randomBytes(32).toString('base64');

  private constructor(
    private readonly services: Services,
    private readonly databaseName: string,
    readonly databaseUrl: string,
    private readonly options: DeploymentOptions,
  ) {}

  /** On a new, empty database and an emptied Redis. */
  static async start(services: Services, options: DeploymentOptions): Promise<Deployment> {
    const databaseName = `testbed_${randomUUID().slice(0, 8)}`;
    await services.emptyRedis();
    const databaseUrl = await services.createDatabase(databaseName);
    const deployment = new Deployment(services, databaseName, databaseUrl, options);
    try {
      for (const role of options.roles) await deployment.add(role);
      return deployment;
    } catch (error) {
      await deployment.remove();
      throw error;
    }
  }

  /** Where the API listens. */
  get apiUrl(): string {
    const server = this.servers.find(({ role, isRunning }) => role !== 'worker' && isRunning);
    if (!server) throw new Error('No process with the API is running');
    return server.url;
  }

  async add(role: ServerRole): Promise<ServerProcess> {
    const server = await this.launch(role, role);
    this.servers.push(server);
    await server.untilReady();
    return server;
  }

  /**
   * Starts one more process, which is not ready yet and which the caller looks after.
   *
   * @param name of its log
   */
  launch(role: ServerRole, name: string): Promise<ServerProcess> {
    return ServerProcess.launch({
      role,
      env: {
        PATH: process.env.PATH ?? '',
        DATABASE_URL: this.databaseUrl,
        REDIS_URL: this.services.redisUrl,
        SECRETS_KEY: this.secretsKey,
        SHUTDOWN_DRAIN_SECONDS: '0',
        ADMIN_EMAIL: this.admin.email,
        ADMIN_PASSWORD: this.admin.password,
        WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8',
        ...this.options.env,
      },
      logFile: path.join(this.services.directory, `${this.databaseName}-${name}.log`),
      nodeArguments: this.options.nodeArguments?.(role) ?? [],
    });
  }

  /** Starts what was stopped again, each in a new process that takes the place of the old one. */
  async startAgain(): Promise<void> {
    for (const { role } of this.servers.splice(0)) await this.add(role);
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.end('SIGTERM')));
  }

  /** Stops what runs and drops the database. */
  async remove(): Promise<void> {
    await this.stop();
    await this.services.dropDatabase(this.databaseName);
  }
}
