import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import cli
from pipeline.errors import PipelineError


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)


def test_run_tells_what_was_read_and_found(project: Path) -> None:
    result = call("run", "--project", project)
    assert result.exit_code == 0
    assert "Rebuilt" in result.output
    assert "Cases        3" in result.output
    assert "3 of 4" not in result.output
    assert "4 of 4" in result.output


def test_run_a_second_time_says_that_nothing_has_changed(project: Path) -> None:
    call("run", "--project", project)
    assert "Nothing has changed" in call("run", "--project", project).output


def test_run_with_a_bad_file_names_it_and_exits_with_1(project: Path) -> None:
    (project / "corpus" / "bad.docx").write_bytes(b"x")
    result = call("run", "--project", project)
    assert result.exit_code == 1
    assert "bad.docx" in result.stderr
    assert (project / "outputs" / "cases.csv").is_file()


def test_files_that_could_not_be_read_are_counted_among_what_was_skipped(project: Path) -> None:
    for name in ("bad.docx", "worse.docx"):
        (project / "corpus" / name).write_bytes(b"x")
    (project / "corpus" / "sub").mkdir()
    (project / "corpus" / "sub" / "P-01.docx").write_bytes((project / "corpus" / "P-01.docx").read_bytes())
    assert "Skipped      2 files that could not be read\n" in call("run", "--project", project).stdout


def test_check_tells_of_a_theme_that_cannot_be_read_and_not_of_what_follows(project: Path) -> None:
    theme = project / "codebook" / "en-plan" / "themes" / "outcome.yaml"
    theme.write_text("codes: [x\n", encoding="utf-8")
    told = call("check", "--json", "--project", project)
    assert told.exit_code == 1
    found = [(each["code"], each["severity"]) for each in json.loads(told.stdout)["problems"]]
    assert found.count(("CB03", "error")) == 1
    assert [code for code, severity in found if severity == "error"] == ["CB03"]
    assert ("CB42", "warning") in found


def test_run_with_many_bad_files_says_where_all_of_them_stand(project: Path) -> None:
    for number in range(22):
        (project / "corpus" / f"bad{number}.docx").write_bytes(b"x")
    last = call("run", "--project", project).stderr.splitlines()[-1]
    assert last == "... and 5 more (2 IN12, 3 IN41); outputs/problems.csv holds all."
    assert "bad9.docx" in (project / "outputs" / "problems.csv").read_text(encoding="utf-8-sig")


def test_run_as_json_can_be_read_by_a_program(project: Path) -> None:
    data = json.loads(call("run", "--json", "--project", project).stdout)
    assert data["changed"] is True
    assert "cases.csv" in data["outputs"]


def test_a_project_is_found_from_a_folder_inside_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "corpus")
    assert call("run").exit_code == 0


def test_check_runs_the_examples_and_finds_no_problem(project: Path) -> None:
    result = call("check", "--codebook", "--project", project)
    assert "2 examples" in result.output


def test_check_reports_a_failing_example_with_its_line_and_exits_with_1(project: Path) -> None:
    theme = project / "codebook" / "en-plan" / "themes" / "waiting.yaml"
    text = theme.read_text(encoding="utf-8").replace("Der var ventetid.", "Køen var lang.")
    theme.write_text(text, encoding="utf-8")
    result = call("check", "--codebook", "--project", project)
    assert result.exit_code == 1
    assert "themes/waiting.yaml:10" in result.stderr
    assert "Køen" not in result.output


def test_show_numbers_the_sentences_and_names_the_codes(project: Path) -> None:
    result = call("show", "p-01", "--project", project)
    assert "Bo, 44 år" in result.output
    assert "   1  Der var ventetid på udredning." in result.output
    assert "− waiting.queue  Kø" in result.output
    lines = result.output.splitlines()
    assert lines[1] == "Sagens karakter og forløb", "the first section stands right below the head"
    assert lines[lines.index("Sagens resultat") - 1] == "", "an empty line parts the others"


def test_a_name_of_several_words_needs_no_quotation_marks(project: Path) -> None:
    (project / "corpus" / "P-01.docx").rename(project / "corpus" / "Sag P 1.docx")
    assert call("show", "sag", "P", "1", "--project", project).output.startswith("Sag P 1  ")
    assert "Sag P 1, sentence 1" in call("explain", "Sag", "P", "1", 1, "--project", project).output


def test_explain_asks_for_the_sentence_when_only_the_case_is_named(project: Path) -> None:
    told = call("explain", "P-01", "--project", project)
    assert told.exit_code == 2
    assert "Missing argument 'SEGMENT'" in told.output


def test_what_stands_before_the_first_section_is_said_in_words(project: Path) -> None:
    text = "Der var ventetid.\n\nSagens resultat\nIngen ændring.\n"
    (project / "corpus" / "R-01.txt").write_text(text, encoding="utf-8")
    assert call("show", "R-01", "--project", project).output.splitlines()[1] == "(før det første afsnit)"


def test_show_keeps_to_a_theme_and_shows_suppressed_codings_when_asked(project: Path) -> None:
    assert "waiting.queue" not in call("show", "P-01", "--code", "barrier", "--project", project).output
    plain = call("show", "P-02", "--project", project).output
    everything = call("show", "P-02", "--all", "--project", project).output
    assert "negated" not in plain
    assert "(negated)" in everything


def test_show_as_json_gives_offsets(project: Path) -> None:
    codings = json.loads(call("show", "P-01", "--json", "--project", project).stdout)
    assert [coding["sentence"] for coding in codings] == [1, 2, 3]
    assert codings[0]["end"] - codings[0]["start"] == len(codings[0]["quote"])


def test_show_an_unknown_case_names_the_nearest(project: Path) -> None:
    from pipeline.errors import MissingFileError

    with pytest.raises(MissingFileError) as error:
        call("show", "P-03", "--project", project)
    assert "P-0" in error.value.hint


def test_explain_names_rule_words_and_the_cue_that_held_a_code_back(project: Path) -> None:
    output = call("explain", "P-02", 1, "--project", project).output
    assert "waiting.queue" in output
    assert "not coded: negated" in output
    assert 'cue "ikke" (negated, not)' in output


def test_explain_takes_a_segment_id(project: Path) -> None:
    segment = json.loads(call("show", "P-01", "--json", "--project", project).stdout)[0]["segment"]
    data = json.loads(call("explain", "P-01", segment, "--json", "--project", project).stdout)
    assert data["codings"][0]["evidence"][0]["rule"] == "waiting.queue/words"


def test_explain_a_sentence_that_is_not_there_says_how_many_there_are(project: Path) -> None:
    from pipeline.errors import PipelineError

    with pytest.raises(PipelineError) as error:
        call("explain", "P-01", 99, "--project", project)
    assert "1 to 3" in error.value.message


def test_init_makes_a_project_that_runs_and_changes_nothing_the_second_time(tmp_path: Path) -> None:
    assert call("init", tmp_path / "ny").exit_code == 0
    before = sorted(path for path in (tmp_path / "ny").rglob("*") if path.is_file())
    assert (tmp_path / "ny" / "codebook" / "en-plan" / "codebook.yaml").is_file()
    assert "nothing was changed" in call("init", tmp_path / "ny").output
    assert sorted(path for path in (tmp_path / "ny").rglob("*") if path.is_file()) == before
    shipped, own = Path(__file__).resolve().parents[2] / "codebook", tmp_path / "ny" / "codebook"
    assert (own / "README.md").read_bytes() == (shipped / "README.md").read_bytes()
    assert {path.name for path in (own / "schema").iterdir()} == {path.name for path in (shipped / "schema").iterdir()}


def test_init_adds_the_codebook_s_readme_to_a_project_that_lacks_it_and_leaves_an_edited_one(tmp_path: Path) -> None:
    call("init", tmp_path / "ny")
    readme = tmp_path / "ny" / "codebook" / "README.md"
    readme.unlink()
    assert "Made codebook/README.md." in call("init", tmp_path / "ny").output
    readme.write_text("min egen", encoding="utf-8")
    call("init", tmp_path / "ny")
    assert readme.read_text(encoding="utf-8") == "min egen"


def test_a_misspelt_code_or_folder_is_told(project: Path) -> None:
    for words in (("show", "P-01", "--code", "waitng"), ("codebook", "test", "waitng")):
        found = CliRunner().invoke(cli, [*words, "--project", str(project)])
        assert isinstance(found.exception, PipelineError)
        assert "no code or theme 'waitng'" in found.exception.message
    inside = call("run", "--project", project / "nofolder")
    assert inside.exit_code == 2
    assert "does not exist" in inside.output
