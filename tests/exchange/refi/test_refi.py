import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from pipeline.exchange.refi.container import ExchangeError
from pipeline.exchange.refi.parse import read_refi
from pipeline.exchange.refi.place import place
from pipeline.exchange.refi.positions import Counting, Ruler, best_reading
from pipeline.exchange.refi.write import Export, codebook_bytes, guid, project_bytes
from pipeline.language.segments import split_case
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Codebook
from pipeline.model.codings import Coding
from pipeline.project import code_corpus
from pipeline.settings import open_project
from tests.projects import make_project, write_case

DATA = Path(__file__).parent / "data"
PROJECT_XSD = etree.XMLSchema(etree.parse(DATA / "Project.xsd"))
CODEBOOK_XSD = etree.XMLSchema(etree.parse(DATA / "Codebook.xsd"))
TEXT = "Første linje 🙂\r\nAnden linje 🙂🙂 her\r\nTredje linje"


class Material:
    """A small project, coded."""

    def __init__(self, folder: Path) -> None:
        write_case(
            make_project(folder) / "corpus" / "R-01.docx", "R", "Voksen", "Ida", "🙂 Der var ventetid 🙂.", "Intet."
        )
        coded, coders, _ = code_corpus(open_project(folder))
        self.cases: list[tuple[Case, tuple[Segment, ...]]] = [(each.case, each.segments) for each in coded]
        self.codings: list[Coding] = [coding for each in coded for coding in each.codings]
        self.codebook: Codebook = coders.compiled.codebook

    def export(self, *, utf16: bool = False, reasons: dict[tuple[str, str, str, str], str] | None = None) -> bytes:
        cases = [case for case, _ in self.cases]
        values = {case.id: [("municipality", case.attributes.municipality)] for case in cases}
        given = Export("Prøve", cases, self.codings, self.codebook, values, reasons or {}, utf16)
        return project_bytes(given)[0]


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return Material(tmp_path_factory.mktemp("refi"))


def qdpx(folder: Path, xml: str, *parts: tuple[str, bytes], name: str = "project.qde") -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, xml)
        for part, data in parts:
            archive.writestr(part, data)
    path = folder / "a.qdpx"
    path.write_bytes(buffer.getvalue())
    return path


def project(selections: str, *, origin: str = "", source: str = 'plainTextPath="internal://t.txt"') -> str:
    return f"""<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="{origin}">
    <Users><User guid="{{u-1}}" name="Åse"/></Users>
    <CodeBook><Codes><Code guid="c-1" name="Kø"/></Codes></CodeBook>
    <Sources><TextSource guid="s-1" name="P-01" {source}>{selections}</TextSource></Sources></Project>"""


def selection(start: int, end: int, name: str = "", code: str = "C-1") -> str:
    return (
        f'<PlainTextSelection guid="x" startPosition="{start}" endPosition="{end}" name="{name}">'
        f'<Coding guid="y" creatingUser="u-1"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
    )


def xml_of(data: bytes) -> "etree._Element":
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist()[0] == "project.qde"
        return etree.fromstring(archive.read("project.qde"))


def test_an_export_is_valid_and_the_same_bytes_again(material: Material) -> None:
    coding = next(each for each in material.codings if each.counts)
    reasons = {(coding.case, coding.segment, coding.code, coding.coder): "Fordi & derfor <så>\x0b"}
    data = material.export(reasons=reasons)
    PROJECT_XSD.assertValid(xml_of(data))
    assert data == material.export(reasons=reasons)
    CODEBOOK_XSD.assertValid(etree.fromstring(codebook_bytes(material.codebook)))


@pytest.mark.parametrize("utf16", [False, True])
def test_what_goes_out_comes_back(material: Material, tmp_path: Path, utf16: bool) -> None:
    path = tmp_path / "a.qdpx"
    path.write_bytes(material.export(utf16=utf16))
    file = read_refi(path)
    placed = place(file, path.name, material.cases, material.codebook)
    out = {(each.case, each.start, each.end, each.code, each.coder) for each in material.codings if each.counts}
    back = {(each.case, each.start, each.end, each.code, each.coder) for each in placed.codings}
    assert back == out
    assert placed.problems == ()
    assert placed.moved == 0


def test_an_empty_project_holds_no_empty_containers(material: Material) -> None:
    data, _ = project_bytes(Export("tom", [], [], Codebook("x", material.codebook.title, "1", ()), {}, {}))
    PROJECT_XSD.assertValid(xml_of(data))


def test_every_counting_is_read_back_as_it_was_meant() -> None:
    for counting in [Counting(u, p, m) for u in (False, True) for p in (False, True) for m in (False, True)]:
        ruler = Ruler(TEXT, counting)
        position = int(counting.mark)
        place_in_text = 0
        index = 0
        while index < len(TEXT):
            assert ruler.place(position) == place_in_text, (counting, index)
            pair = TEXT[index : index + 2] == "\r\n"
            position += 2 if (pair and counting.pairs) or (counting.utf16 and ord(TEXT[index]) > 0xFFFF) else 1
            index += 2 if pair else 1
            place_in_text += 1
        assert ruler.place(position) == len(ruler.text)
        assert ruler.place(position + 1) is None


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (Counting(False, True, False), "Tredje", "Tredje"),
        (Counting(True, True, False), "Tredje", "Tredje"),
        (Counting(False, False, False), "Tredje", "Tredje"),
        (Counting(True, True, True), "Tredje", "Tredje"),
    ],
)
def test_the_reading_that_fits_the_words_is_chosen(tmp_path: Path, start: Counting, end: str, expected: str) -> None:
    raw = TEXT
    begin = raw.index(end)
    before = raw[:begin]
    position = len(before) + start.utf16 * sum(ord(c) > 0xFFFF for c in before) + start.mark
    position -= 0 if start.pairs else before.count("\r\n")
    path = qdpx(
        tmp_path,
        project(selection(position, position + len(end), end)),
        ("Sources/T.TXT", ("\ufeff" * start.mark + raw).encode()),
    )
    file = read_refi(path)
    reading = best_reading(file.sources, origin=file.origin)
    ruler = Ruler(file.sources[0].raw or "", reading.counting)
    first, last = ruler.place(position), ruler.place(position + len(end))
    assert ruler.text[first:last] == expected
    assert not reading.clear


def test_a_text_that_differs_is_searched_for_the_words(material: Material, tmp_path: Path) -> None:
    words = "Helt andet.\n\nDer  var ventetid på udredning, sagde han."
    start = words.index("ventetid")
    path = qdpx(tmp_path, project(selection(start, start + 21)), ("sources/t.txt", words.encode()))
    placed = place(read_refi(path), "a.qdpx", material.cases, material.codebook)
    (coding,) = placed.codings
    assert (coding.case, coding.quote, coding.code, coding.coder) == (
        "P-01",
        "ventetid på udredning",
        "waiting.queue",
        "Åse",
    )
    assert placed.moved == 1


def test_what_cannot_be_placed_is_listed_and_never_guessed(material: Material, tmp_path: Path) -> None:
    words = "Noget der ikke står i sagen."
    path = qdpx(
        tmp_path, project(selection(0, 5) + selection(3, 2) + selection(0, 9999)), ("sources/t.txt", words.encode())
    )
    placed = place(read_refi(path), "a.qdpx", material.cases, material.codebook)
    assert placed.codings == ()
    told = {loss.kind: loss.count for loss in placed.losses}
    assert told["selection without a place"] == 2
    assert told["selection"] == 1


def test_a_code_is_known_by_guid_by_id_and_by_name(material: Material, tmp_path: Path) -> None:
    text = material.cases[0][0].text.encode()
    own = guid("code", "waiting.queue")
    codes = f"""<Code guid="a" name="x"><Description>noget [waiting.queue]</Description></Code>
      <Code guid="{own.lower()}" name="omdøbt"/><Code guid="c" name="waiting.queue"/>
      <Code guid="d" name="kø"/><Code guid="e" name="ukendt"/>"""
    body = "".join(
        selection(0, 5, code=each) for each in ("A", "C", "D", "E", "{" + guid("code", "waiting.queue") + "}")
    )
    xml = project(body).replace('<Code guid="c-1" name="Kø"/>', codes)
    file = read_refi(qdpx(tmp_path, xml, ("sources/t.txt", text)))
    placed = place(file, "a.qdpx", material.cases, material.codebook)
    assert [problem.code for problem in placed.problems] == ["EX12"]
    assert "ukendt" in placed.problems[0].message


def test_codings_that_name_a_case_are_no_codes(material: Material, tmp_path: Path) -> None:
    xml = project(selection(0, 5, code="CASE-1")).replace("<Sources>", '<Cases><Case guid="case-1"/></Cases><Sources>')
    file = read_refi(qdpx(tmp_path, xml, ("sources/t.txt", b"Noget tekst")))
    assert file.sources[0].selections[0].codings == ()
    assert {loss.kind for loss in file.losses} == {"Case", "case code"}


@pytest.mark.parametrize(
    "xml",
    [
        "<Project",
        "<html/>",
        '<!DOCTYPE Project [<!ENTITY a "b">]><Project name="p"><Description>&a;</Description></Project>',
        '<!DOCTYPE p SYSTEM "file:///etc/passwd"><Project name="p"/>',
        "<CodeBook><Codes>" + '<Code guid="a" name="n">' * 80 + "</Code>" * 80 + "</Codes></CodeBook>",
    ],
)
def test_hostile_xml_is_refused(tmp_path: Path, xml: str) -> None:
    with pytest.raises(ExchangeError):
        read_refi(qdpx(tmp_path, xml))


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b" " * 300_000_000)
    with pytest.raises(ExchangeError):
        read_refi(path)


def test_no_path_of_the_file_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmeligt", encoding="utf-8")
    xml = project(selection(0, 3), source=f'plainTextPath="absolute://{secret}"')
    assert read_refi(qdpx(tmp_path, xml)).sources[0].raw is None


def test_the_text_of_a_case_splits_as_it_does_in_the_corpus(material: Material) -> None:
    for case, segments in material.cases:
        assert split_case(case) == segments
