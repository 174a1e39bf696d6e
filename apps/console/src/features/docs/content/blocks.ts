/** Types the documentation: chapters of blocks, with `code`, and [links](name) in their texts. */

/** Pages that texts link to by these names. */
export type LinkName =
  | 'webhooks'
  | 'deliveries'
  | 'debug'
  | 'sources'
  | 'tokens'
  | 'eventTypes'
  | 'apiDocs'
  | 'openapi'
  | 'asyncapi';

export interface TableBlock {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

export type Block =
  | { text: string }
  | { list: readonly string[] }
  | { steps: readonly string[] }
  | { note: string }
  | { code: string; label: string }
  | { table: TableBlock }
  | { fold: string; blocks: readonly Block[] };

/** What the column with the code shows beside a chapter; `kit`: a receiver on the kit of the language. */
export type SampleName = 'kit' | 'receive' | 'signature' | 'send';

export interface Chapter {
  title: string;
  blocks: readonly Block[];
}

/** In the order in which they are read. */
export const CHAPTER_IDS = [
  'start',
  'verify',
  'events',
  'retries',
  'idempotency',
  'troubleshooting',
  'rotation',
  'bots',
  'api',
] as const;
export type ChapterId = (typeof CHAPTER_IDS)[number];

/** The sample beside each chapter; a chapter without one keeps that of the chapter before it. */
export const SAMPLE_OF: Readonly<Partial<Record<ChapterId, SampleName>>> = {
  start: 'receive',
  verify: 'signature',
  idempotency: 'receive',
  rotation: 'signature',
  api: 'send',
};

export type Guide = Readonly<Record<ChapterId, Chapter>>;
