/** Follows which chapter is being read, for the contents and for the code beside it. */
import { useEventListener, useThrottleFn } from '@vueuse/core';
import { nextTick, onMounted, ref, watch, type Ref } from 'vue';
import { useRoute } from 'vue-router';
import { CHAPTER_IDS, type ChapterId } from '../content/blocks.js';

/** A chapter is being read once its heading is above this share of the window. */
const READING_LINE = 0.35;

export function useActiveChapter(): Ref<ChapterId> {
  const active = ref<ChapterId>('start');

  function look(): void {
    const line = window.innerHeight * READING_LINE;
    const isAbove = (id: ChapterId) => {
      const top = document.getElementById(id)?.getBoundingClientRect().top;
      return top !== undefined && top <= line;
    };
    // At the end of the page the last chapters cannot reach the line.
    const { scrollHeight } = document.documentElement;
    const isAtEnd = window.scrollY > 0 && window.scrollY + window.innerHeight >= scrollHeight - 2;
    active.value = (isAtEnd ? CHAPTER_IDS.at(-1) : CHAPTER_IDS.findLast(isAbove)) ?? 'start';
  }

  const lookSoon = useThrottleFn(look, 100, true);
  useEventListener(window, 'scroll', () => void lookSoon(), { passive: true });
  onMounted(look);
  return active;
}

/**
 * Scrolls to the chapter that the URL names, once it is there.
 *
 * @param isThere whether the chapters are shown
 * @returns scrolls to a chapter; for links, since following the same one again changes no URL
 */
export function useChapterLinks(isThere: () => boolean): (id: string) => void {
  const route = useRoute();

  function goTo(id: string): void {
    document.getElementById(id)?.scrollIntoView();
  }

  watch(
    [() => route.hash, isThere],
    async ([hash, isReady]) => {
      if (!isReady || hash === '') return;
      await nextTick();
      goTo(hash.slice(1));
    },
    { immediate: true },
  );
  return goTo;
}
