import 'element-plus/theme-chalk/dark/css-vars.css';
import './styles/theme.css';
import './styles/base.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './app/App.vue';
import { installGuards } from './app/guards.js';
import { createConsoleRouter } from './app/router.js';
import { usePreferencesStore } from './stores/preferences.js';

const app = createApp(App).use(createPinia());
// Before the first paint, so that no keys are shown instead of texts.
await usePreferencesStore().applyLocale();

const router = createConsoleRouter();
installGuards(router);
app.use(router).mount('#app');
