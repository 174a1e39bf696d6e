/** Splits a command into words as a POSIX shell does, with `$'…'` of bash besides. */

/** A backslash before a line break joins lines; before anything else it takes it as it is. */
const ESCAPED_IN_DOUBLE = /["\\$`\n]/;
const ANSI_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

export function shellWords(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let index = 0;

  /** @returns the text up to the closing quote */
  function quoted(quote: '"' | "'", isAnsi: boolean): string {
    let text = '';
    while (index < command.length && command[index] !== quote) {
      const character = command[index] ?? '';
      const next = command[index + 1] ?? '';
      const isEscape = character === '\\' && (isAnsi || (quote === '"' && ESCAPED_IN_DOUBLE.test(next)));
      if (isEscape && isAnsi) text += ansiEscape();
      else if (isEscape) {
        if (next !== '\n') text += next;
        index += 2;
      } else {
        text += character;
        index += 1;
      }
    }
    index += 1;
    return text;
  }

  function ansiEscape(): string {
    const hex = /^\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4}))/i.exec(command.slice(index, index + 6));
    if (hex) {
      index += hex[0].length;
      return String.fromCharCode(parseInt(hex[1] ?? hex[2] ?? '0', 16));
    }
    const next = command[index + 1] ?? '';
    index += 2;
    return ANSI_ESCAPES[next] ?? next;
  }

  while (index < command.length) {
    const character = command[index] ?? '';
    index += 1;
    if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === '$' && command[index] === "'") {
      index += 1;
      word = (word ?? '') + quoted("'", true);
    } else if (character === '"' || character === "'") word = (word ?? '') + quoted(character, false);
    else if (character === '\\') {
      if (command[index] !== '\n') word = (word ?? '') + (command[index] ?? '');
      index += 1;
    } else word = (word ?? '') + character;
  }
  return word === undefined ? words : [...words, word];
}
