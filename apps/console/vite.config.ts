import vue from '@vitejs/plugin-vue';
import Components from 'unplugin-vue-components/vite';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import { defineConfig } from 'vite';
import { eventReference } from './event-reference';
import { precompress } from './precompress';
import { refuseZod } from './refuse-zod';

export default defineConfig({
  base: '/',
  plugins: [
    vue(),
    // Element Plus only: our own components are imported by hand, so that a reader can follow them.
    Components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    eventReference(),
    refuseZod(),
    precompress(),
  ],
  // Parts of vue-i18n that nothing here uses, and that would be in every page's first load.
  define: {
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': 'http://127.0.0.1:8080' },
  },
  build: {
    outDir: 'dist',
    sourcemap: false,
    target: 'es2022',
  },
});
