/** Loads the picker of an instant when it is shown: its calendar is as large as a page, and seldom opened. */
import { defineAsyncComponent } from 'vue';
import InstantPlaceholder from './InstantPlaceholder.vue';

export const InstantPicker = defineAsyncComponent({
  loader: () => import('./InstantPicker.vue'),
  loadingComponent: InstantPlaceholder,
  delay: 0,
});
