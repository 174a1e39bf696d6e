import type { Page } from '@playwright/test';

/**
 * Finds sentences in Latin letters on a page: four words or more in one text that is no code, no input and nothing
 * that people or their servers wrote.
 */
export function findLatinSentences(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const EXEMPT = 'code, pre, kbd, samp, .mono, input, textarea, script, style, noscript, [lang="en"]';
    const SENTENCE = /[A-Za-z][A-Za-z'’-]*(?:,? [A-Za-z][A-Za-z'’-]*){3,}/;
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.closest(EXEMPT) === null) texts.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[title], [aria-label], [placeholder]')) {
      for (const name of ['title', 'aria-label', 'placeholder']) {
        if (element.closest('.mono') === null) texts.push(element.getAttribute(name) ?? '');
      }
    }
    return [...new Set(texts.map((text) => text.trim()).filter((text) => SENTENCE.test(text)))];
  });
}
