from pathlib import Path

import pytest

from pipeline.codebook.load import load_codebook
from pipeline.errors import MissingFileError, PipelineError
from pipeline.model.cases import Attributes, Case, Citizen, Cluster
from pipeline.model.codes import Codebook, Pole
from pipeline.model.codings import Assertion, Coding
from pipeline.model.progression import MemberOutcome, Outcome, ProgressionCategory, Rating
from pipeline.patterns.qca.analysis import Options, analyse
from pipeline.patterns.qca.data import NotMentioned, qca_data
from pipeline.patterns.qca.matrix import Matrix
from pipeline.patterns.qca.own_table import read_table
from pipeline.patterns.qca.plan import QcaPlan, load_plan
from pipeline.patterns.qca.truth_table import truth_table
from tests.patterns.qca_data import FOLDER
from tests.reference import reference_cases, reference_codings, reference_outcomes

EN_PLAN = Path(__file__).parents[2] / "codebook" / "en-plan"

PLAN = """\
version: "1"
frequency: 2
use: [ACTS, LATE]
conditions:
  - {id: ACTS, label: {da: Gør, en: Acts}, codes: [agency.decision], against: [agency.lacking], expected: present}
  - {id: LATE, label: {da: Sent, en: Late}, codes: [waiting.queue], fuzzy: [0, 1.5, 3], expected: absent}
  - {id: MONTHS, label: {da: Måneder, en: Months}, measure: waiting_months, multi_value: [1, 6], expected_values: [0]}
  - {id: TRUST, label: {da: Tillid, en: Trust}, rating: relation, grades: {high: 1, medium: 0.6, low: 0}}
outcomes:
  - {id: GOOD, label: {da: Godt, en: Good}, grades: {progression: 1, partial: 1, none: 0, regression: 0}}
  - {id: BEST, label: {da: Bedst, en: Best}, grades: {progression: 1, partial: 0.6, none: 0.3, regression: 0}}
"""


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    loaded = load_codebook(EN_PLAN).value
    assert loaded is not None
    return loaded


def plan_of(folder: Path, text: str = PLAN) -> QcaPlan:
    (folder / "qca.yaml").write_text(text, encoding="utf-8")
    loaded = load_plan(folder)
    assert loaded.problems == ()
    return loaded.value


def problems_of(folder: Path, old: str, new: str, codes: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    assert old in PLAN
    (folder / "qca.yaml").write_text(PLAN.replace(old, new, 1), encoding="utf-8")
    return [(problem.code, problem.where) for problem in load_plan(folder, codes=codes).problems]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("codes: [waiting.queue], ", "", ("PA60", "qca.yaml:6")),
        ("fuzzy: [0, 1.5, 3]", "fuzzy: [0, 1.5, 3], crisp: 1", ("PA60", "qca.yaml:6")),
        ("fuzzy: [0, 1.5, 3]", "fuzzy: [0, 3, 1.5]", ("PA61", "qca.yaml:6")),
        ("fuzzy: [0, 1.5, 3]", "grades: {high: 1}", ("PA61", "qca.yaml:6")),
        ("multi_value: [1, 6]", "multi_value: [6, 1]", ("PA61", "qca.yaml:7")),
        ("{high: 1, medium: 0.6, low: 0}", "{high: 1, good: 0.6}", ("PA61", "qca.yaml:8")),
        ("partial: 1, none: 0, ", "partial: 1, ", ("PA61", "qca.yaml:10")),
        ("use: [ACTS, LATE]", "use: [ACTS, EARLY]", ("PA63", "qca.yaml:3")),
        ("expected_values: [0]", "expected: present", ("PA64", "qca.yaml:7")),
        ("expected_values: [0]", "expected_values: [3]", ("PA64", "qca.yaml:7")),
        ("id: LATE", "id: ACTS", ("CB13", "qca.yaml:6")),
        ("id: LATE", "id: late", ("CB12", "qca.yaml:6")),
        ("frequency: 2", "frequency: 0", ("CB10", "qca.yaml:2")),
        ("frequency: 2", "frequenzy: 2", ("CB05", "qca.yaml:2")),
        ("measure: waiting_months", "measure: moon", ("CB09", "qca.yaml:7")),
    ],
)
def test_a_mistake_in_the_plan_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, found: tuple[str, str]
) -> None:
    assert found in problems_of(tmp_path, old, new)


def test_a_condition_that_names_an_unknown_code_is_told(tmp_path: Path) -> None:
    known = ("agency.decision", "agency.lacking", "waiting.queue")
    assert problems_of(tmp_path, "agency.lacking", "agency.laking", known) == [("PA62", "qca.yaml:5")]


def test_without_a_plan_the_way_out_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"no qca\.yaml") as error:
        load_plan(tmp_path)
    assert "--data" in error.value.hint


def test_the_shipped_plan_is_sound_and_uses_four_conditions(codebook: Codebook) -> None:
    loaded = load_plan(EN_PLAN, codes=[code.id for code in codebook.codes])
    assert loaded.problems == ()
    assert loaded.value.use == ("AGENCY", "TRUST", "GOALS", "DELAY")
    assert loaded.value.cuts.frequency == 3
    assert loaded.value.outcome().id == "PROGRESSION"
    assert loaded.value.outcome("degree").id == "DEGREE"
    with pytest.raises(PipelineError, match="no outcome"):
        loaded.value.outcome("moon")


def case(name: str, text: str = "", cluster: Cluster = Cluster.ADULT, citizens: tuple[Citizen, ...] = ()) -> Case:
    attributes = Attributes(cluster=cluster, citizens=citizens)
    return Case(name, f"{name}.docx", text, "", "", (), (), attributes)


def coding(
    name: str, code: str, segment: str, *, assertion: Assertion = Assertion.AFFIRMED, before: bool = False,
    start: int = 0, sentence: str = "x",
) -> Coding:  # fmt: skip
    return Coding(
        name, "course", segment, start, start + len(sentence), sentence, sentence, code, Pole.NEUTRAL, assertion,
        before, "rules", (),
    )  # fmt: skip


def outcome(
    name: str, *categories: str, rating: Rating | None = None, members: tuple[MemberOutcome, ...] = ()
) -> Outcome:
    found = tuple(ProgressionCategory(each) for each in categories)
    return Outcome(name, found, "rules", (), (("relation", rating),), (), members=members)


CODINGS = (
    coding("a", "agency.decision", "1"),
    coding("a", "agency.decision.fast", "1"),
    coding("a", "waiting.queue", "2"),
    coding("a", "waiting.queue", "3"),
    coding("b", "agency.decision", "1"),
    coding("b", "agency.lacking", "2"),
    coding("b", "waiting.queue", "2", before=True),
    coding("c", "agency.decision", "1", assertion=Assertion.NEGATED),
    coding("c", "waiting.queue", "1", assertion=Assertion.HYPOTHETICAL),
)


def build(tmp_path: Path, codebook: Codebook, **options: object) -> Matrix:
    cases = [case(name) for name in "abcd"]
    outcomes = [outcome("a", "progression"), outcome("b", "none"), outcome("c", "partial", "none"), outcome("d")]
    loaded = qca_data(cases, CODINGS, outcomes, codebook, plan=plan_of(tmp_path), **options)  # type: ignore[arg-type]
    return loaded.value


def test_sentences_of_the_course_are_counted_for_and_against(tmp_path: Path, codebook: Codebook) -> None:
    matrix = build(tmp_path, codebook)
    assert matrix.cases == ("a", "b", "c")
    assert [row[0] for row in matrix.values] == [1, 0, 0]
    assert [row[1] for row in matrix.values] == pytest.approx([0.7274, 0.05, 0.05], abs=1e-4)
    assert matrix.scores == (1.0, 0.0, 0.5)
    assert [condition.expected for condition in matrix.conditions] == [{1}, {0}]


def test_a_case_without_an_outcome_is_left_out_and_told(tmp_path: Path, codebook: Codebook) -> None:
    cases = [case("a"), case("d")]
    loaded = qca_data(cases, CODINGS, [outcome("a", "progression"), outcome("d")], codebook, plan=plan_of(tmp_path))
    assert loaded.value.cases == ("a",)
    assert [problem.code for problem in loaded.problems] == ["PA65"]
    assert "d" in loaded.problems[0].message


def test_what_is_not_mentioned_can_be_read_as_missing(tmp_path: Path, codebook: Codebook) -> None:
    matrix = build(tmp_path, codebook, conditions=("ACTS",), not_mentioned=NotMentioned.MISSING)
    assert matrix.cases == ("a", "b", "c")
    matrix = build(tmp_path, codebook, conditions=("LATE",), not_mentioned=NotMentioned.MISSING)
    assert matrix.cases == ("a",)


def test_codes_can_be_conditions_without_being_declared(tmp_path: Path, codebook: Codebook) -> None:
    matrix = build(tmp_path, codebook, conditions=("waiting.queue",), outcome="BEST")
    assert matrix.names == ("WAITING_QUEUE",)
    assert matrix.values == ((1.0,), (0.0,), (0.0,))
    assert matrix.scores[2] == pytest.approx(0.45)
    with pytest.raises(PipelineError, match="neither a condition"):
        build(tmp_path, codebook, conditions=("waiting.moon",))


def test_ratings_and_measures_make_conditions(tmp_path: Path, codebook: Codebook) -> None:
    cases = [case(name) for name in "ab"]
    outcomes = [outcome("a", "progression", rating=Rating.MEDIUM), outcome("b", "none")]
    plan = plan_of(tmp_path, PLAN.replace("rating: relation, ", "rating: relation, missing: 0.2, "))
    matrix = qca_data(cases, (), outcomes, codebook, plan=plan, conditions=("TRUST",)).value
    assert matrix.values == ((0.6,), (0.2,))
    loaded = qca_data(cases, (), outcomes, codebook, plan=plan, conditions=("MONTHS",))
    assert loaded.value.cases == ()
    waited = "Hun ventede i 8 måneder på udredning."
    told = (coding("a", "waiting.queue", "1", sentence=waited),)
    loaded = qca_data([case("a", waited)], told, outcomes, codebook, plan=plan, conditions=("MONTHS",))
    assert loaded.value.values == ((2.0,),)
    assert loaded.value.levels == (3,)


def family(*, shared: bool) -> tuple[Case, tuple[Coding, ...], Outcome]:
    first, second = "Ida fik svar samme dag.", "Bo ventede."
    people = (Citizen("Ida", "mor", 40), Citizen("Bo", "søn", 12))
    told = case("f", f"{first}\n{second}", Cluster.FAMILY, people)
    codes = ("agency.decision", "agency.decision") if shared else ("agency.decision", "waiting.queue")
    codings = tuple(
        coding("f", code, str(start), start=start, sentence=words)
        for code, start, words in ((codes[0], 0, first), (codes[1], len(first) + 1, second))
    )
    members = (
        MemberOutcome("Ida", ProgressionCategory.PROGRESSION), MemberOutcome("Bo", ProgressionCategory.NONE),
    )  # fmt: skip
    return told, codings, outcome("f", "progression", "none", members=members)


def test_a_split_case_stays_one_contradictory_row_where_its_members_share_the_conditions(
    tmp_path: Path, codebook: Codebook
) -> None:
    told, codings, verdict = family(shared=True)
    loaded = qca_data([told], codings, [verdict], codebook, plan=plan_of(tmp_path))
    assert loaded.value.cases == ("f",)
    assert loaded.value.scores == (0.5,)
    assert [problem.code for problem in loaded.problems] == ["PA66"]
    assert truth_table(loaded.value).rows[0].contradictory


def test_a_split_case_stands_in_two_rows_where_its_members_differ_in_the_conditions(
    tmp_path: Path, codebook: Codebook
) -> None:
    told, codings, verdict = family(shared=False)
    matrix = qca_data([told], codings, [verdict], codebook, plan=plan_of(tmp_path)).value
    assert matrix.cases == ("f/progression", "f/none")
    assert matrix.units == ("f", "f")
    assert matrix.scores == (1.0, 0.0)
    assert [row[0] for row in matrix.values] == [1.0, 0.0]


def test_the_reference_gives_every_case_a_row_and_a_solution(codebook: Codebook) -> None:
    plan = load_plan(EN_PLAN).value
    loaded = qca_data(reference_cases(), reference_codings(), reference_outcomes(), codebook, plan=plan)
    assert len(set(loaded.value.units)) == 98
    assert sum(score == 0.5 for score in loaded.value.scores) > 0
    analysis = analyse(loaded.value, Options(plan.cuts, plan.solution, draws=50))
    assert sum(row.n for row in analysis.table.rows) == len(loaded.value.cases)
    assert analysis.models


def table_of(folder: Path, text: str) -> Path:
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_of_one_s_own_is_read_with_dashes_and_decimal_commas(tmp_path: Path) -> None:
    loaded = read_table(table_of(tmp_path, "sag;Høj rente;B;Y\nx;0,5;-;1\ny;1;0;0,2\n"))
    matrix = loaded.value
    assert matrix is not None
    assert matrix.names == ("Høj_rente", "B")
    assert matrix.values[1] == (1.0, 0.0)
    assert matrix.scores == (1.0, 0.2)
    assert list(matrix.literals[1, 0]) == [0.0, 1.0]


def test_raw_columns_are_calibrated_and_the_outcome_may_be_absent_or_a_value() -> None:
    anchors = {"DEV": (400, 550, 900), "SURV": (0.5,)}
    raw = read_table(FOLDER / "lipset_raw.csv", outcome="~surv", conditions=["dev"], thresholds=anchors).value
    assert raw is not None
    assert raw.outcome == "~SURV"
    assert raw.values[0][0] == pytest.approx(0.81, abs=0.01)
    several = read_table(FOLDER / "lipset_raw.csv", conditions=["DEV"], cuts={"DEV": (550, 850)}, thresholds=anchors)
    assert several.value is not None
    assert several.value.levels == (3,)
    value = read_table(FOLDER / "lipset_multivalue.csv", outcome="DEV[2]", conditions=["URB"]).value
    assert value is not None
    assert (value.outcome, sum(value.scores)) == ("DEV[2]", 5)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("case,A,Y\nx,1,1\ny,,0\n", "own.csv:3"),
        ("case,A,Y\nx,many,1\n", "own.csv:2"),
        ("case,A,Y\nx,1,1\nx,0,0\n", "own.csv:3"),
        ("case,A,Y\nx,-1,1\n", "own.csv:2"),
        ("case,A,Y\nx,1,1\ny,1.5,0\n", "own.csv:3"),
        ("case,A,Y\nx,1,2\ny,0,0\n", "own.csv:2"),
        ("case,A,Y\nx,1,-\ny,0,0\n", "own.csv:2"),
    ],
)
def test_a_value_that_is_no_membership_is_told_with_its_line(tmp_path: Path, text: str, where: str) -> None:
    loaded = read_table(table_of(tmp_path, text))
    assert loaded.value is None
    assert [(problem.code, problem.where) for problem in loaded.problems] == [("PA67", where)]


def test_a_file_that_is_no_table_or_lacks_a_column_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        read_table(tmp_path / "none.csv")
    with pytest.raises(PipelineError, match="no table"):
        read_table(table_of(tmp_path, "only one line\n"))
    good = table_of(tmp_path, "case,A,Y\nx,1,1\ny,0,0\n")
    with pytest.raises(PipelineError, match="no column 'B'"):
        read_table(good, conditions=["B"])
    with pytest.raises(PipelineError, match="outcome and a condition"):
        read_table(good, conditions=["Y"])
    with pytest.raises(PipelineError, match="cannot be calibrated"):
        read_table(good, thresholds={"A": (3, 1, 2)})
