/** Renders the page around the API reference: a bar with both languages and both documents. The script does the rest. */
import type { LocalizedText } from '@im/contracts/events/define';
import { API_TITLE, type Language } from './document.js';

/** Where the page's one script is served. */
export const SCRIPT_PATH = '/api/docs/reference.js';

const TEXTS = {
  needsScript: { en: 'The reference needs JavaScript.', zh: '此页面需要 JavaScript。' },
  parts: { en: 'Parts', zh: '内容' },
  callbacks: { en: 'Callbacks', zh: '回调事件' },
  languages: { en: 'Languages', zh: '语言' },
  documents: { en: 'Documents for machines', zh: '机器可读文档' },
} as const satisfies Record<string, LocalizedText>;

/** The colours are the renderer's own, so that the bar is dark with the rest, and it leaves room for a bar of this height. */
const STYLE = `
  body { margin: 0; font: 14px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
  body > header { position: sticky; top: 0; z-index: 10; box-sizing: border-box; height: var(--scalar-custom-header-height);
    display: flex; gap: 1.5rem; align-items: center; padding: 0 1rem; overflow-x: auto; white-space: nowrap;
    color: var(--scalar-color-1); background: var(--scalar-background-1, Canvas);
    border-bottom: 1px solid var(--scalar-border-color, GrayText); }
  body > header nav { display: flex; gap: 1rem; }
  body > header a { color: inherit; }
  body > header a[aria-current] { font-weight: 600; text-decoration: none; }
  @media (max-width: 30rem) {
    body > header { gap: 0.8rem; padding: 0 0.6rem; font-size: 12px; }
    body > header nav { gap: 0.6rem; }
  }
  :root { --scalar-custom-header-height: 44px; }
  body > noscript p { padding: 0 1rem; }`;

const LANGUAGES: Readonly<Record<Language, { name: string; tag: string }>> = {
  zh: { name: '中文', tag: 'zh-CN' },
  en: { name: 'English', tag: 'en' },
};

/** Its addresses are relative, since the service may be below a path. @returns HTML of this file's own texts, which need no escaping */
export function renderPage(language: Language): string {
  const say = (key: keyof typeof TEXTS) => TEXTS[key][language];
  const languages = Object.entries(LANGUAGES).map(([each, { name, tag }]) => {
    const current = each === language ? ' aria-current="true"' : '';
    return `<a href="?lang=${each}" lang="${tag}" hreflang="${tag}"${current}>${name}</a>`;
  });
  return `<!doctype html>
<html lang="${LANGUAGES[language].tag}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${API_TITLE[language]}</title>
    <style>${STYLE}</style>
    <script src="docs/reference.js" data-lang="${language}" data-locale="${LANGUAGES[language].tag}" defer></script>
  </head>
  <body>
    <header>
      <nav aria-label="${say('parts')}"><a href="#api">API</a> <a href="#callbacks">${say('callbacks')}</a></nav>
      <nav aria-label="${say('languages')}">${languages.join(' ')}</nav>
      <nav aria-label="${say('documents')}">
        <a href="openapi.json?lang=${language}">OpenAPI</a>
        <a href="asyncapi.json?lang=${language}">AsyncAPI</a>
      </nav>
    </header>
    <noscript><p>${say('needsScript')}</p></noscript>
    <div id="reference"></div>
  </body>
</html>
`;
}
