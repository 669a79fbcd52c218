from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.cases import Attributes, Case, Citizen
from pipeline.report.masking import Masks, find_masks, mask
from tests.reference import reference_cases

TEXT = (
    "Maria bor i Holbæk med sin søn Emil. I maj 2019 fik Maria ADHD-udredning hos Region Sjælland. "
    "Det gik bedre for hende. Hun er 33 år og ventede i 3 år. Sagsbehandleren hedder Jensen-Holm."
)


def made(text: str = TEXT) -> Case:
    base = reference_cases()[0]
    attributes = Attributes(municipality="Holbæk Kommune", citizens=(Citizen("Maria", "mor", 33),), author="Ulla Friis")
    return replace(base, id="X-01", text=text, attributes=attributes)


@pytest.mark.parametrize(
    ("quotation", "shown"),
    [
        ("Maria ringede til Emil.", "[navn] ringede til [navn]."),
        ("Så kom Marias mor.", "Så kom [navn] mor."),
        ("Hun flyttede til Holbæk.", "Hun flyttede til [sted]."),
        ("Hun er 33 år.", "Hun er [alder]."),
        ("Hun ventede i 3 år på svar.", "Hun ventede i 3 år på svar."),
        ("Den 33-årige mor kom.", "Den [alder] mor kom."),
        ("I maj 2019 fik hun ADHD.", "I [dato] fik hun ADHD."),
        ("Den 12. marts 2020 og 3/4-2021.", "[dato] og [dato]."),
        ("Det gik bedre.", "Det gik bedre."),
        ("Jensen-Holm sagde ja.", "[navn] sagde ja."),
        ("Region Sjælland ventede.", "[navn] ventede."),
        ("Ring på 12 34 56 78 eller a@b.dk.", "Ring på […] eller […]"),
    ],
)
def test_names_places_ages_and_dates_are_taken_out(quotation: str, shown: str) -> None:
    assert mask(quotation, "X-01", find_masks([made()])) == shown


def test_a_name_that_no_case_knows_is_taken_out_in_mid_sentence() -> None:
    assert mask("Så kom Thorbjørn og hjalp.", "X-01", find_masks([made()])) == "Så kom [navn] og hjalp."


def test_the_name_of_one_case_is_taken_out_of_another() -> None:
    other = replace(made("Karla kom forbi, og Karla blev."), id="X-02")
    masks = find_masks([made(), other])
    assert mask("Karla kom.", "X-01", masks) in ("[navn] kom.", "Karla kom.")
    assert mask("Da kom Karla.", "X-01", masks) == "Da kom [navn]."


def test_in_english_the_signs_are_english() -> None:
    assert mask("Maria er 33 år.", "X-01", find_masks([made()]), "en") == "[name] er [age]."


@cache
def all_masks() -> Masks:
    return find_masks(reference_cases())


@given(
    st.sampled_from([sentence for case in reference_cases()[:20] for sentence in case.text.splitlines() if sentence])
)
def test_no_citizen_s_name_is_left_in_any_sentence(sentence: str) -> None:
    masks = all_masks()
    shown = mask(sentence, "A-01", masks)
    names = {citizen.name for case in reference_cases() for citizen in case.attributes.citizens if citizen.name}
    words = set(shown.replace(",", " ").replace(".", " ").split())
    assert not {name for name in names if name.lower() in masks.names} & words


def test_initials_that_an_author_goes_by_are_taken_out_and_other_capitals_are_not() -> None:
    case = made()
    masks = find_masks([replace(case, attributes=replace(case.attributes, author="VK"))])
    assert mask("VK søgte STU til hende.", "X-01", masks) == "[navn] søgte STU til hende."
