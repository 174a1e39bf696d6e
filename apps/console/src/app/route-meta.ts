import type { MessageKey } from '../i18n/i18n.js';
import type { Permission } from '../stores/session.js';
import 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    /** The page's name, in the document title. */
    title: MessageKey;
    /** Reachable without a session. */
    isPublic?: boolean;
    /** Opened by a portal link, with or without a session of the console. */
    isPortal?: boolean;
    /** What a person must be allowed to do to see it; without, a page is for all who are logged in. */
    permission?: Permission;
  }
}
