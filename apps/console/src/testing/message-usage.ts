/** Reads which texts exist, and which of them the sources can ask for. Only tests use it. */

export type Texts = Record<string, string>;

/** Every text by its whole key, such as `common.save`. */
export function flattenTexts(messages: object, prefix = ''): Texts {
  const texts: Texts = {};
  for (const [name, value] of Object.entries(messages)) {
    const key = `${prefix}${name}`;
    if (typeof value === 'string') texts[key] = value;
    else Object.assign(texts, flattenTexts(value as object, `${key}.`));
  }
  return texts;
}

const LITERAL = /(['"`])([A-Za-z]\w*(?:\.[\w-]+)+)\1/g;
const TEMPLATE = /`([A-Za-z]\w*\.[^`\s]*?\$\{(?:[^`{}]|`[^`]*`)*\}[\w.]*)`/g;
const PLACEHOLDER = /\$\{(?:[^`{}]|`[^`]*`)*\}/g;

export interface KeyUsage {
  literals: ReadonlySet<string>;
  /** Written as in the sources: t(`webhooks.form.sections.${section}`). */
  templates: ReadonlySet<string>;
}

export function findKeys(sources: readonly string[]): KeyUsage {
  const literals = new Set<string>();
  const templates = new Set<string>();
  for (const source of sources) {
    for (const [, , key] of source.matchAll(LITERAL)) if (key) literals.add(key);
    for (const [, key] of source.matchAll(TEMPLATE)) if (key) templates.add(key);
  }
  return { literals, templates };
}

/** A placeholder stands for one part of a key, but for the actions of the audit log, whose names have a dot. */
export function keysOfTemplate(template: string): RegExp {
  const placeholder = /\b(actions|sentences|change)\.\$/.test(template)
    ? String.raw`[\w-]+(\.[\w-]+)?`
    : String.raw`[\w:-]+`;
  const parts = template.split(PLACEHOLDER).map((part) => part.replaceAll('.', String.raw`\.`));
  return new RegExp(`^${parts.join(placeholder)}$`);
}
