"""The report in LaTeX: one file a table, the figures, and a main file that brings them together."""

import re

from pipeline.model.codes import say
from pipeline.patterns.tables import Cell, CellKind, Row, Table
from pipeline.report.content import Block, Bullets, FigureBlock, Heading, Paragraph, QuoteBlock, Report
from pipeline.report.figures.drawing import draw
from pipeline.report.figures.figure import Figure
from pipeline.report.numbers import format_cell
from pipeline.report.quotes import Quote, quote_source, quoted
from pipeline.report.word_widths import is_wide

_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "\u00a0": "~", "−": r"\ensuremath{-}", "·": r"\textperiodcentered{}", "…": r"\ldots{}", "∞": r"\ensuremath{\infty}",
    "≥": r"\ensuremath{\geq}", "≤": r"\ensuremath{\leq}", "→": r"\ensuremath{\rightarrow}", "–": "--", "—": "---",
    "»": r"\guillemotright{}", "«": r"\guillemotleft{}", "“": "``", "”": "''", "×": r"\ensuremath{\times}", "\"": "''",
    "\t": " ", "\n": " ",
}  # fmt: skip
_ODD = re.compile(r"[^\x20-\x7eÀ-ž§½¼¾°²³€£•’‘]")


def latex_files(report: Report) -> dict[str, bytes]:
    """Return the files of the report in LaTeX by name: ``main.tex``, ``tables/*.tex`` and ``figures/*.pdf``.

    Args:
        report: The report.
    """
    files: dict[str, bytes] = {}
    body = [_block(block, report.lang, files) for block in report.blocks]
    for table in report.extra:
        files[f"tables/{table.id}.tex"] = latex_table(table, lang=report.lang).encode("utf-8")
    files["main.tex"] = (_PREAMBLE.format(**_names(report)) + "\n".join(body) + "\n\\end{document}\n").encode("utf-8")
    return dict(sorted(files.items()))


_PREAMBLE = r"""\documentclass[11pt,a4paper]{{article}}
\usepackage[T1]{{fontenc}}
\usepackage[utf8]{{inputenc}}
\usepackage[{babel}]{{babel}}
\usepackage{{lmodern,textcomp,microtype}}
\usepackage[margin=22mm]{{geometry}}
\usepackage{{booktabs,longtable,array,pdflscape,graphicx,caption}}
\usepackage[hidelinks]{{hyperref}}
\captionsetup{{font=small,labelfont=bf,justification=raggedright,singlelinecheck=false}}
\setlength{{\parindent}}{{0pt}}\setlength{{\parskip}}{{6pt}}
\title{{{title}}}
\author{{{subtitle}}}
\date{{}}
\begin{{document}}
\maketitle
\tableofcontents
\listoftables
\listoffigures
\clearpage
"""


def _names(report: Report) -> dict[str, str]:
    return {
        "babel": "english" if report.lang == "en" else "danish",
        "title": escape_latex(report.title),
        "subtitle": escape_latex(report.subtitle),
    }


def escape_latex(text: str) -> str:
    """Return a text that LaTeX sets as it stands; letters it has no sign for become a question mark."""
    return _ODD.sub("?", "".join(_ESCAPES.get(letter, letter) for letter in text))


def _block(block: Block, lang: str, files: dict[str, bytes]) -> str:
    if isinstance(block, Heading):
        return f"\\{'section' if block.level == 1 else 'subsection'}{{{escape_latex(block.text)}}}\n"
    if isinstance(block, Paragraph):
        text = escape_latex(block.text)
        return f"\\begin{{quote}}\\textbf{{!}} {text}\\end{{quote}}\n" if block.notice else f"{text}\n"
    if isinstance(block, Bullets):
        items = "\n".join(f"\\item {escape_latex(item)}" for item in block.items)
        return f"\\begin{{itemize}}\n{items}\n\\end{{itemize}}\n"
    if isinstance(block, QuoteBlock):
        head = f"\\subsection{{{escape_latex(say(block.quotes.label, lang))}}}\n"
        return head + "\n".join(_quote(quote, lang) for quote in block.quotes.quotes) + "\n"
    if isinstance(block, FigureBlock):
        files[f"figures/{block.figure.id}.pdf"] = draw(block.figure, lang=lang, form="pdf")
        drawn = _figure(block.figure, lang)
        return f"\\begin{{landscape}}\n{drawn}\\end{{landscape}}\n" if block.figure.wide else drawn
    table = block.table
    files[f"tables/{table.id}.tex"] = latex_table(table, lang=lang).encode("utf-8")
    given = f"\\input{{tables/{table.id}}}"
    return f"\\begin{{landscape}}\n{given}\n\\end{{landscape}}\n" if is_wide(table, lang) else f"{given}\n"


def _quote(quote: Quote, lang: str) -> str:
    source = quote_source(quote, lang)
    tail = f"\\\\ {{\\small {escape_latex(source)}}}" if source else ""
    label = escape_latex(say(quote.label, lang))
    words = escape_latex(quoted(quote.text, lang))
    return f"\\begin{{quote}}\\textbf{{\\small {label}}}\\\\ \\textit{{{words}}}{tail}\\end{{quote}}"


def _figure(figure: Figure, lang: str) -> str:
    notes = " ".join(escape_latex(say(note, lang)) for note in figure.notes)
    below = f"\n\\par\\footnotesize {notes}" if notes else ""
    height = 0.76 if figure.wide else 0.86  # a page on its side is low, and caption and notes stand on it too
    size = f"width=\\linewidth,height={height}\\textheight,keepaspectratio"
    return (
        "\\begin{figure}[htbp]\n\\centering\n"
        f"\\includegraphics[{size}]{{figures/{figure.id}.pdf}}\n"
        f"\\caption{{{escape_latex(say(figure.title, lang))}}}\n\\label{{fig:{figure.id}}}{below}\n\\end{{figure}}\n"
    )


def latex_table(table: Table, *, lang: str = "da") -> str:
    """Return a table as LaTeX with booktabs rules, its header repeated on every page; everything is escaped.

    Args:
        table: The table.
        lang: ``da`` or ``en``.
    """
    columns = "".join(_column(table, place) for place in range(table.width))
    header = _header(table, lang)
    rows = "\n".join(_row(row, table.width, lang) for row in table.rows)
    notes = [escape_latex(say(note, lang)) for note in table.notes]
    if table.source is not None:
        counted = "Counted" if lang == "en" else "Opgjort"
        notes.append(f"{counted}: {escape_latex(say(table.source, lang))}")
    below = "".join(f"\n\\par{{\\footnotesize {note}}}" for note in notes)
    stub = 4.2 if table.width > 6 else 6.0
    return (
        f"{{\\small\\setlength{{\\tabcolsep}}{{3.5pt}}\n\\begin{{longtable}}{{>{{\\raggedright\\arraybackslash}}p{{{stub}cm}}{columns}}}\n"
        f"\\caption{{{escape_latex(say(table.title, lang))}}}\\label{{tab:{table.id}}}\\\\\n"
        f"\\toprule\n{header}\\midrule\n\\endfirsthead\n\\toprule\n{header}\\midrule\n\\endhead\n\\bottomrule\n\\endlastfoot\n"
        f"{rows}\n\\end{{longtable}}}}{below}\n"
    )


def _column(table: Table, place: int) -> str:
    cells = [row.cells[place] for row in table.rows if not row.group]
    text = any(cell.kind is CellKind.TEXT and len(format_cell(cell)) > 12 for cell in cells)
    return ">{\\raggedright\\arraybackslash}p{4cm}" if text else "r"


def _header(table: Table, lang: str) -> str:
    lines = []
    for level, headings in enumerate(table.header):
        last = level == len(table.header) - 1
        cells = [escape_latex(say(table.stub, lang)) if last else ""]
        rules, column = [], 2
        for heading in headings:
            words = escape_latex(say(heading.label, lang))
            if heading.span > 1:
                cells.append(f"\\multicolumn{{{heading.span}}}{{c}}{{{words}}}")
                rules.append(f"\\cmidrule(lr){{{column}-{column + heading.span - 1}}}")
            else:
                cells.append(_stacked(words))
            column += heading.span
        lines.append(" & ".join(cells) + " \\\\" + "".join(rules))
    return "\n".join(lines) + "\n"


def _stacked(words: str) -> str:
    """Return a column's title on several lines where it is long."""
    if len(words) <= 12 or " " not in words:
        return words
    lines: list[str] = []
    for word in words.split(" "):
        if lines and len(lines[-1]) + len(word) < 13:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    stacked = "\\\\".join(lines)
    return f"\\shortstack[r]{{{stacked}}}"


def _row(row: Row, width: int, lang: str) -> str:
    label = escape_latex(say(row.label, lang))
    if row.group:
        return f"\\addlinespace\\multicolumn{{{width + 1}}}{{l}}{{\\textbf{{{label}}}}} \\\\*"
    indent = "\\hspace*{1em}" * row.level
    cells = [f"{indent}{label}", *(_cell(cell, lang) for cell in row.cells)]
    rule = "\\midrule\n" if row.total else ""
    return f"{rule}{' & '.join(cells)} \\\\"


def _cell(cell: Cell, lang: str) -> str:
    return escape_latex(format_cell(cell, lang))
