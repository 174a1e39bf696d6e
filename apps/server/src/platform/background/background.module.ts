import { Global, Module } from '@nestjs/common';
import { BackgroundTasks } from './background-tasks.js';

/** What repeats in the background, in every process. */
@Global()
@Module({ providers: [BackgroundTasks], exports: [BackgroundTasks] })
export class BackgroundModule {}
