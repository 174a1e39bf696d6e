/** The parts that a portal link opens with, in one file. */
export { default as PortalLayout } from './PortalLayout.vue';
export { default as PortalLog } from './PortalLog.vue';
