/** Splits a text into plain parts, `code`, **emphasis** and [links](name). */

export type InlinePart =
  { kind: 'text' | 'code' | 'strong'; text: string } | { kind: 'link'; text: string; name: string };

const MARKED = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\((\w+)\)/g;

export function inlineParts(text: string): InlinePart[] {
  const parts: InlinePart[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKED)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push(partOf(match));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

function partOf([, code, strong, label = '', name = '']: RegExpExecArray | RegExpMatchArray): InlinePart {
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  return { kind: 'link', text: label, name };
}
