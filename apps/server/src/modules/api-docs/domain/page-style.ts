import { Html } from './html.js';

/** Our own text, so it need not be escaped. */
export const PAGE_STYLE = new Html(`
:root { --text: #1f2328; --muted: #5b636d; --line: #d8dee4; --back: #fff; --soft: #f6f8fa; --accent: #1f5fbf; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e9ed; --muted: #a0a8b3; --line: #363d47; --back: #14171b; --soft: #1d2127; --accent: #7fb0ff; }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; color: var(--text); background: var(--back); display: grid; grid-template-columns: 17rem minmax(0, 1fr);
  font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
a { color: var(--accent); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1rem 1.25rem 2rem; border-right: 1px solid var(--line);
  font-size: 14px; }
nav h2 { font-size: 13px; color: var(--muted); margin: 1.25rem 0 .25rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { padding: .1rem 0; }
main { padding: 1.5rem clamp(1rem, 4vw, 3rem) 6rem; max-width: 64rem; }
h1 small { color: var(--muted); font-size: 1rem; font-weight: 400; }
main h2 { margin-top: 3rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
article { margin: 2rem 0 2.5rem; scroll-margin-top: 1rem; }
h3 { margin: 0 0 .25rem; }
h4 { margin: 1rem 0 .25rem; font-size: 14px; color: var(--muted); }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.route code { overflow-wrap: anywhere; }
pre { background: var(--soft); padding: .75rem 1rem; overflow-x: auto; border-radius: 6px; }
.route { margin: 0 0 .5rem; }
.route b { display: inline-block; min-width: 4rem; font-size: 13px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; color: var(--muted); font-weight: 500; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; min-width: 6rem; }
td p { margin: 0; }
th:first-child { width: 22rem; } th:nth-child(2) { width: 14rem; }
td em { color: var(--muted); font-size: 12px; }
.depth-1 { padding-left: 1rem; } .depth-2 { padding-left: 2rem; } .depth-3 { padding-left: 3rem; }
.depth-4 { padding-left: 4rem; } .depth-5 { padding-left: 5rem; }
details { margin: .75rem 0; } summary { cursor: pointer; color: var(--muted); }
details p { display: inline; }
@media (max-width: 60rem) {
  body { display: block; }
  nav { position: static; height: auto; max-height: 40vh; border-right: 0; border-bottom: 1px solid var(--line); }
}
@media print { nav { display: none; } body { display: block; } details { display: block; } }
`);
