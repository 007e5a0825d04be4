/** The style of the page at `/docs`: a file of its own, since the content security policy allows none in the page. */
export const DOCS_CSS = `:root {
  color-scheme: light dark;
  --ink: light-dark(#1f2328, #e6e8ea);
  --soft: light-dark(#59636e, #9aa4ae);
  --line: light-dark(#d6dbe0, #363c43);
  --paper: light-dark(#fdfdfc, #16191c);
  --panel: light-dark(#f4f5f3, #1e2226);
  --accent: light-dark(#1a5d57, #7fcabf);
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1rem 6rem; max-width: 60rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h2 { margin-top: 3rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 0.5rem; overflow-wrap: anywhere; }
h4 { font-size: 0.875rem; margin: 1rem 0 0.25rem; color: var(--soft); }
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code { font-family: ui-monospace, monospace; font-size: 0.875em; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; list-style: none; }
article { margin: 1rem 0; padding: 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 0.5rem; }
article:target { border-color: var(--accent); }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; }
caption { text-align: start; color: var(--soft); font-weight: 600; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; border-top: 1px solid var(--line); text-align: start; vertical-align: top; font-weight: 400; overflow-wrap: anywhere; }
th { width: 11rem; }
dl { margin: 0; }
dt { font-family: ui-monospace, monospace; font-size: 0.875rem; }
dd { margin: 0 0 0.75rem 1rem; }
dd p, .media { margin: 0.25rem 0; color: var(--soft); font-size: 0.875rem; }
.method { display: inline-block; min-width: 4.5rem; font-family: ui-monospace, monospace; color: var(--accent); }
@media (max-width: 40rem) { th { width: auto; } }
`;
