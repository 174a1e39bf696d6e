import { expect, it } from 'vitest';
import { html, prose } from './html.js';

it('escapes what is put in, but not HTML that is put in', () => {
  const bold = html`<b>${'<script>"&\''}</b>`;
  expect(bold.text).toBe('<b>&lt;script&gt;&quot;&amp;&#39;</b>');
  expect(html`<p>${bold}${[bold]}${3}${undefined}</p>`.text).toBe(`<p>${bold.text}${bold.text}3</p>`);
});

it('shows code between backquotes and splits paragraphs', () => {
  const shown = prose('Send `<id>` again.\n\nThen wait.').map(({ text }) => text);
  expect(shown).toEqual(['<p>Send <code>&lt;id&gt;</code> again.</p>', '<p>Then wait.</p>']);
});
