/** The pages that show a log, in one file: the portal's consists of the same parts as the console's. */
export { default as DeliveriesView } from './views/DeliveriesView.vue';
export { default as SharedLogView } from './views/SharedLogView.vue';
