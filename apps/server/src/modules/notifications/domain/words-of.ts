import type { ChannelLanguage } from '@im/contracts/api/notification-channels';
import { wordsEn } from './words-en.js';
import { wordsZh } from './words-zh.js';
import type { Words } from './words.js';

const WORDS: Readonly<Record<ChannelLanguage, Words>> = { zh: wordsZh, en: wordsEn };

export function wordsOf(language: ChannelLanguage): Words {
  return WORDS[language];
}
