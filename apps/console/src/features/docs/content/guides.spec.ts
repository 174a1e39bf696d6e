import { describe, expect, it } from 'vitest';
import { inlineParts } from '../model/inline-text.js';
import { docLink } from '../model/doc-links.js';
import { CHAPTER_IDS, type Block } from './blocks.js';
import { guide as en } from './en-guide.js';
import { guide as zh } from './zh-guide.js';

/** What a block is made of, without its words. */
function shapeOf(block: Block): unknown {
  if ('list' in block) return { list: block.list.length };
  if ('steps' in block) return { steps: block.steps.length };
  if ('table' in block)
    return { columns: block.table.head.length, rows: block.table.rows.map((row) => row.length) };
  if ('fold' in block) return { fold: block.blocks.map(shapeOf) };
  return Object.keys(block);
}

function textsOf(block: Block): string[] {
  if ('text' in block) return [block.text];
  if ('note' in block) return [block.note];
  if ('list' in block) return [...block.list];
  if ('steps' in block) return [...block.steps];
  if ('table' in block) return [...block.table.head, ...block.table.rows.flat()];
  return 'fold' in block ? [block.fold, ...block.blocks.flatMap(textsOf)] : [];
}

const linksOf = (blocks: readonly Block[]): string[] =>
  blocks
    .flatMap(textsOf)
    .flatMap(inlineParts)
    .flatMap((part) => (part.kind === 'link' ? [part.name] : []));

describe.each(CHAPTER_IDS)('the chapter %s', (id) => {
  it('says the same things in both languages', () => {
    expect(en[id].blocks.map(shapeOf)).toEqual(zh[id].blocks.map(shapeOf));
    expect(linksOf(en[id].blocks)).toEqual(linksOf(zh[id].blocks));
  });

  it('links to pages that exist', () => {
    expect(linksOf(zh[id].blocks).filter((name) => docLink(name, 'ak_1') === undefined)).toEqual([]);
  });

  it('has no half-width punctuation in Chinese sentences', () => {
    const words = zh[id].blocks
      .flatMap(textsOf)
      .map((text) => text.replace(/`[^`]+`/g, ''))
      .filter((text) => /[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]/.test(text));
    expect(words).toEqual([]);
  });
});
