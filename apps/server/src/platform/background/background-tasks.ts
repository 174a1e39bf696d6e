/** Starts the repeating tasks of this process once all modules are ready, and stops them together. */
import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Logger } from '../logging/logger.js';
import { RepeatingTask, type RepeatingTaskOptions } from './repeating-task.js';

@Injectable()
export class BackgroundTasks implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly tasks: RepeatingTask[] = [];

  constructor(private readonly logger: Logger) {}

  /** Call it before the modules are ready, such as in a constructor. */
  repeat(options: RepeatingTaskOptions): RepeatingTask {
    const task = new RepeatingTask(this.logger, options);
    this.tasks.push(task);
    return task;
  }

  onApplicationBootstrap(): void {
    for (const task of this.tasks) task.start();
  }

  /** Starts in this hook because the later one waits for each module in turn. */
  onModuleDestroy(): void {
    for (const task of this.tasks) void task.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.tasks.map((task) => task.stop()));
  }
}
