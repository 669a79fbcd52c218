"""Passages as caseworkers write them, with the changes a careful reader counts."""

import pytest

from pipeline.model.cases import Attributes, Case, Citizen, Cluster
from pipeline.model.codes import Pole
from pipeline.model.codings import Assertion, Coding, Status
from pipeline.patterns.change_counts import CHANGE_MEASURES, count_changes
from pipeline.patterns.findings import Finding

WORKER, SUPPORT, PLACEMENT = CHANGE_MEASURES
CITIZENS = {
    Cluster.ADULT: (Citizen("Per", "", 45),),
    Cluster.YOUTH: (Citizen("Sara", "", 19),),
    Cluster.FAMILY: (Citizen("Hanne", "mor", 38), Citizen("Liam", "", 9), Citizen("Sofie", "", 6)),
}


def coding(text: str, sentence: str, code: str, **given: object) -> Coding:
    start = text.index(sentence)
    values: dict[str, object] = {
        "case": "X-01", "section": "course", "segment": f"s{start}", "start": start, "end": start + len(sentence),
        "quote": sentence, "sentence": sentence, "code": code, "pole": Pole.INHIBITOR, "before": False,
        "assertion": Assertion.AFFIRMED, "coder": "combined", "evidence": (),
    }  # fmt: skip
    return Coding(**(values | given))  # type: ignore[arg-type]  # the fields of a coding by name


def case_of(text: str, cluster: Cluster = Cluster.ADULT) -> Case:
    return Case("X-01", "X-01.txt", text, "", "", (), (), Attributes(cluster=cluster, citizens=CITIZENS[cluster]))


def counted(
    *sentences: str,
    code: str = WORKER,
    cluster: Cluster = Cluster.ADULT,
    earlier: tuple[str, ...] = (),
    **given: object,
) -> dict[str, Finding]:
    """Count the changes of sentences that all carry a code; those of ``earlier`` are coded as before the course."""
    text = " ".join([*earlier, *sentences])
    codings = [coding(text, each, code, before=True) for each in earlier]
    codings += [coding(text, each, code, **given) for each in sentences]
    found, _ = count_changes(case_of(text, cluster), code, codings)
    return {each.measure: each for each in found}


def values(*sentences: str, code: str = WORKER, **given: object) -> tuple[float, float]:
    """Return the changes during the course and before it, 0 where nothing is counted."""
    found = counted(*sentences, code=code, **given)  # type: ignore[arg-type]  # passed on as they are
    name = CHANGE_MEASURES[code]
    return tuple(found[each].value if each in found else 0 for each in (name, f"{name}_before"))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("passage", "changes"),
    [
        ("Rådgiveren var først Bente, derefter Aksel, så en vikar og nu Yrsa.", 3),
        ("I januar var det Bente. / I april kom Aksel, og siden oktober har det været Yrsa.", 2),
        ("Sagsbehandlere: Bente (2017-2018), Aksel (2018), Yrsa (2019-).", 2),
        ("Sagsbeh.: Bente -> Aksel -> Yrsa.", 2),
        ("Hun gik fra hånd til hånd: Bente, Aksel, Yrsa og nu undertegnede.", 3),
        ("Sagen er vandret fra Bente til Aksel og videre til mig.", 2),
        ("Bente gav sagen videre til Aksel, som gav den videre til mig.", 2),
        ("Så var det Bente, så Aksel og til sidst Bente igen.", 3),
        ("Skift af rådg. i marts og igen i okt.", 2),
        ("Antal rådgivere i forløbet: 4", 3),
        ("Rådgiverskift x 2 i perioden.", 2),
        ("Bente var hans rådgiver, da vi gik i gang. / Tallet er nu oppe på fem.", 4),
        ("For tredje gang har han fået ny rådgiver.", 3),
        ("Det andet rådgiverskift i forløbet skete i maj.", 2),
        ("Imens blev sagen passet af to vikarer.", 2),
        ("To rådgivere senere stod vi samme sted.", 2),
        ("Han har taget farvel med en mentor og mistet to rådgivere.", 2),
        ("Rådgiver: Bente indtil maj 2018, Aksel maj-dec. 2018, Yrsa jan.-aug. 2019, derefter Tim.", 3),
        ("Fire forskellige har haft sagen.", 3),
        ("Rådgiveren er skiftet ud ad to omgange.", 2),
        ("Efter først Bente og siden Aksel er det nu Yrsa, der sidder med sagen.", 2),
        ("De to første rådgivere nåede hun dårligt at møde. / Nu har hun Aksel.", 2),
    ],
)  # fmt: skip
def test_people_told_in_a_row_are_counted(passage: str, changes: int) -> None:
    assert values(*passage.split(" / ")) == (changes, 0)


@pytest.mark.parametrize(
    ("passage", "changes"),
    [
        ("Bente gik på barsel i juni. / Jeg overtog sagen i august.", 1),
        ("Bente gik på barsel i juni, og Aksel tog over. / I november blev Aksel afløst af Yrsa.", 2),
        ("Jeg overtog sagen efter en kollega, der gik på pension.", 1),
        ("Da Bente fik andet arbejde, overtog Aksel sagen.", 1),
        ("Rådgiveren sagde op i marts, og hendes afløser holdt kun til juni.", 2),
        ("Sagen skiftede hænder i maj. / Den nye rådgiver havde ikke læst akterne.", 1),
        ("Bente stoppede i maj. / Da Bente stoppede, lå sagen stille. / Den nye hedder Aksel.", 1),
        ("Rådgiveren blev udskiftet i maj. / I oktober kom han retur til sin første rådgiver.", 2),
        ("Hun måtte begynde forfra med en ny rådgiver. / Den nye rådgiver kendte intet til sagen.", 1),
        ("Sagsbehandlerskiftet i maj betød, at planen lå stille. / Ved næste skift gik det bedre.", 2),
    ],
)  # fmt: skip
def test_one_who_left_and_the_one_who_came_are_one_change(passage: str, changes: int) -> None:
    assert values(*passage.split(" / ")) == (changes, 0)


def test_a_stated_total_holds_against_sentences_on_single_people() -> None:
    found = counted(
        "Hun har haft tre mentorer.", "Den første rejste efter to måneder.", "Den næste stoppede.",
        "Den tredje hedder Signe.", code=SUPPORT,
    )["support_changes"]  # fmt: skip
    assert (found.value, found.low, found.certain, found.words) == (2, 2, True, "tre mentorer")
    chain = ("Den første familie trak sig.", "Den anden flyttede til Fyn.", "Siden august er han hos en tredje.")
    assert values(*chain, code=PLACEMENT) == (2, 0)
    assert values("Rådgiveren var først Bente, så Aksel og nu Yrsa.", "I efteråret skiftede han igen.") == (3, 0)


@pytest.mark.parametrize(
    "passage",
    [
        "Jeg fratræder til sommer, og han får en ny rådgiver.",
        "Rådgiveren stopper til nytår.",
        "Hvis han igen skal skifte rådgiver, er vi tilbage ved start.",
        "Det var planen, at han skulle have ny rådgiver, men det blev aflyst.",
        "Ledelsen foreslog at flytte sagen til en anden rådgiver, men det takkede han nej til.",
        "Der er varslet et skift af rådgiver pr. 1. oktober.",
        "Der er to rådgivere på sagen, en i jobcentret og en i socialafdelingen.",
        "Vi har været to rådgivere om sagen hele vejen.",
        "Til mødet deltog tre rådgivere fra hver sin forvaltning.",
        "Stillingen som rådgiver var ubesat i fire måneder.",
        "Hun har nu igen den samme rådgiver som ved opstarten, så intet skift der.",
        "Bente overvejede at søge væk, men valgte at blive.",
        "Bente går på pension til marts, og en ny er endnu ikke fundet.",
        "Vi fik lov at beholde sagen, selv om den skulle overgå til en anden rådgiver.",
        "I marts 2019 var Bente hendes rådgiver.",
    ],
)
def test_what_may_come_stands_side_by_side_or_stays_is_no_change(passage: str) -> None:
    assert values(passage) == (0, 0)


def test_one_to_come_counts_those_who_were_there() -> None:
    assert values("Han har haft to rådgivere og skal til foråret have en tredje.") == (1, 0)
    assert values("Familien skal have en tredje rådgiver.") == (1, 0)


@pytest.mark.parametrize(
    ("passage", "code", "cluster", "changes"),
    [
        ("Hans mor har skiftet rådgiver fire gange.", WORKER, Cluster.YOUTH, 0),
        ("Mor, som selv er i jobafklaring, har fået sin tredje rådgiver.", WORKER, Cluster.YOUTH, 0),
        ("Kærestens rådgiver stoppede i juni.", WORKER, Cluster.YOUTH, 0),
        ("Hendes far har en tung sag og er lige overgået til sin femte rådgiver.", WORKER, Cluster.YOUTH, 0),
        ("Naboen, som også er med, har haft fire rådgivere.", WORKER, Cluster.ADULT, 0),
        ("Hendes ældste søn har skiftet kontaktperson tre gange.", SUPPORT, Cluster.ADULT, 0),
        ("Ligesom sin datter har hun fået ny kontaktperson.", SUPPORT, Cluster.ADULT, 1),
        ("Hans mor fortalte, at han lige havde fået ny rådgiver.", WORKER, Cluster.YOUTH, 1),
        ("Mor og Sara har fået ny rådgiver.", WORKER, Cluster.YOUTH, 1),
        ("Mor har fået ny rådgiver på jobcentret.", WORKER, Cluster.FAMILY, 1),
        ("Storebror har haft tre kontaktpersoner i forløbet.", SUPPORT, Cluster.FAMILY, 2),
    ],
)  # fmt: skip
def test_whose_staff_it_is_decides(passage: str, code: str, cluster: Cluster, changes: int) -> None:
    assert values(passage, code=code, cluster=cluster) == (changes, 0)


def test_a_parents_childhood_is_not_the_familys_history() -> None:
    parent = "Mor er selv opvokset i fire plejefamilier."
    later = "Liam er nu hos sin fjerde aflastningsfamilie."
    assert values(later, code=PLACEMENT, cluster=Cluster.FAMILY, earlier=(parent,)) == (3, 0)
    assert values(code=PLACEMENT, earlier=("Han voksede op i tre plejefamilier.",)) == (0, 2)


def test_the_people_before_the_course_are_taken_off_for_the_same_child_only() -> None:
    before = ("Før projektet havde Sofie haft tre aflastningsfamilier.",)
    assert values("Liam er nu hos sin fjerde.", code=PLACEMENT, cluster=Cluster.FAMILY, earlier=before) == (3, 2)
    assert values("Sofie er nu hos sin fjerde.", code=PLACEMENT, cluster=Cluster.FAMILY, earlier=before) == (1, 2)


@pytest.mark.parametrize(
    ("passage", "before", "changes"),
    [
        ("Siden opstarten har der været tre rådgivere på sagen.", True, (2, 0)),
        ("Hun har haft fire rådgivere, siden hun kom med i planen.", True, (3, 0)),
        ("Inden han kom med i projektet, havde han haft fem rådgivere.", False, (0, 4)),
        ("Før projektet havde han haft fem rådgivere, og i projektperioden har han haft tre.", False, (2, 4)),
        ("Da han kom med i Én plan, fik han sin fjerde rådgiver.", False, (1, 2)),
        ("Da han kom med i Én plan, var han på sin fjerde rådgiver.", False, (0, 3)),
    ],
)
def test_a_sentences_own_words_tell_the_time(passage: str, before: bool, changes: tuple[int, int]) -> None:
    assert values(passage, before=before) == changes


def test_in_sections_on_the_course_before_is_what_says_so() -> None:
    sentence = "Rådgiveren er skiftet to gange."
    assert values(sentence, before=True, section="organisation") == (2, 0)
    assert values(sentence, before=True) == (0, 2)
    assert values("Hun havde haft to rådgivere.", before=True, section="organisation") == (0, 1)


def test_changes_on_several_posts_are_added_up_and_a_school_is_left_aside() -> None:
    told = ("Kontaktpersonen blev skiftet to gange.", "Mentoren blev skiftet én gang.")
    found = counted(*told, code=SUPPORT)["support_changes"]
    assert (found.value, found.certain, len(found.segments)) == (3, False, 2)
    assert values("Mentoren stoppede i maj.", "Klasselæreren er også skiftet ud.", code=SUPPORT) == (1, 0)


def test_each_clause_counts_for_the_role_it_names() -> None:
    sentence = "Jobcentrets rådgiver er skiftet fire gange, mens mentoren kun er skiftet en enkelt gang."
    assert values(sentence) == (4, 0)
    assert values(sentence, code=SUPPORT) == (1, 0)
    assert values("Mentoren er den tredje på et år.") == (0, 0)


def test_a_number_with_its_people_counts_without_a_coding_of_its_own() -> None:
    text = "I de år havde hun haft seks rådgivere og fire kontaktpersoner."
    given = coding(text, text, WORKER)
    found, stated = count_changes(case_of(text), SUPPORT, [given])
    assert [each.value for each in found] == [3]
    assert [each.words for each in stated] == ["fire kontaktpersoner"]
    rejected = coding(text, text, SUPPORT, status=Status.REJECTED)
    assert count_changes(case_of(text), SUPPORT, [given, rejected]) == ([], [])
    team = "Teamet mødes med tre mentorer."
    assert count_changes(case_of(team), SUPPORT, [coding(team, team, "measure.mentor")]) == ([], [])


def test_a_sentence_given_two_codes_and_naming_no_role_is_counted_once() -> None:
    text = "Mentoren hed Bo. Så kom Simon, som gik på barsel i november."
    sentence = "Så kom Simon, som gik på barsel i november."
    both = [coding(text, sentence, WORKER, confidence=0.9), coding(text, sentence, SUPPORT, confidence=0.6)]
    assert count_changes(case_of(text), WORKER, both) == ([], [])
    assert [each.value for each in count_changes(case_of(text), SUPPORT, both)[0]] == [2]
    assert [each.value for each in count_changes(case_of(sentence), WORKER, [
        coding(sentence, sentence, WORKER, confidence=0.9), coding(sentence, sentence, SUPPORT, confidence=0.6)
    ])[0]] == [2]  # fmt: skip


def test_an_unlikely_coding_makes_nothing_certain() -> None:
    sure = counted("Hun har haft tre rådgivere.")["caseworker_changes"]
    weak = counted("Hun har haft tre rådgivere.", confidence=0.4)["caseworker_changes"]
    assert (sure.certain, weak.certain, weak.value) == (True, False, 2)
    assert counted("Den ny virkelighed meldte sig.", confidence=0.4) == {}
