import { useMediaQuery } from '@vueuse/core';
import type { Ref } from 'vue';

/**
 * Whether a table with all its columns would be wider than its card: it takes up to 960 pixels, which next to the
 * navigation is a window of 1280. Lists show cards then, or fewer columns with more in each.
 */
export const useNarrowTable = (): Readonly<Ref<boolean>> => useMediaQuery('(width < 1280px)');
