import { availableParallelism } from 'node:os';
import vue from '@vitejs/plugin-vue';
import Components from 'unplugin-vue-components/vite';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import { defineConfig } from 'vitest/config';
import { eventReference } from './event-reference.ts';

export default defineConfig({
  plugins: [
    vue(),
    Components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: false })] }),
    eventReference(),
  ],
  test: {
    name: 'console',
    // After the other suites, should they run in one go: it has workers of its own.
    sequence: { groupOrder: 1 },
    // Drawing components takes the processor, not time: one for each core, two at least.
    maxWorkers: Math.max(2, availableParallelism()),
    // Each file has modules and a document of its own, in a worker that lasts: a third of the time of new processes.
    pool: 'vmThreads',
    environment: 'happy-dom',
    // A usual window: tables show all of their columns.
    environmentOptions: { happyDOM: { width: 1440, height: 900 } },
    include: ['src/**/*.spec.ts'],
    setupFiles: ['src/testing/slow-delays.ts', 'src/testing/load-texts.ts', 'src/testing/await-imports.ts'],
    // The first time a large dialog is drawn takes a busy machine seconds.
    testTimeout: 20_000,
    // Its modules import stylesheets, which only Vite can load.
    server: { deps: { inline: ['element-plus'] } },
  },
});
