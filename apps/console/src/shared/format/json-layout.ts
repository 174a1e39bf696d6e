/**
 * Formats JSON text over lines without parsing values: parsing would change the digits of a long id and drop a repeated
 * key, and this page shows what was really sent.
 */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const INDENT = '  ';

/** The text laid out, or null when it is not JSON. */
export function layOutJson(text: string): string | null {
  if (!isJson(text)) return null;
  const tokens = text.match(TOKENS) ?? [];
  let depth = 0;
  let laidOut = '';
  tokens.forEach((token, index) => {
    if (token === '}' || token === ']') {
      depth -= 1;
      if (!isOpening(tokens[index - 1])) laidOut += newLine(depth);
      laidOut += token;
      return;
    }
    laidOut += token === ':' ? ': ' : token;
    if (isOpening(token)) depth += 1;
    const isBroken = token === ',' || (isOpening(token) && !isClosing(tokens[index + 1]));
    if (isBroken) laidOut += newLine(depth);
  });
  return laidOut;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isOpening(token: string | undefined): boolean {
  return token === '{' || token === '[';
}

function isClosing(token: string | undefined): boolean {
  return token === '}' || token === ']';
}

function newLine(depth: number): string {
  return `\n${INDENT.repeat(depth)}`;
}
