/** Plays OpenIM's message service: before-callbacks while the user waits, after-callbacks by two workers, without retries. */
import { Tally } from '../tally.js';
import { TaskPool } from '../task-pool.js';
import type { Simulator, SimulatorOptions } from '../simulator.js';
import { HOST, LENGTH, WireClient, type WireAnswer } from '../wire-client.js';
import { openimBody, openimKey, openimMessage, type OpenimMessage } from './openim-bodies.js';
import { openimVerdict } from './verdict.js';

export const OPENIM_VERSIONS = ['main', '3.8', '3.7'] as const;
export type OpenimVersion = (typeof OPENIM_VERSIONS)[number];

export interface OpenimOptions extends SimulatorOptions {
  /** Default: `main`. */
  version?: OpenimVersion;
  /** As in `webhooks.yml`; default: the 5 seconds of its shipped file. Its client never waits longer than 15. */
  timeoutMs?: number;
  /** How long a full queue is waited for; default: 3 seconds. */
  patienceMs?: number;
}

const CONNECTIONS = 100;
const WORKERS = 2;
const BUFFER = 100;
const PATIENCE_MS = 3_000;
const TIMEOUT_MS = 5_000;
const LONGEST_TIMEOUT_MS = 15_000;

export class OpenimSimulator implements Simulator {
  readonly tally = new Tally();
  readonly beforeTally = new Tally();
  private readonly client: WireClient;
  private readonly pool: TaskPool;
  private readonly timeoutMs: number;
  private serial = 0;
  private asking = 0;

  constructor(private readonly options: OpenimOptions) {
    this.client = new WireClient(options.url, { keptConnections: CONNECTIONS });
    const patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.pool = new TaskPool({ workers: WORKERS, capacity: BUFFER, patienceMs });
    this.timeoutMs = Math.min(options.timeoutMs ?? TIMEOUT_MS, LONGEST_TIMEOUT_MS);
  }

  get isIdle(): boolean {
    return this.asking === 0 && this.pool.isIdle;
  }

  async act(): Promise<void> {
    const serial = this.serial++;
    const message = openimMessage(serial, {
      content: this.options.contentOf?.(serial) ?? null,
      hasSendTime: this.options.version !== '3.7',
      nowMs: Date.now(),
    });
    if (this.options.asksBefore && !(await this.ask(message))) return;
    const isTaken = await this.pool.push(() => this.tell(message));
    if (!isTaken) this.tally.dropped += 1;
  }

  close(): void {
    this.pool.clear();
    this.client.close();
  }

  /** @returns whether the message may be sent */
  private async ask(message: OpenimMessage): Promise<boolean> {
    this.asking += 1;
    const answer = await this.post(message, message.before, '');
    this.asking -= 1;
    const verdict = openimVerdict(message.before, answer);
    this.beforeTally.note(answer, verdict.outcome !== 'blocked');
    this.options.onVerdict?.(verdict);
    return verdict.outcome === 'allowed';
  }

  /** It does not look at the answer; any is an answer. */
  private async tell(message: OpenimMessage): Promise<void> {
    const hasKey = (this.options.version ?? 'main') === 'main';
    const answer = await this.post(message, message.after, hasKey ? openimKey(message) : '');
    const isTaken = answer.status === 200;
    this.tally.note(answer, isTaken);
    if (isTaken) this.options.onStored?.(message.serial);
    else this.tally.dropped += 1;
  }

  private post(message: OpenimMessage, command: string, query: string): Promise<WireAnswer> {
    return this.client.post({
      // A plain join: an address that ends in a slash gives two.
      target: `${this.client.target}/${command}${query}`,
      headers: {
        Host: HOST,
        'User-Agent': 'Go-http-client/1.1',
        'Content-Length': LENGTH,
        'Content-Type': 'application/json; charset=utf-8',
        Operationid: message.operationId,
        'Accept-Encoding': 'gzip',
      },
      body: openimBody(message, command),
      timeoutMs: this.timeoutMs,
    });
  }
}
