/** Cuts laid-out JSON into lines that fold, and finds a text in them. */

export interface JsonLine {
  text: string;
  /** The last line of what the line opens; undefined: it opens nothing. */
  closedAt: number | undefined;
}

/** @param laidOut each opening and closing bracket ends or begins a line, as layOutJson has it */
export function jsonLinesOf(laidOut: string): JsonLine[] {
  const lines: JsonLine[] = laidOut.split('\n').map((text) => ({ text, closedAt: undefined }));
  const open: number[] = [];
  lines.forEach(({ text }, index) => {
    const first = text.trimStart()[0];
    if (first === '}' || first === ']') {
      const opening = lines[open.pop() ?? -1];
      if (opening) opening.closedAt = index;
    }
    const last = text.at(-1);
    if (last === '{' || last === '[') open.push(index);
  });
  return lines;
}

/** The indices of the lines that are to be seen; of what is folded only the line that opens it. */
export function visibleLines(lines: readonly JsonLine[], folded: ReadonlySet<number>): number[] {
  const visible: number[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    visible.push(index);
    const closedAt = lines[index]?.closedAt;
    if (closedAt !== undefined && folded.has(index)) index = closedAt;
  }
  return visible;
}

/** What is shown of a folded line: what it opens, and what closes it. */
export function foldedText(lines: readonly JsonLine[], index: number): string {
  const line = lines[index];
  if (line?.closedAt === undefined) return line?.text ?? '';
  return `${line.text}…${lines[line.closedAt]?.text.trimStart() ?? ''}`;
}

/** The lines that contain the text, in any case. */
export function matchingLines(lines: readonly JsonLine[], text: string): number[] {
  const wanted = text.toLowerCase();
  if (wanted === '') return [];
  return lines.flatMap((line, index) => (line.text.toLowerCase().includes(wanted) ? [index] : []));
}

/** What stays folded so that the line is seen. */
export function unfoldedTo(
  lines: readonly JsonLine[],
  folded: ReadonlySet<number>,
  index: number,
): ReadonlySet<number> {
  return new Set(
    [...folded].filter((at) => {
      const closedAt = lines[at]?.closedAt;
      return closedAt === undefined || index <= at || index > closedAt;
    }),
  );
}

/** The parts of a line around each occurrence of the text; every second one is an occurrence. */
export function splitByMatch(line: string, text: string): string[] {
  if (text === '') return [line];
  const [lower, wanted] = [line.toLowerCase(), text.toLowerCase()];
  // Some letters are longer in lower case, and the places would not be those of the line.
  if (lower.length !== line.length) return [line];
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    parts.push(line.slice(from, at), line.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...parts, line.slice(from)];
}
