import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from pipeline.cli.export import command as export
from pipeline.cli.import_ import command as import_
from pipeline.corpus.guard import open_package, read_bytes
from pipeline.corpus.load import read_case
from pipeline.doors.opened import Opened, open_doors
from pipeline.exchange.word.comments import OURS, read_comments
from pipeline.exchange.word.export import main_part, with_comments
from pipeline.model.codings import Coding
from pipeline.model.review import Reviewer, Verdict
from pipeline.review.anchors import decision_on
from pipeline.reviewing import open_review, read_review
from pipeline.settings import open_project
from tests.projects import make_project
from tests.word_files import make_docx, text

W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


def run(command: object, *arguments: object) -> str:
    result = CliRunner().invoke(command, [str(each) for each in arguments])  # type: ignore[arg-type]
    assert result.exit_code == 0, result.output
    return result.output


def waiting(opened: Opened, case: str = "P-01") -> Coding:
    return next(
        each for one in opened.coded for each in one.codings if each.case == case and each.code == "waiting.queue"
    )


def edit(path: Path, part: str, change: "re.Pattern[str] | str", to: str) -> None:
    """Change one part of a Word file, as Word would when a reviewer writes."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = re.sub(change, lambda _: to, parts[part].decode("utf-8"), count=1).encode("utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def exported(folder: Path, out: Path) -> Path:
    run(export, "word", out, "--project", folder)
    return out / "P-01.docx"


def test_a_coding_is_a_comment_on_its_exact_words(folder: Path, tmp_path: Path) -> None:
    path = exported(folder, tmp_path / "out")
    package = open_package(read_bytes(path))
    comments = read_comments(package, main_part(package))
    first = next(each for each in comments if each.lines[0] == "#waiting.queue")
    assert first.initials == OURS
    assert first.author == "casepath (rules)"
    assert "waiting.queue/words" in first.lines[-1]
    document = package.read("word/document.xml").decode("utf-8")
    inside = re.search(
        rf'<w:commentRangeStart w:id="{first.id}"/>(.*?)<w:commentRangeEnd w:id="{first.id}"/>', document, re.DOTALL
    )
    assert inside
    assert "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", inside[1])) == "ventetid"


def test_the_text_of_the_file_is_what_it_was(folder: Path, tmp_path: Path) -> None:
    path = exported(folder, tmp_path / "out")
    opened = open_doors(folder)
    again = read_case(path, opened.codebook.template).value
    assert again is not None
    assert again.text == opened.cases["P-01"].text
    assert exported(folder, tmp_path / "twice").read_bytes() == path.read_bytes()


def test_words_over_many_runs_and_accents_are_found(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "project")
    body = (
        text("Sagens karakter og forløb", style="Heading1")
        + '<w:p><w:r><w:t xml:space="preserve">Der var vente</w:t></w:r><w:proofErr w:type="spellStart"/>'
        '<w:del w:id="1" w:author="x"><w:r><w:delText>slettet</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:rPr><w:b/></w:rPr><w:t>ti</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve">d på u\u0308ber </w:t><w:tab/><w:t>svar. Han har gæld.</w:t></w:r></w:p>'
    )
    make_docx(folder / "corpus" / "R-01.docx", body)
    opened = open_doors(folder)
    codings = [each for one in opened.coded for each in one.codings if each.case == "R-01"]
    assert {each.quote for each in codings} == {"ventetid", "gæld"}
    case = opened.cases["R-01"]
    made = with_comments(folder / "corpus" / "R-01.docx", case, codings, opened.codebook)
    assert (made.exact, made.paragraph, made.unplaced) == (2, 0, 0)
    out = tmp_path / "R-01.docx"
    out.write_bytes(made.data)
    again = read_case(out, opened.codebook.template).value
    assert again is not None
    assert again.text == case.text


def test_an_answer_written_below_is_taken_in_once(folder: Path, tmp_path: Path) -> None:
    path = exported(folder, tmp_path / "out")
    edit(path, "word/comments.xml", "</w:comment>", "<w:p><w:r><w:t>nej: kun en frygt</w:t></w:r></w:p></w:comment>")
    unnamed = run(import_, "word", path, "--project", folder)
    assert "warning EX23  P-01.docx: 1 answer stands in casepath's own comments" in unnamed
    assert "1 could not be taken in" in unnamed
    told = run(import_, "word", path.parent, "--reviewer", "anna", "--project", folder)
    assert "1 saved" in told
    (decision,) = read_review(open_project(folder)).decisions
    assert (decision.reviewer, decision.verdict, decision.code) == ("anna", Verdict.REJECT, "waiting.queue")
    assert decision.reason == "kun en frygt"
    assert decision.anchor is not None
    assert decision.anchor.quote == "ventetid"
    assert "0 saved; 1 known already" in run(import_, "word", path, "--reviewer", "anna", "--project", folder)


def test_answers_of_nobody_in_several_files_are_one_line(folder: Path, tmp_path: Path) -> None:
    path = exported(folder, tmp_path / "out")
    for each in (path, path.with_name("Q-01.docx")):
        edit(each, "word/comments.xml", "</w:comment>", "<w:p><w:r><w:t>nej</w:t></w:r></w:p></w:comment>")
    told = run(import_, "word", path.parent, "--project", folder)
    assert told.count("EX23") == 1
    assert "P-01.docx and 1 more: 2 answers stand in casepath's own comments" in told
    assert "2 could not be taken in" in told


def test_a_reply_is_its_authors_answer(folder: Path, tmp_path: Path) -> None:
    path = exported(folder, tmp_path / "out")
    edit(path, "word/comments.xml", r"<w:p><w:r>", f'<w:p xmlns:w14="{W14}" w14:paraId="00000001"><w:r>')
    reply = (
        '<w:comment w:id="77" w:author="Åse" w:initials="Å">'
        f'<w:p xmlns:w14="{W14}" w14:paraId="00000002"><w:r><w:t>#barrier.finances er rigtigere</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    )
    edit(path, "word/comments.xml", "</w:comments>", reply)
    thread = '<x:commentEx x:paraId="00000002" x:paraIdParent="00000001"/>'
    extended = f'<x:commentsEx xmlns:x="{W15}">{thread}</x:commentsEx>'
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/commentsExtended.xml", extended)
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    edit(
        path,
        "word/_rels/document.xml.rels",
        "</Relationships>|</ns0:Relationships>",
        f'<Relationship Id="rIdX" Type="{kind}" Target="commentsExtended.xml"/></Relationships>',
    )
    run(import_, "word", path, "--project", folder)
    (decision,) = read_review(open_project(folder)).decisions
    assert (decision.reviewer, decision.verdict, decision.to) == ("Åse", Verdict.RECODE, "barrier.finances")
    assert decision.reason == "er rigtigere"


def test_a_reviewers_own_comment_codes_its_words(folder: Path, tmp_path: Path) -> None:
    path = exported(folder, tmp_path / "out")
    edit(
        path,
        "word/comments.xml",
        "</w:comments>",
        '<w:comment w:id="88" w:author="Bo" w:initials="B"><w:p><w:r><w:t>#outcome.employment fik job</w:t></w:r></w:p>'
        '</w:comment><w:comment w:id="89" w:author="Bo" w:initials="B"><w:p><w:r><w:t>Husk at ringe</w:t></w:r></w:p>'
        '</w:comment><w:comment w:id="90" w:author="Bo" w:initials="B"><w:p><w:r><w:t>#no.such.code</w:t></w:r></w:p>'
        "</w:comment></w:comments>",
    )
    edit(path, "word/document.xml", "<w:commentRangeStart", '<w:commentRangeStart w:id="88"/><w:commentRangeStart')
    edit(path, "word/document.xml", "<w:commentRangeEnd", '<w:commentRangeEnd w:id="88"/><w:commentRangeEnd')
    told = run(import_, "word", path, "--project", folder)
    assert "EX21  P-01.docx, comment 90: The codebook has no such code." in told
    assert "1 comment is neither" in told
    assert "Husk" not in told
    (decision,) = read_review(open_project(folder)).decisions
    assert (decision.reviewer, decision.verdict, decision.code) == ("Bo", Verdict.ADD, "outcome.employment")
    assert decision.anchor is not None
    assert decision.anchor.quote == "ventetid"


def comment(path: Path, words: str, said: str, author: str = "Bo") -> None:
    """Let somebody comment on a paragraph as Word would, a line at a time."""
    document = Document(path)
    runs = next(each.runs for each in document.paragraphs if words in each.text)
    document.add_comment(runs, text=said, author=author, initials="B")
    document.save(path)


def test_a_code_that_the_codebook_has_not_is_told_with_the_sentence_and_what_may_be_meant(
    folder: Path, tmp_path: Path
) -> None:
    path = exported(folder, tmp_path / "out")
    comment(path, "Bo har fået job", "#Økonomisk")
    comment(path, "Bo har fået job", "#1 af mange")
    told = run(import_, "word", path, "--project", folder)
    number = [each.text for each in open_doors(folder).coded[0].segments].index("Bo har fået job.") + 1
    assert f"EX21  P-01.docx, sentence {number}: The codebook has no such code." in told
    assert "Did you mean #barrier.finances?" in told
    assert "Økonomisk" not in told
    assert "1 comment is neither" in told
    assert read_review(open_project(folder)).decisions == ()


def before(folder: Path, out: Path, said: str, words: str = "Tidligere ventede hun") -> bool:
    """Say whether a comment on a sentence of P-02 is taken in as before the course."""
    run(export, "word", out, "--project", folder)
    comment(out / "P-02.docx", words, said)
    run(import_, "word", out, "--project", folder)
    decision = read_review(open_project(folder)).decisions[-1]
    assert decision.verdict is Verdict.ADD
    return decision.before


@pytest.mark.parametrize(
    ("said", "expected"),
    [("#outcome.employment", False), ("#outcome.employment^", True), ("#Job (før): gammelt", True)],
)
def test_a_comment_says_that_its_words_are_before_the_course(
    folder: Path, tmp_path: Path, said: str, expected: bool
) -> None:
    assert before(folder, tmp_path / "out", said) is expected


def test_what_the_machine_codes_as_before_the_course_stays_so_when_a_reviewer_codes_it_too(
    folder: Path, tmp_path: Path
) -> None:
    told = ("Tidligere ventede hun på svar.", "Der var ventetid på udredning.")
    body = text("Sagens karakter og forløb", style="Heading1") + "".join(map(text, told))
    make_docx(folder / "corpus" / "P-02.docx", body)
    assert waiting(open_doors(folder), "P-02").before
    assert before(folder, tmp_path / "a", "#waiting.queue") is True
    assert before(folder, tmp_path / "b", "#waiting.queue", words="Der var ventetid") is False
    assert "0 saved; 1 known already" in run(import_, "word", tmp_path / "a", "--project", folder)


def test_what_the_reviewer_had_decided_of_the_time_holds_over_the_machine(folder: Path, tmp_path: Path) -> None:
    opened = open_doors(folder)
    coding = next(each for one in opened.coded for each in one.codings if each.case == "P-02" and each.before)
    decision = decision_on(coding, opened.cases["P-02"], reviewer="Bo", verdict=Verdict.ACCEPT)
    with open_review(open_project(folder), create=True) as store:
        store.set_reviewer(Reviewer("Bo"))
        store.add_decisions([replace(decision, before=False)], texts=opened.cases.values())
    assert before(folder, tmp_path / "out", "#waiting.queue") is False


def test_a_code_put_in_anothers_place_can_be_before_the_course(folder: Path, tmp_path: Path) -> None:
    path = exported(folder, tmp_path / "out")
    answer = "<w:p><w:r><w:t>#Økonomi^ fra tidligere</w:t></w:r></w:p></w:comment>"
    edit(path, "word/comments.xml", "</w:comment>", answer)
    run(import_, "word", path, "--reviewer", "anna", "--project", folder)
    (decision,) = read_review(open_project(folder)).decisions
    assert (decision.verdict, decision.to, decision.before) == (Verdict.RECODE, "barrier.finances", True)
    assert decision.reason == "fra tidligere"


def test_what_was_shown_as_before_the_course_is_so_when_the_machine_no_longer_makes_it(
    folder: Path, tmp_path: Path
) -> None:
    run(export, "word", tmp_path / "out", "--project", folder)
    path = tmp_path / "out" / "P-02.docx"
    edit(path, "word/comments.xml", "</w:comment>", "<w:p><w:r><w:t>ok</w:t></w:r></w:p></w:comment>")
    theme = folder / "codebook" / "en-plan" / "themes" / "waiting.yaml"
    theme.write_text(theme.read_text(encoding="utf-8").replace(', "vente .. på"', ""), encoding="utf-8")
    run(import_, "word", path, "--reviewer", "anna", "--project", folder)
    (decision,) = read_review(open_project(folder)).decisions
    assert (decision.code, decision.before) == ("waiting.queue", True)


def test_a_changed_text_places_by_words_or_lists(folder: Path, tmp_path: Path) -> None:
    path = exported(folder, tmp_path / "out")
    edit(path, "word/document.xml", "Han har gæld", "Nu har han gæld")
    answer = "<w:p><w:r><w:t>ok</w:t></w:r></w:p></w:comment>"
    edit(path, "word/comments.xml", "</w:comment>", answer)
    assert "1 saved" in run(import_, "word", path, "--reviewer", "anna", "--project", folder)
    edit(path, "word/document.xml", "ventetid", "lang tid")
    edit(path, "word/comments.xml", ">ok<", ">nej<")
    told = run(import_, "word", path, "--reviewer", "anna", "--project", folder)
    assert "EX22" in told


def test_a_file_of_no_case_is_told(folder: Path, tmp_path: Path) -> None:
    path = exported(folder, tmp_path / "out")
    other = path.rename(path.with_name("Z-99.docx"))
    assert "EX20" in run(import_, "word", other, "--project", folder)
