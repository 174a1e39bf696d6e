/** Decides whether a part of a URL is a token or a word: group robots, n8n or Zapier put tokens into paths. */

const UUID = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i;
const VERSION = /^v?\d{1,4}(\.\d{1,4}){0,3}((alpha|beta|rc)\d*)?$/i;
const HEX = /^(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}$/i;
const SEPARATORS = /[^\p{L}\p{N}]+/u;
/** Runs of letters and of digits. */
const RUNS = /[A-Za-z]+|\d+/g;
/** `getUserID` is get, User, ID. */
const HUMPS = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;
const VOWEL = /[aeiouy]/i;
const SIX_CONSONANTS = /[^aeiouy]{6,}/i;

/** Pairs of letters that are frequent in English; of random pairs every seventh is among them. */
const USUAL_PAIRS: ReadonlySet<string> = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ' +
    'ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs ' +
    'un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ' +
    'ev ld ry mp fe bl ab gh ty op wo sa ay ex ke ui oo ok eb up bo ap ag ck'
  ).split(' '),
);
const MIN_USUAL = 0.45;

const MIN_MIXED = 6;
const MIN_LETTERS = 8;
const MIN_DIGITS = 16;
/** Abbreviations are shorter than this run of capitals. */
const MAX_CAPITALS = 11;
const MAX_WORD = 28;

/**
 * @param text a segment of a path or a value of a query, as in the URL
 * @returns whether it looks random: a UUID, hexadecimal, base64, a long number, or letters that form no word
 */
export function looksLikeSecret(text: string): boolean {
  const plain = decoded(text);
  return (
    UUID.test(plain) || isMixture(plain.replaceAll(/[-_=]/g, '')) || plain.split(SEPARATORS).some(isRandom)
  );
}

/** Base64 of random bytes as a whole, regardless of its hyphens. */
function isMixture(text: string): boolean {
  if (!/^[A-Za-z0-9+/]{16,}$/.test(text) || !/[a-z]/.test(text) || !/[A-Z]/.test(text)) return false;
  const words = text.replace(/\d{1,4}$/, '');
  if (/\d/.test(words)) return true;
  const pairs = Array.from({ length: words.length - 1 }, (_, at) => words.slice(at, at + 2).toLowerCase());
  const usual = pairs.filter((pair) => USUAL_PAIRS.has(pair));
  return usual.length < pairs.length * MIN_USUAL;
}

function isRandom(part: string): boolean {
  if (VERSION.test(part)) return false;
  if (HEX.test(part)) return true;
  const runs = part.match(RUNS) ?? [];
  const letters = runs.filter((run) => !/\d/.test(run));
  // Letters of other alphabets are words: tokens are ASCII.
  if (runs.join('').length < part.length) return false;
  if (letters.length === 0) return part.length >= MIN_DIGITS;
  if (runs.length === 1) return part.length >= MIN_LETTERS && !isWord(part);
  if (part.length < MIN_MIXED) return false;
  const digits = part.length - letters.join('').length;
  const areWords = letters.every((run) => run.length >= 3 && VOWEL.test(run) && isWord(run));
  return !areWords || runs.length > 4 || digits >= MIN_DIGITS / 2 + 1;
}

/** Words of any language written in Latin letters, one after another as in `camelCase`. */
function isWord(letters: string): boolean {
  if (letters.length > MAX_WORD) return false;
  const humps = letters.match(HUMPS) ?? [];
  const short = humps.filter((hump) => hump.length <= 2);
  if (humps.length >= 4 && short.length * 2 > humps.length) return false;
  return humps.every((hump) => {
    if (/^[A-Z]+$/.test(hump) && hump.length > MAX_CAPITALS) return false;
    if (SIX_CONSONANTS.test(hump)) return false;
    return hump.length < 6 || VOWEL.test(hump);
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
