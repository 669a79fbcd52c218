import re
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import cli


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)


def test_show_lists_all_codes_by_theme(project: Path) -> None:
    output = call("codebook", "show", "--project", project).output
    assert output.index("Ventetid") < output.index("waiting.queue") < output.index("outcome.employment")


def test_show_a_code_gives_definition_rules_with_their_line_and_examples(project: Path) -> None:
    output = call("codebook", "show", "waiting.queue", "--project", project).output
    for words in (
        "Sagen venter.",
        "waiting.queue/words",
        "waiting.yaml:9",
        "Der var ventetid.",
        "Der var ikke ventetid.",
    ):
        assert words in output


def test_show_an_unknown_code_names_the_nearest(project: Path) -> None:
    from pipeline.errors import MissingFileError

    with pytest.raises(MissingFileError) as error:
        call("codebook", "show", "waiting.queu", "--project", project)
    assert "waiting.queue" in error.value.hint


def test_test_counts_examples_by_code(project: Path) -> None:
    result = call("codebook", "test", "waiting", "--project", project)
    assert result.exit_code == 0
    assert result.output.splitlines()[1].split() == ["waiting.queue", "1", "1", "–"]


def test_test_fails_when_an_example_does(project: Path) -> None:
    theme = project / "codebook" / "en-plan" / "themes" / "waiting.yaml"
    theme.write_text(theme.read_text(encoding="utf-8").replace("Der var ventetid.", "Køen."), encoding="utf-8")
    result = call("codebook", "test", "--project", project)
    assert result.exit_code == 1
    assert result.output.splitlines()[-1].split()[-1] == "1"


def test_check_reports_every_mistake_and_fails(project: Path) -> None:
    assert call("codebook", "check", "--project", project).exit_code == 0
    theme = project / "codebook" / "en-plan" / "themes" / "waiting.yaml"
    text = theme.read_text(encoding="utf-8").replace("inhibitor", "bad").replace("vente .. på", "(vente")
    theme.write_text(text, encoding="utf-8")
    result = call("codebook", "check", "--project", project)
    assert result.exit_code == 1
    assert "waiting.yaml:6" in result.stderr
    assert "waiting.yaml:9" in result.stderr


def test_notes_are_counted_and_shown_when_asked(project: Path) -> None:
    for command in (("codebook", "check"), ("check",)):
        quiet = call(*command, "--project", project)
        assert "note " not in quiet.stderr
        hidden = int(re.search(r"\(and (\d+) notes: --notes\)", quiet.output)[1])  # type: ignore[index]
        told = call(*command, "--notes", "--project", project)
        assert sum(line.startswith("note ") for line in told.stderr.splitlines()) == hidden
        assert "--notes" not in told.output


@pytest.mark.parametrize(("lang", "word"), [("da", "Kø"), ("en", "Queue")])
def test_docs_writes_word_and_html_in_either_language(project: Path, tmp_path: Path, lang: str, word: str) -> None:
    target = tmp_path / "docs"
    call("codebook", "docs", "--lang", lang, "--to", target, "--project", project)
    assert word in (target / "codebook.html").read_text(encoding="utf-8")
    document = docx.Document(str(target / "codebook.docx"))
    assert any(word in paragraph.text for paragraph in document.paragraphs)
    assert document.tables


def test_docs_names_its_folder_below_the_project(project: Path) -> None:
    assert call("codebook", "docs", "--project", project).output.endswith("to outputs.\n")


def test_docs_gives_the_same_bytes_twice(project: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        call("codebook", "docs", "--to", tmp_path / name, "--project", project)
    for file in ("codebook.html", "codebook.docx"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
