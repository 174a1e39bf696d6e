/** Formats figures for sentences, in both languages. */
import type { LocalizedText } from '../events/define.js';

const UNITS = [
  { ms: 86_400_000, zh: '天', en: 'day' },
  { ms: 3_600_000, zh: '小时', en: 'hour' },
  { ms: 60_000, zh: '分钟', en: 'minute' },
  { ms: 1_000, zh: '秒', en: 'second' },
] as const;

/** A length of time in its two largest units: `7 minutes 12 seconds`; below a second in milliseconds. */
export function spanText(ms: number): LocalizedText {
  let rest = Math.round(Math.abs(ms) / 1_000) * 1_000;
  if (rest === 0)
    return { zh: `${String(Math.round(Math.abs(ms)))} 毫秒`, en: `${String(Math.round(Math.abs(ms)))} ms` };
  const parts: LocalizedText[] = [];
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    if (count > 0) parts.push({ zh: `${String(count)} ${unit.zh}`, en: counted(count, unit.en) });
    if (parts.length === 2 || (parts.length === 1 && count === 0)) break;
  }
  return { zh: parts.map(({ zh }) => zh).join(' '), en: parts.map(({ en }) => en).join(' ') };
}

/** `1 day`, `3 days`. */
export function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2026-11-20 08:00:05 UTC`: the same in both languages. */
export function instantText(at: string | number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** `512 bytes`, `12.3 KB`. */
export function bytesText(bytes: number): string {
  return bytes < 1_024 ? counted(bytes, 'byte') : `${(bytes / 1_024).toFixed(1)} KB`;
}

/** Longer texts are cut before markup is removed, since people would not read the rest. */
const SEARCHED_CHARACTERS = 2_000;

/** A foreign text, on one line and cut to a readable length. */
export function snippetOf(text: string, length = 160): string {
  const line = text
    .slice(0, SEARCHED_CHARACTERS)
    .replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>|<[^>]+>/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length > length ? `${characters.slice(0, length).join('')}…` : line;
}

/** A list of names, at most five of them. */
export function listText(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown}, … (+${String(names.length - 5)})` : shown;
}
