import type { MessageKey } from '../i18n/i18n.js';
import 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    /** The page's name, in the document title. */
    title: MessageKey;
    /** Reachable without a session. */
    isPublic?: boolean;
  }
}
