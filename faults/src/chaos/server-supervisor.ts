/** Keeps the server processes running, and applies the faults of the plan to them. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Deployment } from '@im/testbed/deployment';
import type { ServerProcess, ServerRole } from '@im/testbed/server-process';
import type { Timeline } from './timeline.js';

const RELAUNCH_PAUSE_MS = 200;
const READY_CHECK_MS = 25;

interface Slot {
  role: ServerRole;
  name: string;
  server: ServerProcess;
  isReady: boolean;
  /** Its end is, or may be, intended. */
  isExpectedToEnd: boolean;
  watched: Promise<void>;
  relaunching: Promise<void> | null;
}

export class ServerSupervisor {
  /** Processes that were ready and ended by themselves. */
  readonly crashes: string[] = [];
  readonly logFiles: string[] = [];
  private readonly slots: Slot[] = [];
  private isStopping = false;

  private constructor(
    private readonly deployment: Deployment,
    private readonly timeline: Timeline,
  ) {}

  static async start(
    deployment: Deployment,
    roles: readonly ServerRole[],
    timeline: Timeline,
  ): Promise<ServerSupervisor> {
    const supervisor = new ServerSupervisor(deployment, timeline);
    for (const [index, role] of roles.entries()) {
      const name = `${role}-${String(index)}`;
      const server = await deployment.launch(role, name);
      const slot: Slot = {
        ...{ role, name, server, isReady: false, isExpectedToEnd: false },
        ...{ watched: Promise.resolve(), relaunching: null },
      };
      supervisor.slots.push(slot);
      supervisor.logFiles.push(server.logFile);
      slot.watched = supervisor.watch(slot);
    }
    await supervisor.untilAllReady();
    return supervisor;
  }

  /** Addresses of the processes with an API, in any state. */
  get apiUrls(): string[] {
    return this.slots.filter(({ role }) => role !== 'worker').map(({ server }) => server.url);
  }

  /** Processes that deliver. */
  get workers(): number {
    return this.slots.filter(({ role }) => role !== 'api').length;
  }

  nameOf(index: number): string {
    return this.slot(index).name;
  }

  async kill(index: number, downMs: number): Promise<void> {
    await this.end(this.slot(index), 'SIGKILL', downMs);
  }

  async restart(index: number, downMs: number): Promise<void> {
    await this.end(this.slot(index), 'SIGTERM', downMs);
  }

  async pause(index: number, forMs: number): Promise<void> {
    const { server } = this.slot(index);
    server.signal('SIGSTOP');
    await delay(forMs);
    server.signal('SIGCONT');
  }

  stepClock(index: number, byMs: number): void {
    this.slot(index).server.send({ clockOffsetMs: byMs });
  }

  async untilAllReady(): Promise<void> {
    while (this.slots.some(({ isReady }) => !isReady)) await delay(READY_CHECK_MS);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    for (const slot of this.slots) slot.isExpectedToEnd = true;
    await Promise.all(this.slots.map(({ server }) => server.end('SIGTERM')));
    await Promise.all(this.slots.map(({ watched }) => watched));
  }

  private slot(index: number): Slot {
    const slot = this.slots[index];
    if (!slot) throw new Error(`There is no process ${String(index)}`);
    return slot;
  }

  private async end(slot: Slot, signal: 'SIGTERM' | 'SIGKILL', downMs: number): Promise<void> {
    const { server } = slot;
    slot.isExpectedToEnd = true;
    await server.end(signal);
    await delay(downMs);
    await this.relaunch(slot, server);
  }

  /** Watches one process until it ends; the next one in its slot is watched separately. */
  private async watch(slot: Slot): Promise<void> {
    const { server } = slot;
    void this.noteReady(slot, server);
    const how = await server.untilEnded();
    if (slot.isExpectedToEnd || slot.server !== server) return;
    if (slot.isReady) {
      this.timeline.note(`${slot.name} ENDED BY ITSELF (${how})`);
      this.crashes.push(`${slot.name} ended by itself (${how}):\n${await server.logTail()}`);
    } else {
      // A process that starts without PostgreSQL ends with a message; a supervisor starts it again.
      this.timeline.note(`${slot.name} did not get ready (${how})`);
    }
    await delay(RELAUNCH_PAUSE_MS);
    await this.relaunch(slot, server);
  }

  /** Without a limit, since a busy machine may be slow. */
  private async noteReady(slot: Slot, server: ServerProcess): Promise<void> {
    while (server.isRunning) {
      // Its log says why it is not ready yet.
      const isReady = await server.untilReady().then(
        () => true,
        () => false,
      );
      if (!isReady) continue;
      if (slot.server === server) slot.isReady = true;
      return;
    }
  }

  /** @param ended the process to replace, if it was not replaced already */
  private async relaunch(slot: Slot, ended: ServerProcess): Promise<void> {
    if (this.isStopping || slot.server !== ended) return;
    slot.relaunching ??= this.launchInto(slot);
    await slot.relaunching;
    slot.relaunching = null;
  }

  private async launchInto(slot: Slot): Promise<void> {
    slot.server = await this.deployment.launch(slot.role, slot.name);
    slot.isReady = false;
    slot.isExpectedToEnd = false;
    slot.watched = this.watch(slot);
  }
}
