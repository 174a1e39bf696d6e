/** Tells the first run that a person did one of its steps, so that it need not wait for its next look. */
import { ref, type Ref } from 'vue';

const count = ref(0);

export const setupChanges: Readonly<Ref<number>> = count;

export function noteSetupChange(): void {
  count.value += 1;
}
