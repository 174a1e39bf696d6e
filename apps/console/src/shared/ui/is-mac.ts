/** There ⌘ is held where others hold Ctrl. */
export const IS_MAC = navigator.platform.startsWith('Mac');
