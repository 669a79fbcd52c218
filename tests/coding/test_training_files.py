from pathlib import Path

import pytest

from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.training_files import read_training

CASE = """# N1-01 youth | Sara, 19 år
## course
Sara er 19 år. || barrier.housing
Før gik hun ud af skolen. || barrier.family_wellbeing^, barrier.self_efficacy?, language.resource^?

## result
Det regnede.
"""


def read(tmp_path: Path, text: str, **options: tuple[str, ...]) -> tuple[tuple[Labelled, ...], list[str]]:
    (tmp_path / "n1.txt").write_text(text, encoding="utf-8")
    loaded = read_training(tmp_path, **options)
    return loaded.value, [f"{problem.code} {problem.where}" for problem in loaded.problems]


def test_a_sentence_is_read_with_its_codes_case_section_and_file(tmp_path: Path) -> None:
    (first, _, last), problems = read(tmp_path, CASE)
    assert not problems
    assert (first.text, first.id) == ("Sara er 19 år.", "n1:3")
    assert first.codes == {"barrier.housing"}
    assert (first.case, first.cluster, first.section, first.group) == ("N1-01", "youth", "course", "n1")
    assert (last.text, last.section) == ("Det regnede.", "result")
    assert not last.codes


def test_marks_tell_history_and_fringe(tmp_path: Path) -> None:
    sentence = read(tmp_path, CASE)[0][1]
    assert sentence.codes == {"barrier.family_wellbeing"}
    assert sentence.fringe == {"barrier.self_efficacy", "language.resource"}
    assert sentence.before == {"barrier.family_wellbeing", "language.resource"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Sara er 19 år.\n", "CO31 n1.txt:1"),
        ("#\n", "CO32 n1.txt:1"),
        ("# N1-01 youth\n# N1-01 youth\n", "CO33 n1.txt:2"),
        ("# N1-01 old\n", "CO34 n1.txt:1"),
        ("# N1-01 youth\n## cours\n", "CO35 n1.txt:2"),
        ("# N1-01 youth\nSara. || waiting queue\n", "CO36 n1.txt:2"),
        ("# N1-01 youth\nSara. || waiting.kø\n", "CO36 n1.txt:2"),
        ("# N1-01 youth\nSara. || waiting.cue\n", "CO37 n1.txt:2"),
        ("# N1-01 youth\nSara. || waiting.queue.a.b\n", "CO36 n1.txt:2"),
        ("# N1-01 youth\n|| waiting.queue\n", "CO39 n1.txt:2"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, text: str, problem: str) -> None:
    assert read(tmp_path, text, codes=("waiting.queue",))[1] == [problem]


def test_a_line_with_a_mistake_is_left_out_and_the_next_is_read(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "# N1-01 youth\nEn. || ?\nTo. || waiting.queue\n")
    assert [sentence.text for sentence in found] == ["To."]


def test_a_file_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "n1.txt").write_bytes(b"\xff\xfe\xff")
    assert [problem.code for problem in read_training(tmp_path).problems] == ["CO30"]


def test_a_folder_without_files_gives_no_sentences(tmp_path: Path) -> None:
    assert read_training(tmp_path / "none").value == ()


def test_a_sentence_may_begin_with_a_number_sign(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "# N1-01 youth\n#1 Skolen lukkede. || waiting.queue\n#2 Økonomi\n")
    assert [sentence.text for sentence in found] == ["#1 Skolen lukkede.", "#2 Økonomi"]
    assert not problems


def test_titles_may_lack_the_space_behind_their_sign(tmp_path: Path) -> None:
    text = "#N1-01 youth | Sara\n##course\nEn.\n#2 adult\nTo.\n"
    found, problems = read(tmp_path, text)
    assert [(each.case, each.cluster, each.section) for each in found] == [
        ("N1-01", "youth", "course"),
        ("2", "adult", ""),
    ]
    assert not problems


@pytest.mark.parametrize("title", ["# N1-02 youth, Per", "#", "#N1-02 | Per", "#hashtag", "# N1-02 youth Per"])
def test_sentences_under_an_unreadable_title_are_not_those_of_the_case_before(tmp_path: Path, title: str) -> None:
    text = f"# N1-01 youth\nEn.\n{title}\n## cours\nTo.\nTre.\n# N1-03 adult\nFire.\n"
    found, problems = read(tmp_path, text)
    assert [(each.case, each.text) for each in found] == [("N1-01", "En."), ("N1-03", "Fire.")]
    assert problems == ["CO32 n1.txt:3"]


@pytest.mark.parametrize("line", ["##tag", "### course", "##", "## Course"])
def test_a_line_with_two_number_signs_is_a_section_or_told(tmp_path: Path, line: str) -> None:
    found, problems = read(tmp_path, f"# N1-01 youth\n## result\n{line}\nEn.\n")
    assert [(each.text, each.section) for each in found] == [("En.", "")]
    assert problems == ["CO35 n1.txt:3"]


def test_codes_are_written_as_in_the_codebook(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "# N1-01 youth\nEn. || measure.par_85, measure.par_2x.a1^\n")
    assert found[0].codes == {"measure.par_85", "measure.par_2x"}
    assert not problems


def test_a_line_ends_only_where_a_line_ends(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "# N1-01 youth\nSara er\u202819. || waiting.queue\n")
    assert [each.text for each in found] == ["Sara er\u202819."]
    assert not problems


def test_retold_cases_are_held_out_with_the_municipality_that_they_were_told_after(tmp_path: Path) -> None:
    (tmp_path / "retold-A.txt").write_text("# A-01-v1 adult\n## course\nDer gik et år. || waiting.queue\n", "utf-8")
    (tmp_path / "n1.txt").write_text("# N1-01 adult\n## course\nDer gik to år. || waiting.queue\n", "utf-8")
    invented, retold = read_training(tmp_path).value
    assert (retold.group, retold.source) == ("A", Source.RETOLD)
    assert (invented.group, invented.source) == ("n1", Source.NARRATIVE)
    assert retold.id != invented.id


def test_scenes_are_no_whole_cases(tmp_path: Path) -> None:
    (tmp_path / "scenes-waiting.txt").write_text("# S-1 adult\n## course\nDer gik et år. || waiting.queue\n", "utf-8")
    (scene,) = read_training(tmp_path).value
    assert (scene.group, scene.source) == ("scenes-waiting", Source.SCENE)


def read_pairs(tmp_path: Path, text: str) -> tuple[tuple[Labelled, ...], list[str]]:
    (tmp_path / "pairs-1.txt").write_text(text, encoding="utf-8")
    loaded = read_training(tmp_path, codes=("waiting.queue", "agency.decision"))
    return loaded.value, [f"{problem.code} {problem.where}" for problem in loaded.problems]


def test_of_a_pair_the_first_sentence_lacks_the_code_and_the_second_has_it(tmp_path: Path) -> None:
    pair = "waiting.queue | negated | Ingen kø. || agency.decision => Der var kø.\n"
    (without, stating), problems = read_pairs(tmp_path, "# a remark\n" + pair)
    assert not problems
    assert (without.text, without.codes, without.id) == ("Ingen kø.", frozenset({"agency.decision"}), "pairs-1:2a")
    assert (stating.text, stating.codes, stating.id) == ("Der var kø.", frozenset({"waiting.queue"}), "pairs-1:2b")
    assert {each.source for each in (without, stating)} == {Source.PAIR}
    assert not without.case


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("waiting.queue | negated | Ingen kø.", "CO38 pairs-1.txt:1"),
        ("waiting.queue | Ingen kø. => Der var kø.", "CO38 pairs-1.txt:1"),
        ("waiting.cue | negated | Ingen kø. => Der var kø.", "CO37 pairs-1.txt:1"),
        ("kø | negated | Ingen kø. => Der var kø.", "CO36 pairs-1.txt:1"),
        ("waiting.queue | negated | Ingen kø. => Der var kø. || kø", "CO36 pairs-1.txt:1"),
        ("waiting.queue | negated | || agency.decision => Der var kø.", "CO39 pairs-1.txt:1"),
        ("waiting.queue | negated | Ingen kø. => || agency.decision", "CO39 pairs-1.txt:1"),
    ],
)
def test_a_pair_that_cannot_be_read_is_told_and_left_out(tmp_path: Path, line: str, problem: str) -> None:
    assert read_pairs(tmp_path, line + "\n") == ((), [problem])
