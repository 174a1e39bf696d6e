/** The documents as one page to read and print: no script, no file from elsewhere, light and dark. */
import type { JsonSchema, Language } from './document.js';
import type { LocalizedText } from '@im/contracts/events/define';
import { html, prose, type Html } from './html.js';
import { PAGE_STYLE } from './page-style.js';
import { SchemaRows, type SchemaRow } from './schema-rows.js';

const TEXTS = {
  contents: { en: 'Contents', zh: '目录' },
  callbacks: { en: 'Callbacks', zh: '回调事件' },
  machine: { en: 'For machines', zh: '机器可读' },
  parameters: { en: 'Parameters', zh: '参数' },
  body: { en: 'Request body', zh: '请求体' },
  answer: { en: 'Answer', zh: '响应' },
  errors: { en: 'Errors', zh: '错误' },
  name: { en: 'Name', zh: '名称' },
  type: { en: 'Type', zh: '类型' },
  limits: { en: 'Limits', zh: '约束' },
  about: { en: 'What it is', zh: '说明' },
  required: { en: 'required', zh: '必填' },
  headers: { en: 'Headers', zh: '请求头' },
  example: { en: 'Example', zh: '示例' },
} as const satisfies Record<string, LocalizedText>;

interface Operation {
  method: string;
  path: string;
  operation: JsonSchema;
}

export interface PageSource {
  openApi: JsonSchema;
  asyncApi: JsonSchema;
  language: Language;
}

export function renderPages({ openApi, asyncApi, language }: PageSource): string {
  const say = (key: keyof typeof TEXTS) => TEXTS[key][language];
  const info = openApi.info as { title: string; description: string; version: string };
  const groups = groupsOf(openApi);
  const operationPage = new OperationPage(new SchemaRows(namedOf(openApi)), say);
  const page = html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${info.title}</title>
        <style>
          ${PAGE_STYLE}
        </style>
      </head>
      <body>
        <nav aria-label="${say('contents')}">
          <p class="languages">
            <a href="?lang=zh" lang="zh-CN">中文</a> · <a href="?lang=en" lang="en">English</a>
          </p>
          ${groups.map(({ description, operations }) => contentsOf(description, operations))}
          <h2><a href="#callbacks">${say('callbacks')}</a></h2>
          <h2>${say('machine')}</h2>
          <ul>
            <li><a href="/api/openapi.json?lang=${language}">OpenAPI 3.1</a></li>
            <li><a href="/api/asyncapi.json?lang=${language}">AsyncAPI 3.0</a></li>
          </ul>
        </nav>
        <main>
          <h1>${info.title} <small>${info.version}</small></h1>
          ${prose(info.description)}
          ${groups.map(
            ({ description, operations }) =>
              html`<section>
                <h2>${description}</h2>
                ${operations.map((operation) => operationPage.render(operation))}
              </section>`,
          )}
          ${callbacksOf(asyncApi, operationPage, say)}
        </main>
      </body>
    </html>`;
  return page.text;
}

function contentsOf(description: string, operations: Operation[]): Html {
  return html`<h2>${description}</h2>
    <ul>
      ${operations.map(
        ({ operation }) =>
          html`<li><a href="#${String(operation.operationId)}">${String(operation.summary)}</a></li>`,
      )}
    </ul>`;
}

function groupsOf(openApi: JsonSchema): { description: string; operations: Operation[] }[] {
  const paths = openApi.paths as Record<string, Record<string, JsonSchema>>;
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  return (openApi.tags as { name: string; description: string }[])
    .map(({ name, description }) => ({
      description,
      operations: all.filter(({ operation }) => (operation.tags as string[])[0] === name),
    }))
    .filter(({ operations }) => operations.length > 0);
}

function namedOf(document: JsonSchema): Record<string, JsonSchema> {
  return (document.components as { schemas: Record<string, JsonSchema> }).schemas;
}

function callbacksOf(
  asyncApi: JsonSchema,
  page: OperationPage,
  say: (key: keyof typeof TEXTS) => string,
): Html {
  const info = asyncApi.info as { title: string; description: string };
  const messages = (asyncApi.components as { messages: Record<string, JsonSchema> }).messages;
  const rows = new SchemaRows(namedOf(asyncApi));
  return html`<section>
    <h2 id="callbacks">${info.title}</h2>
    ${prose(info.description)}
    <h3>${say('headers')}</h3>
    ${page.table(rows.of(namedOf(asyncApi).CallbackHeaders ?? {}))}
    ${Object.values(messages).map((message) => {
      const [example] = message.examples as { payload: unknown }[];
      const payload = message.payload as { properties: { data: JsonSchema } };
      return html`<article id="event-${String(message.name)}">
        <h3><code>${String(message.name)}</code></h3>
        ${prose(String(message.summary))} ${page.table(rows.of(payload.properties.data))}
        <details>
          <summary>${say('example')}</summary>
          <pre>${JSON.stringify(example?.payload, null, 2)}</pre>
        </details>
      </article>`;
    })}
  </section>`;
}

class OperationPage {
  constructor(
    private readonly rows: SchemaRows,
    private readonly say: (key: keyof typeof TEXTS) => string,
  ) {}

  render({ method, path, operation }: Operation): Html {
    const { operationId, summary, description, parameters, requestBody, responses } = operation;
    const answers = Object.entries(responses as Record<string, JsonSchema>);
    const errors = answers.filter(([status]) => Number(status) >= 400);
    return html`<article id="${String(operationId)}">
      <h3>${String(summary)}</h3>
      <p class="route"><b class="${method.toLowerCase()}">${method}</b> <code>${path}</code></p>
      ${prose(String(description))} ${this.parameters(parameters as JsonSchema[])}
      ${this.body('body', requestBody as JsonSchema | undefined)}
      ${answers
        .filter(([status]) => Number(status) < 400)
        .map(([status, answer]) => this.body('answer', answer, status))}
      <details>
        <summary>${this.say('errors')}</summary>
        <ul>
          ${errors.map(([status, answer]) => html`<li>${status}: ${prose(String(answer.description))}</li>`)}
        </ul>
      </details>
    </article>`;
  }

  /** Columns in which nothing stands are left out. */
  table(rows: SchemaRow[]): Html {
    if (rows.length === 0) return html``;
    const columns: [keyof typeof TEXTS, (row: SchemaRow) => Html][] = [
      ['name', nameCell(this.say('required'))],
      ['type', ({ type }) => html`<td>${type}</td>`],
    ];
    if (rows.some(({ limits }) => limits)) columns.push(['limits', ({ limits }) => html`<td>${limits}</td>`]);
    if (rows.some(({ description }) => description)) {
      columns.push(['about', ({ description }) => html`<td>${prose(description)}</td>`]);
    }
    return html`<div class="scroll" tabindex="0">
      <table>
        <thead>
          <tr>
            ${columns.map(([title]) => html`<th scope="col">${this.say(title)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${columns.map(([, cell]) => cell(row))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  /** Parameters as if they were the properties of one object. */
  private parameters(parameters: JsonSchema[]): Html {
    if (parameters.length === 0) return html``;
    const properties = Object.fromEntries(
      parameters.map(({ name, in: place, schema, description }) => [
        place === 'header' ? `${String(name)}:` : String(name),
        { ...(schema as JsonSchema), ...(description !== undefined && { description }) },
      ]),
    );
    const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
    return html`<h4>${this.say('parameters')}</h4>
      ${this.table(this.rows.of({ properties, required }))}`;
  }

  private body(title: 'body' | 'answer', body: JsonSchema | undefined, status = ''): Html {
    if (!body) return html``;
    const content = Object.entries((body.content ?? {}) as Record<string, { schema: JsonSchema }>);
    const types = content.map(([type]) => type).filter((type) => type !== 'application/json');
    return html`<h4>${this.say(title)} ${status} ${types.join(', ')}</h4>
      ${content.map(([, { schema }]) => this.table(this.rowsOf(title, schema)))}`;
  }

  /** What is answered is always there; only what is sent can be left out. */
  private rowsOf(title: 'body' | 'answer', schema: JsonSchema): SchemaRow[] {
    const rows = this.rows.of(schema);
    return title === 'body' ? rows : rows.map((row) => ({ ...row, isRequired: false }));
  }
}

function nameCell(required: string): (row: SchemaRow) => Html {
  return ({ path, depth, isRequired }) =>
    html`<td class="depth-${depth}">
      <code>${path}</code> ${isRequired ? html`<em>${required}</em>` : undefined}
    </td>`;
}
