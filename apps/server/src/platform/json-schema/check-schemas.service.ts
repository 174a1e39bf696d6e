/**
 * Checks schemas of tenants in a child process, one question after the other, tenants round robin. The event loop is
 * not blocked, and the memory for compiling an expensive schema is freed when the process ends.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FieldError } from '@im/contracts/problem';
import { DomainError } from '../errors/domain-error.js';
import { FairQueue } from '../limits/fair-queue.js';
import type { BudgetLeft } from './check-budget.js';
import type { SchemaAnswer, SchemaQuestion } from './schema-messages.js';

/** Questions of one tenant that may wait. */
const MAX_WAITING = 50;
/** Far more than one question and the start of the process take. */
const MAX_ANSWER_MS = 30_000;
/** The process ends after this time without a question. */
const IDLE_MS = 60_000;
/**
 * A payload takes some thirty megabytes once it is parsed. Maglev takes 150 to compile what ajv makes of a schema with
 * hundreds of choices, and the code is no faster for it.
 */
const NODE_ARGUMENTS = ['--max-old-space-size=128', '--max-semi-space-size=4', '--no-maglev'];

/** Specs run from the sources, but start the built file. */
const SCRIPT = new URL(
  import.meta.url.endsWith('.ts')
    ? '../../../dist/platform/json-schema/schema-checker.process.js'
    : './schema-checker.process.js',
  import.meta.url,
);

type Question = Omit<SchemaQuestion, 'id'>;

interface Asked {
  question: Question;
  resolve: (answer: SchemaAnswer) => void;
  reject: (error: Error) => void;
}

@Injectable()
export class CheckSchemasService implements OnModuleDestroy {
  private readonly waiting = new FairQueue<Asked>();
  private child: ChildProcess | undefined;
  private underWay: { id: number; asked: Asked } | undefined;
  private lastId = 0;
  /** Of the answer under way, or of the next question. */
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  /**
   * @param data JSON text of the value
   * @param left the caller's remaining budget, which this check reduces
   * @throws DomainError `too_many_requests` while too many questions of the tenant wait; `service_unavailable` when the
   *   process cannot be started or ended
   */
  async check(tenantId: string, schema: string, data: string, left: BudgetLeft): Promise<FieldError[]> {
    const { faults, budget } = await this.ask(tenantId, { schema, data, budget: left });
    Object.assign(left, budget);
    return faults;
  }

  /** The faults of a schema, as by `findSchemaFaults`. @throws as {@link check} */
  async findSchemaFaults(tenantId: string, schema: string): Promise<FieldError[]> {
    return (await this.ask(tenantId, { schema, budget: { steps: 0, ms: 0 } })).faults;
  }

  onModuleDestroy(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.end();
    this.underWay?.asked.reject(unavailable());
    this.underWay = undefined;
    for (let asked = this.waiting.shift(); asked; asked = this.waiting.shift()) asked.reject(unavailable());
  }

  private ask(tenantId: string, question: Question): Promise<SchemaAnswer> {
    if (this.isStopped) return Promise.reject(unavailable());
    if (this.waiting.lengthOf(tenantId) >= MAX_WAITING) {
      const message = 'More events come in than can be checked against their schemas';
      return Promise.reject(new DomainError('too_many_requests', message, { retryAfterSeconds: 1 }));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push(tenantId, { question, resolve, reject });
      this.goOn();
    });
  }

  private goOn(): void {
    if (this.underWay || this.isStopped) return;
    clearTimeout(this.timer);
    const asked = this.waiting.shift();
    if (!asked) {
      this.after(IDLE_MS, () => this.end());
      return;
    }
    this.lastId += 1;
    this.underWay = { id: this.lastId, asked };
    this.after(MAX_ANSWER_MS, () => this.fail(new Error('The check took too long')));
    try {
      this.child ??= this.start();
      // Without a file descriptor the process has no channel, and reports its error later.
      if (!this.child.connected) throw new Error('The process that checks schemas cannot be reached');
      this.child.send({ ...asked.question, id: this.lastId } satisfies SchemaQuestion);
    } catch (error) {
      this.fail(error as Error);
    }
  }

  private start(): ChildProcess {
    // It gets no environment, since it needs no secrets.
    const child = fork(fileURLToPath(SCRIPT), { execArgv: NODE_ARGUMENTS, env: {} });
    child.unref();
    child.channel?.unref();
    child.on('message', (answer: SchemaAnswer) => {
      if (answer.id !== this.underWay?.id) return;
      const { asked } = this.underWay;
      this.underWay = undefined;
      asked.resolve(answer);
      this.goOn();
    });
    const failed = (cause: Error): void => {
      if (child === this.child) this.fail(cause);
    };
    child.on('error', failed);
    child.on('exit', (code, signal) => {
      failed(new Error(`The process that checks schemas ended: ${signal ?? String(code)}`));
    });
    return child;
  }

  /** The current question fails; the next one gets a new process. */
  private fail(cause: Error): void {
    const failed = this.underWay;
    this.underWay = undefined;
    this.end();
    failed?.asked.reject(unavailable(cause));
    // Later, since the next one may fail at once as well.
    setImmediate(() => {
      this.goOn();
    });
  }

  private end(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  private after(ms: number, act: () => void): void {
    this.timer = setTimeout(act, ms);
    this.timer.unref();
  }
}

function unavailable(cause?: Error): DomainError {
  const message = 'The event could not be checked against its schema';
  return new DomainError('service_unavailable', message, { retryAfterSeconds: 1, cause });
}
