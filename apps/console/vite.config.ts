import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import Components from 'unplugin-vue-components/vite';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import { defineConfig } from 'vite';
import { eventReference } from './event-reference';
import { precompress } from './precompress';
import { refuseZod } from './refuse-zod';

/** Parts of Element Plus, code and styles. */
const inElementPlus = (parts: string): string =>
  String.raw`element-plus[\\/](es[\\/]components|theme-chalk)[\\/](el-)?(${parts})[\\/.]`;

/** What the pages' frame consists of, the log's parts included; their names may go on, as in `dropdown-item`. */
const FRAME =
  'card|checkbox|collapse|dialog|divider|drawer|dropdown|input-number|link|message-box|option|overlay|popper|progress|radio|scrollbar|select|skeleton|switch|tab|tabs|tag|tooltip';
const HELPERS = String.raw`node_modules[\\/](lodash-es|@vueuse|@element-plus|@sxzz|element-plus[\\/]es[\\/](hooks|utils|constants|directives))`;

const CHARTS = String.raw`statistics[\\/](?!RangeChoice|SparkLine|sparkline|use-statistics-range|(chart-data|tick-text|time-range)\.)`;
const OF_WEBHOOKS = String.raw`composables|model[\\/]event-options|components[\\/](Disable|SignatureFormula|WebhookSwitch)`;
const SHARED = String.raw`console[\\/]src[\\/](shared[\\/](?!${CHARTS}|ui[\\/]table-column)|features[\\/]webhooks[\\/](${OF_WEBHOOKS})|features[\\/](?!access|apps).*\.api)|packages[\\/]contracts[\\/]`;

/**
 * Few files for each page, since each costs half a kilobyte of headers. A module goes into the first chunk that matches,
 * with what it depends on. The login needs the first three, and all pages those with the frame.
 */
const CHUNKS = [
  { name: 'vendor', test: /node_modules/, tags: ['$initial' as const], priority: 90 },
  {
    name: 'element-base',
    test: new RegExp(inElementPlus('base|button|icon|input|form|form-item|message|alert|badge')),
    priority: 80,
  },
  {
    name: 'core',
    test: /console[\\/]src[\\/](stores|app[\\/](navigation|page-of-app|landing)|shared[\\/](http|navigation)|features[\\/](access|apps)[\\/].*\.api|shared[\\/]ui[\\/](ErrorNotice|PreferenceSwitches|notify|element-message))/,
    minShareCount: 2,
    priority: 70,
  },
  {
    // What the list, the page and the form of a webhook share, too: its page is opened for the log. So do the log and the charts.
    name: 'frame',
    test: new RegExp(`${inElementPlus(`(${FRAME})(-[a-z]+)*`)}|${HELPERS}|${SHARED}`),
    minShareCount: 2,
    priority: 60,
  },
  { name: 'element-date', test: new RegExp(inElementPlus('(date|time)-[a-z-]+')), priority: 50 },
  {
    name: 'element-table',
    test: new RegExp(
      String.raw`node_modules[\\/]element-plus[\\/](?!es[\\/](locale|components[\\/](${FRAME})[\\/](?!style)))|shared[\\/]ui[\\/]table-column`,
    ),
    priority: 40,
  },
];

export default defineConfig({
  base: '/',
  // The service may be below a path that the build does not know: scripts and styles name each other relatively, and
  // the server puts the path into the addresses of the page, which are read at any depth.
  experimental: {
    renderBuiltUrl: (filename, { hostType }) => (hostType === 'html' ? `/${filename}` : { relative: true }),
  },
  plugins: [
    // Addresses of public files stay as they are; otherwise each would be one more script.
    vue({ template: { transformAssetUrls: { includeAbsolute: false } } }),
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
  resolve: {
    // What Element Plus' forms and buttons could do, and ours do not.
    alias: {
      'async-validator': fileURLToPath(new URL('stubs/async-validator.ts', import.meta.url)),
      '@ctrl/tinycolor': fileURLToPath(new URL('stubs/tinycolor.ts', import.meta.url)),
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': 'http://127.0.0.1:8080' },
  },
  build: {
    outDir: 'dist',
    sourcemap: false,
    target: 'es2022',
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
});
