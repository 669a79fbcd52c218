import pytest

from pipeline.patterns.staff import read_changes, tells_history, tells_of_a_change
from pipeline.patterns.staff_numbers import Basis
from pipeline.patterns.staff_roles import CHANGE_CODES

WORKER, SUPPORT, PLACEMENT = CHANGE_CODES


@pytest.mark.parametrize(
    ("text", "code", "number", "basis"),
    [
        ("Han har haft fem rådgivere på under tre år.", WORKER, 4, Basis.PERSONS),
        ("Hun har haft 4 sagsbehandlere.", WORKER, 3, Basis.PERSONS),
        ("elleve forskellige sagsbehandlere", WORKER, 10, Basis.PERSONS),
        ("Undertegnede overtog efter to forgængere.", WORKER, 2, Basis.PERSONS),
        ("to familierådgivere", WORKER, 1, Basis.PERSONS),
        ("tre mentorer på tre år", SUPPORT, 2, Basis.PERSONS),
        ("Bostøtten har været tre forskellige personer.", SUPPORT, 2, Basis.PERSONS),
        ("tre plejefamilier og på et opholdssted", PLACEMENT, 3, Basis.PERSONS),
        ("Fire plejefamilier og to opholdssteder nåede hun.", PLACEMENT, 5, Basis.PERSONS),
        ("Jeg er selv den femte rådgiver.", WORKER, 4, Basis.ORDINAL),
        ("Hun er den fjerde på to år.", SUPPORT, 3, Basis.ORDINAL),
        ("Børnerådgiveren, den fjerde, ville anbringe.", WORKER, 3, Basis.ORDINAL),
        ("Undertegnede er nr. 4 efter Pia.", WORKER, 3, Basis.ORDINAL),
        ("Nr. tre begyndte i november.", SUPPORT, 2, Basis.ORDINAL),
        ("Den nuværende er nummer fire.", WORKER, 3, Basis.ORDINAL),
        ("ny sagsbehandler, hans sjette.", WORKER, 5, Basis.ORDINAL),
        ("den anden sagsbehandler", WORKER, 1, Basis.ORDINAL),
        ("hendes 4. sagsbehandler", WORKER, 3, Basis.ORDINAL),
        ("En tredje faldt fra inden første besøg.", PLACEMENT, 2, Basis.ORDINAL),
        ("Han skiftede sagsbehandler to gange.", WORKER, 2, Basis.TIMES),
        ("Mentorfunktionen skiftede hænder to gange.", SUPPORT, 2, Basis.TIMES),
        ("Læreren blev skiftet ud 3 gange.", SUPPORT, 3, Basis.TIMES),
        ("Der var to gange skift.", WORKER, 2, Basis.TIMES),
        ("Tre sagsbehandlerskift på et år.", WORKER, 3, Basis.TIMES),
        ("Aflastningsfamilien blev udskiftet én gang.", PLACEMENT, 1, Basis.TIMES),
    ],
)  # fmt: skip
def test_a_number_of_changes_is_read(text: str, code: str, number: int, basis: Basis) -> None:
    (found,) = read_changes(text, code)
    assert (found.number, found.basis, found.uncertain) == (number, basis, False)
    assert text[found.start : found.end] == found.words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Endnu en ny.", WORKER), ("Hun fik ny sagsbehandler.", WORKER), ("Inger fik andet arbejde.", WORKER),
        ("fordelt på tre medarbejdere", WORKER), ("Hun har mødt Ida to gange.", WORKER), ("i en anden kommune", WORKER),
        ("hver tredje weekend", PLACEMENT), ("tredje gang", WORKER), ("Der sad en vikar 4 måneder.", WORKER),
        ("Den nye havde 70 sager.", WORKER), ("1. november", WORKER), ("tre mentorer", WORKER),
        ("én sagsbehandler", WORKER),
        ("Børnene skulle være der den tredje weekend.", PLACEMENT), ("tre sagsbehandlere", SUPPORT),
        ("Mentorfunktionen skiftede hænder to gange.", WORKER), ("Sagsbehandleren skiftede to gange.", SUPPORT),
        ("familiebehandling (SEL § 52, stk. 3, nr. 3)", PLACEMENT), ("En eventuel femte rådgiver bør vente.", WORKER),
        ("100 sagsbehandlere", WORKER), ("skiftende rådgivere", WORKER), ("", WORKER),
    ],
)  # fmt: skip
def test_other_numbers_and_none_are_no_count(text: str, code: str) -> None:
    assert read_changes(text, code) == ()


@pytest.mark.parametrize(
    "text", ["Jeg er den femte siden sygemeldingen.", "et par sagsbehandlere", "skiftede et par gange"]
)
def test_vague_numbers_and_counts_since_something_are_uncertain(text: str) -> None:
    (found,) = read_changes(text, WORKER)
    assert found.uncertain


def test_history_and_consequences_are_told_by_their_words() -> None:
    assert tells_history("Før projektet havde hun seks sagsbehandlere.")
    assert not tells_history("Hun fik ny sagsbehandler.")
    assert not tells_of_a_change("Hun skulle begynde forfra.")
    assert not tells_of_a_change("En eventuel femte rådgiver bør vente.")
    assert tells_of_a_change("Mentoren rejste.")
