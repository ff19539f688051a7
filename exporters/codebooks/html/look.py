"""How the page looks, on the screen and on paper."""

from typing import Final

CSS: Final = """
:root { color-scheme: light; --ink: #16202c; --quiet: #52606f; --line: #d5dbe3; --head: #14508f; --soft: #f3f6fa; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 2rem 1.25rem 4rem; color: var(--ink); background: #fff;
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem; border-bottom: 2px solid var(--head); }
h3 { font-size: 1.1rem; margin: 1.75rem 0 .6rem; } h4 { font-size: 1rem; margin: 0; }
.quiet { color: var(--quiet); }
.other { color: var(--quiet); display: block; }
a { color: var(--head); } a:focus-visible { outline: 3px solid #f2b705; outline-offset: 2px; }
.skip { position: absolute; left: -60rem; } .skip:focus { left: 1rem; top: 1rem; background: #fff; padding: .5rem 1rem; }
dl { display: grid; grid-template-columns: minmax(9rem, 15rem) 1fr; gap: .35rem 1.25rem; margin: 0; }
dt { font-weight: 600; } dd { margin: 0; max-width: 46rem; }
code { font-family: ui-monospace, "Cascadia Mono", Consolas, monospace; font-size: .92em; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: .5rem 0 1rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
thead th { background: var(--soft); } td.figure { text-align: right; white-space: nowrap; }
article { border: 1px solid var(--line); border-radius: .4rem; padding: .9rem 1.1rem; margin: 0 0 1rem; }
article > header { margin-bottom: .6rem; }
nav ul { columns: 18rem; padding-left: 1.1rem; } ul { margin: 0; padding-left: 1.1rem; }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .6rem; } }
@media print { @page { size: A4; margin: 18mm 16mm; } body { max-width: none; padding: 0; font-size: 10pt; }
  a { color: inherit; text-decoration: none; } .skip { display: none; } h2, h3, caption { break-after: avoid; }
  article, tr { break-inside: avoid; } .scroll { overflow: visible; } }
"""
