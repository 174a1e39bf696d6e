import { Global, Module } from '@nestjs/common';
import { BackgroundTasks } from './background-tasks.js';

/** Wires the background tasks of every process. */
@Global()
@Module({ providers: [BackgroundTasks], exports: [BackgroundTasks] })
export class BackgroundModule {}
