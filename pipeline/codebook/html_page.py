"""The codebook document as one HTML page that needs nothing else: readable on screen, on paper and aloud."""

from collections.abc import Iterator
from html import escape

from pipeline.codebook.docs import codebook_document
from pipeline.codebook.document import Block, Bullets, CodebookDocument, Heading, Paragraph, Table
from pipeline.codebook.wording import WORDING
from pipeline.model.codes import Codebook

_STYLE = """
:root { color-scheme: light dark; --ink: #1d2428; --soft: #55636b; --line: #d5dce0; --tint: #f4f6f7; --page: #fff;
  --accent: #1b5e7a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ec; --soft: #a5b2ba; --line: #3a454c; --tint: #20282d;
  --page: #171d21; --accent: #7cc0de; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.55 system-ui, "Segoe UI", sans-serif; }
header, nav, main { max-width: 52rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
header p { color: var(--soft); margin: 0; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: 1.45rem; margin: 3rem 0 .75rem; padding-bottom: .3rem; border-bottom: 2px solid var(--line); }
h3 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
section section section { padding-left: 1rem; border-left: 3px solid var(--line); }
code { font: .8em/1 ui-monospace, Consolas, monospace; color: var(--soft); font-weight: 400; overflow-wrap: anywhere; }
p { margin: .5rem 0; }
.lead { font-weight: 600; }
p.lead { margin: .9rem 0 .1rem; }
ul { margin: .1rem 0 .8rem; padding-left: 1.3rem; }
li { margin: .15rem 0; }
nav ul { columns: 2; list-style: none; padding: 0; margin: 1.25rem 0; }
nav li { margin: 0 0 .25rem; }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.table { overflow-x: auto; margin: 1rem 0 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .35rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line);
  overflow-wrap: break-word; }
td:nth-child(n + 2) { overflow-wrap: anywhere; min-width: 6rem; }
thead th { border-bottom: 2px solid var(--line); }
tbody th { font-weight: 400; }
footer { height: 3rem; }
@media (max-width: 34rem) { nav ul { columns: 1; } }
@media print { :root { --ink: #000; --soft: #444; --line: #bbb; --page: #fff; --accent: #000; } @page { margin: 2cm; }
  body { font-size: 10pt; } nav { display: none; } header, main { max-width: none; padding: 0; }
  h2, h3, h4, .lead { break-after: avoid; } li, tr, p { break-inside: avoid; } thead { display: table-header-group; }
  a { text-decoration: none; } .table { overflow: visible; } }
"""


def codebook_html(codebook: Codebook, lang: str = "da", *, examples: int = 5, rules: bool = False) -> str:
    """Return a codebook as an HTML page.

    Args:
        codebook: The codebook.
        lang: ``da`` or ``en``.
        examples: How many examples and counter-examples of each code are shown at most.
        rules: True to show rules, word lists and context cues as well.
    """
    return document_html(codebook_document(codebook, lang, examples=examples, rules=rules))


def document_html(document: CodebookDocument) -> str:
    """Return a document as an HTML page.

    Args:
        document: The document.
    """
    contents = WORDING[document.lang].contents
    links = "".join(
        f'<li><a href="#{block.anchor}">{escape(block.text)}</a></li>\n'
        for block in document.blocks
        if isinstance(block, Heading) and block.level == 1
    )
    return (
        f'<!doctype html>\n<html lang="{document.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{escape(document.title)}</h1>\n<p>{escape(document.subtitle)}</p>\n</header>\n"
        f'<nav aria-label="{contents}">\n<ul>\n{links}</ul>\n</nav>\n'
        f"<main>\n{''.join(_sections(document.blocks))}</main>\n<footer></footer>\n</body>\n</html>\n"
    )


def _sections(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The blocks with a section element around each heading and what belongs to it."""
    levels: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            while levels and levels[-1] >= block.level:
                levels.pop()
                yield "</section>\n"
            levels.append(block.level)
            yield f'<section aria-labelledby="{block.anchor}">\n'
        yield _block(block)
    yield "</section>\n" * len(levels)


def _block(block: Block) -> str:
    match block:
        case Heading(level=level, text=text, anchor=anchor, mark=mark):
            code = f" <code>{escape(mark)}</code>" if mark else ""
            return f'<h{level + 1} id="{anchor}">{escape(text)}{code}</h{level + 1}>\n'
        case Paragraph(text=text, lead=lead, lang=lang):
            head = f'<span class="lead">{escape(lead)}:</span> ' if lead else ""
            body = f'<span lang="{lang}">{escape(text)}</span>' if lang else escape(text)
            return f"<p>{head}{body}</p>\n"
        case Bullets(items=items, lead=lead, lang=lang):
            head = f'<p class="lead">{escape(lead)}</p>\n' if lead else ""
            spoken = f' lang="{lang}"' if lang else ""
            rows = "".join(f"<li>{escape(item)}</li>\n" for item in items)
            return f"{head}<ul{spoken}>\n{rows}</ul>\n"
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in table.header)
    rows: list[str] = []
    for number, row in enumerate(table.rows):
        first = escape(row[0])
        if table.links:
            first = f'<a href="#{table.links[number]}">{first}</a>'
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        rows.append(f'<tr><th scope="row">{first}</th>{cells}</tr>\n')
    return (
        f'<div class="table" role="region" aria-label="{escape(table.caption)}" tabindex="0">\n<table>\n'
        f"<caption>{escape(table.caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{''.join(rows)}</tbody>\n</table>\n</div>\n"
    )
