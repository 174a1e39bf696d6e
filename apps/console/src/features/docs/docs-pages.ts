/** The pages of the docs, in one file: the portal's consists of the same parts as the console's. */
export { default as DocsView } from './views/DocsView.vue';
export { default as ReceiverGuideView } from './views/ReceiverGuideView.vue';
