import type { shell as zhShell } from '../zh/shell.js';

export const shell: typeof zhShell = {
  product: 'IM Callback Console',
  themeIs: 'Appearance: {theme}',
  themeLight: 'Light',
  themeDark: 'Dark',
  themeSystem: 'Same as system',
  notFoundTitle: 'Page not found',
  unreachableTitle: 'The service cannot be reached right now',
  pageLoadFailed: 'The page did not load. The service may have just been upgraded; reload the page.',
};
