/** Sets up a case: the service, a receiver and a load generator as processes, and an app with a token. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CreateWebhookRequest, Webhook } from '@im/contracts/api/webhooks';
import { LoadGenerator } from '../load/load-generator.js';
import type { LoadPlan, LoadReport } from '../load/load-commands.js';
import { ApiClient } from '@im/testbed/api-client';
import { Deployment } from '@im/testbed/deployment';
import { DnsServer, type NameBook } from '@im/testbed/dns-server';
import { cpuSecondsOf, cpuSecondsOfTree, peakResidentMiBOf } from '@im/testbed/process-usage';
import { Receiver } from '../receiver/receiver.js';
import type { ServerRole } from '@im/testbed/server-process';
import type { Services } from '@im/testbed/services';

const RELAY_EVERY_MS = 20;

export interface SceneOptions {
  roles: readonly ServerRole[];
  nodeArguments?: (role: ServerRole) => readonly string[];
  /** Whether events carry an id, so that they can be sent again. */
  hasIds: boolean;
  /** The answers of the scene's own name server; absent: the service asks those of the machine. */
  names?: NameBook | undefined;
  /** Further settings of the service. */
  env?: Record<string, string> | undefined;
}

export type SceneLoad = Omit<LoadPlan, 'apiUrl' | 'appKey' | 'token' | 'hasIds'>;

export class Scene {
  private relaying = new AbortController();
  private relayEnded: Promise<void> = Promise.resolve();

  private constructor(
    private readonly services: Services,
    private readonly options: SceneOptions,
    readonly deployment: Deployment,
    readonly receiver: Receiver,
    readonly generator: LoadGenerator,
    readonly api: ApiClient,
    readonly appKey: string,
    private token: string,
    readonly nameServer: DnsServer | null,
  ) {}

  static async open(services: Services, options: SceneOptions): Promise<Scene> {
    const opened: { close: () => Promise<void> }[] = [];
    try {
      const nameServer = options.names ? await DnsServer.start(options.names) : null;
      if (nameServer) opened.unshift({ close: () => nameServer.stop() });
      const env = { ...options.env, ...(nameServer && { DNS_SERVERS: nameServer.address }) };
      const deployment = await Deployment.start(services, { ...options, env });
      opened.unshift({ close: () => deployment.remove() });
      const receiver = await Receiver.start();
      opened.unshift({ close: () => receiver.stop() });
      const generator = await LoadGenerator.start();
      opened.unshift({ close: () => generator.stop() });
      const api = await ApiClient.logIn(deployment.apiUrl, deployment.admin);
      const { appKey } = await api.createApp('load');
      const token = await api.createToken(appKey, ['events:write']);
      return new Scene(services, options, deployment, receiver, generator, api, appKey, token, nameServer);
    } catch (error) {
      for (const { close } of opened) await close();
      throw error;
    }
  }

  webhooks(): Promise<Webhook[]> {
    return this.api.call('GET', `/apps/${this.appKey}/webhooks`);
  }

  /** What a load generator needs to know of this scene. */
  get loadTarget(): { apiUrl: string; appKey: string; token: string } {
    return { apiUrl: this.deployment.apiUrl, appKey: this.appKey, token: this.token };
  }

  /** From now on loads may send to apps that are made later. */
  async useTokenForEveryApp(): Promise<void> {
    this.token = await this.api.createToken(null, ['events:write']);
  }

  createWebhook(body: CreateWebhookRequest & Record<string, unknown>): Promise<Webhook> {
    return this.api.createWebhook(this.appKey, body);
  }

  async disableWebhook(webhookId: string): Promise<void> {
    await this.api.call('POST', `/apps/${this.appKey}/webhooks/${webhookId}/disable`);
  }

  /** Starts the load and keeps the generator informed how much has arrived. */
  async beginLoad(plan: SceneLoad): Promise<void> {
    const hasIds = this.options.hasIds || plan.isOrdered;
    await this.generator.begin({ ...plan, ...this.loadTarget, hasIds });
    this.relaying = new AbortController();
    this.relayEnded = this.relayArrivals(this.relaying.signal);
    // A later `await` gets the failure; until then it must not end the run.
    this.relayEnded.catch(() => undefined);
  }

  /** Resolves when everything sent has its answer. */
  async endLoad(): Promise<LoadReport> {
    const report = await this.generator.finish();
    this.relaying.abort();
    await this.relayEnded;
    return report;
  }

  /** CPU seconds of every process so far. */
  async cpuSeconds(): Promise<Record<string, number>> {
    const usage: Record<string, number> = {};
    for (const [index, server] of this.deployment.servers.entries()) {
      const isAlone = this.deployment.servers.filter(({ role }) => role === server.role).length === 1;
      usage[isAlone ? server.role : `${server.role} ${index}`] = await cpuSecondsOf(server.pid);
    }
    usage.PostgreSQL = await cpuSecondsOfTree(await this.services.pidOf('postgres'));
    usage.Redis = await cpuSecondsOfTree(await this.services.pidOf('redis'));
    usage.receiver = await cpuSecondsOf(this.receiver.pid);
    usage.generator = await cpuSecondsOf(this.generator.pid);
    usage.bench = await cpuSecondsOf(process.pid);
    return usage;
  }

  /** The highest of all server processes. */
  async peakResidentMiB(): Promise<number> {
    const peaks = await Promise.all(this.deployment.servers.map(({ pid }) => peakResidentMiBOf(pid)));
    return Math.max(...peaks);
  }

  async close(): Promise<void> {
    this.relaying.abort();
    await this.relayEnded.catch(() => undefined);
    await this.generator.stop();
    await this.deployment.stop();
    await this.receiver.stop();
    await this.deployment.remove();
    await this.nameServer?.stop();
  }

  private async relayArrivals(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { arrived } = await this.receiver.progress();
      await this.generator.noteArrived(arrived);
      await delay(RELAY_EVERY_MS);
    }
  }
}
