/**
 * Translates between `MsgBody`, a message's list of elements, and content, its kind and text. The elements:
 * https://www.tencentcloud.com/document/product/1047/33527
 */
import { bodiesOf, isBody, textOf, valueAt, type Body } from './read-values.js';

/** The console of Tencent calls a message of several elements so. */
const COMBINED = 'combined';
const TEXT = 'TIMTextElem';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  [TEXT]: 'text',
  TIMImageElem: 'image',
  TIMSoundElem: 'audio',
  TIMVideoFileElem: 'video',
  TIMFileElem: 'file',
  TIMLocationElem: 'location',
  TIMCustomElem: 'custom',
  TIMRelayElem: 'merge',
  TIMFaceElem: 'face',
};

type Element = Body & {
  MsgType: string;
  MsgContent: Body;
};

export interface MessageParts {
  /** Of the only element, `combined` when there are several; an unknown element's own name. */
  contentType: string;
  /** `MsgContent` of the only element, else all elements. */
  content: unknown;
  /** The texts of all text elements, joined without a character between them, as Tencent shows them. */
  text: string | undefined;
}

/** @returns undefined: it is no list of elements, or an empty one */
export function partsOf(msgBody: unknown): MessageParts | undefined {
  const elements = elementsOf(msgBody);
  const [first, ...others] = elements ?? [];
  if (!elements || !first) return undefined;
  const texts = elements.flatMap((element) => {
    const text = element.MsgType === TEXT ? textOf(element.MsgContent.Text) : undefined;
    return text === undefined ? [] : [text];
  });
  return {
    contentType: others.length > 0 ? COMBINED : contentTypeOf(first.MsgType),
    content: others.length > 0 ? elements : first.MsgContent,
    text: texts.length > 0 ? texts.join('') : undefined,
  };
}

/**
 * The `MsgBody` that a decision makes of a message.
 *
 * @param changes `content` as {@link partsOf} gives it, or a list of elements; else `text`, which needs a text element
 * @returns undefined: nothing that a message can have is changed
 */
export function changedBody(msgBody: unknown, changes: Body): readonly Body[] | undefined {
  const elements = elementsOf(msgBody);
  if (!elements) return undefined;
  return changedContent(elements, changes) ?? changedText(elements, changes.text);
}

function changedContent(
  elements: readonly Element[],
  { content, contentType }: Body,
): readonly Element[] | undefined {
  const list = elementsOf(content);
  if (list && list.length > 0) return list;
  const [only, ...others] = elements;
  if (!isBody(content) || !only || others.length > 0) return undefined;
  return [{ MsgType: elementNamed(contentType) ?? only.MsgType, MsgContent: content }];
}

/** The first text element gets the new text, the other ones go: `text` is what they say together. */
function changedText(elements: readonly Element[], text: unknown): readonly Element[] | undefined {
  const first = elements.findIndex(({ MsgType }) => MsgType === TEXT);
  if (typeof text !== 'string' || first < 0) return undefined;
  return elements.flatMap((element, index) => {
    if (element.MsgType !== TEXT) return [element];
    return index === first ? [{ ...element, MsgContent: { ...element.MsgContent, Text: text } }] : [];
  });
}

function elementsOf(msgBody: unknown): readonly Element[] | undefined {
  const elements = bodiesOf(msgBody)?.map((item) => ({
    MsgType: textOf(valueAt(item, 'MsgType')),
    MsgContent: valueAt(item, 'MsgContent'),
  }));
  return elements?.every(isElement) ? elements : undefined;
}

function isElement(element: { MsgType: string | undefined; MsgContent: unknown }): element is Element {
  return element.MsgType !== undefined && element.MsgType !== '' && isBody(element.MsgContent);
}

function contentTypeOf(msgType: string): string {
  return Object.hasOwn(CONTENT_TYPES, msgType) ? (CONTENT_TYPES[msgType] ?? msgType) : msgType;
}

function elementNamed(contentType: unknown): string | undefined {
  return Object.entries(CONTENT_TYPES).find(([, word]) => word === contentType)?.[0];
}
