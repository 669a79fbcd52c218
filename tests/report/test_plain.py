import csv
import io
from pathlib import Path
from xml.etree import ElementTree

from pipeline.patterns.codes import code_by_category
from pipeline.patterns.descriptive import category_by_cluster
from pipeline.patterns.tables import column_names
from pipeline.report.plain import table_as_csv, table_as_html, write_csv
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_cases, reference_codings, reference_outcomes

CATEGORIES = category_by_cluster(reference_cases(), reference_outcomes())
CODES = code_by_category(reference_cases(), reference_codings(), reference_outcomes(), reference_codebook())


def test_a_table_as_csv_has_one_header_row_and_its_numbers(tmp_path: Path) -> None:
    write_csv(CATEGORIES, tmp_path / "t.csv")
    raw = (tmp_path / "t.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\r\n" not in raw
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Kategori", "Antal cases i alt", "Ungeklyngen", "Voksenklyngen", "Familieklyngen"]
    assert rows[-1] == ["I alt", "98", "29", "40", "29"]
    assert rows[1][4].endswith("todelte")


def test_groups_become_a_column_and_header_levels_one_name() -> None:
    rows = list(csv.reader(io.StringIO(table_as_csv(CODES)[1:]), delimiter=";"))
    assert rows[0][:2] == ["", "Kode"]
    assert rows[1][0] == "Ventetid"
    assert column_names(CODES, "da")[0].endswith(": Cases")
    assert len(rows) == 1 + sum(not row.group for row in CODES.rows)
    assert "," in rows[1][3]


def test_html_is_well_formed_with_scoped_headers_and_all_rows() -> None:
    for table in (CATEGORIES, CODES):
        html = table_as_html(table, lang="en")
        root = ElementTree.fromstring(f"<div>{html}</div>")
        assert len(root.findall(".//tbody/tr")) == len(table.rows)
        assert all(cell.get("scope") for cell in root.iter("th"))
        spans = [int(cell.get("colspan", "1")) for cell in root.findall(".//thead/tr[1]/th")]
        assert sum(spans) == table.width + 1
