/** Listens to the keys that work on every page. */
import { useEventListener } from '@vueuse/core';
import { isTyping } from '../shared/ui/is-typing.js';

export interface FrameKeys {
  onSearch: () => void;
  onHelp: () => void;
}

export function useFrameKeys({ onSearch, onHelp }: FrameKeys): void {
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    const isCommand = (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey;
    if (isCommand && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      onSearch();
    } else if (event.key === '?' && !isCommand && !event.altKey && !isTyping(event.target)) {
      event.preventDefault();
      onHelp();
    }
  });
}
