import type { Language } from './document.js';

/**
 * Chooses the language of a page by the `Accept-Language` of a request (RFC 9110, 12.5.4).
 *
 * @param accepted the header; a browser that names neither language reads English
 */
export function chooseLanguage(accepted = ''): Language {
  const ranges = accepted.split(',').map((each) => {
    const [range = '', weight = 'q=1'] = each.replaceAll(/\s/g, '').toLowerCase().split(';');
    return { language: range.split('-')[0], weight: Number(weight.replace('q=', '')) };
  });
  const preferred = ranges
    .filter(({ language, weight }) => weight > 0 && (language === 'zh' || language === 'en'))
    .sort((one, other) => other.weight - one.weight)[0];
  return preferred?.language === 'zh' ? 'zh' : 'en';
}
