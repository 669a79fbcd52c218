import re

import pytest

from pipeline.report.latex import escape_latex, latex_files, latex_table
from tests.report.made_full import full_report


def files() -> dict[str, str]:
    return {name: data.decode("utf-8") for name, data in latex_files(full_report()).items() if name.endswith(".tex")}


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("50 % & mere_til #1", r"50 \% \& mere\_til \#1"),
        ("a\\b {c} $d$ ~ ^", r"a\textbackslash{}b \{c\} \$d\$ \textasciitilde{} \textasciicircum{}"),
        ("< 0,001", r"\textless{} 0,001"),
        ("»Æøå« – …", r"\guillemotright{}Æøå\guillemotleft{} -- \ldots{}"),
        ("x ☃ y", "x ? y"),
    ],
)
def test_every_letter_is_set_as_it_stands(text: str, escaped: str) -> None:
    assert escape_latex(text) == escaped


def test_braces_and_environments_are_closed_in_every_file() -> None:
    for name, text in files().items():
        plain = re.sub(r"\\[{}]", "", text)
        assert plain.count("{") == plain.count("}"), name
        begun = re.findall(r"\\begin\{(\w+)\}", text)
        assert sorted(begun) == sorted(re.findall(r"\\end\{(\w+)\}", text)), name


def test_the_main_file_brings_in_every_table_and_figure_of_the_report() -> None:
    made = latex_files(full_report())
    main = made["main.tex"].decode("utf-8")
    for name in re.findall(r"\\input\{(tables/[\w]+)\}", main):
        assert f"{name}.tex" in made
    assert set(re.findall(r"\{(figures/[\w]+\.pdf)\}", main)) == {name for name in made if name.endswith(".pdf")}
    assert all(made[name].startswith(b"%PDF") for name in made if name.endswith(".pdf"))


def test_a_figure_on_a_page_on_its_side_leaves_room_for_its_caption_and_notes() -> None:
    main = files()["main.tex"]
    on_side = re.findall(r"\\begin\{landscape\}\n\\begin\{figure\}.*?\\end\{landscape\}", main, flags=re.DOTALL)
    assert len(on_side) == 1
    heights = [re.search(r"height=([\d.]+)\\textheight", text) for text in (on_side[0], main.replace(on_side[0], ""))]
    low, upright = (float(found[1]) for found in heights if found)
    assert low * 16.6 + 3.4 < 16.6
    assert low < upright
    assert "figures/graph.pdf" in on_side[0]


def test_a_table_has_booktabs_rules_a_repeated_header_and_as_many_cells_as_columns() -> None:
    table = full_report().table("code_by_category")
    text = latex_table(table)
    assert text.count("\\toprule") == 2
    assert "\\endhead" in text
    body = text.split("\\endlastfoot\n")[1].split("\\end{longtable}")[0]
    rows = [line for line in body.splitlines() if "&" in line]
    assert len(rows) == sum(not row.group for row in table.rows)
    assert all(len(re.findall(r"(?<!\\)&", line)) == table.width for line in rows)
