import pytest

from pipeline.coding.roles import CITIZEN, NAME, is_name, name_roles


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Hendes mentor Karin ringede.", "<support>"),
        ("Så kom Karin, sygeplejerske i kommunen.", "<health>"),
        ("Sagsbehandler Karin overtog.", "<caseworker>"),
        ("Han bor hos søster Karin.", "<relative>"),
        ("På lageret tog mester Karin imod.", "<host>"),
        ("Så kom Karin.", NAME),
    ],
)
def test_a_first_name_has_the_role_of_the_title_beside_it(text: str, role: str) -> None:
    assert name_roles([text])["karin"] == role


def test_a_title_before_a_name_outweighs_one_after_it() -> None:
    assert name_roles(["Mentor Karin, lærer, kom."])["karin"] == "<support>"


def test_the_name_told_most_often_is_the_citizens() -> None:
    roles = name_roles(["I maj kom Ida.", "Så gik Ida.", "Nu har Ida job.", "Hendes mentor Karin så Bo."])
    assert roles == {"ida": CITIZEN, "karin": "<support>"}


def test_a_name_told_once_or_twice_is_not_taken_for_the_citizens() -> None:
    assert name_roles(["I maj kom Ida.", "Så gik Ida."]) == {"ida": NAME}


def test_an_office_told_most_often_is_not_the_citizen() -> None:
    texts = ["Så kom Jobcenteret.", "Nu kom Jobcenteret.", "Da kom Jobcenteret.", "Men kom Jobcenteret."]
    names = ["I maj kom Anne-Mette.", "Så gik Anne-Mette.", "Nu har Anne-Mettes søn job."]
    assert name_roles([*texts, *names]) == {"jobcenteret": NAME, "anne-mette": CITIZEN}


def test_a_genitive_is_the_same_name() -> None:
    assert name_roles(["Det blev mentor Karins opgave."]) == {"karin": "<support>"}


@pytest.mark.parametrize(
    ("word", "name"),
    [("Karin", True), ("Anne-Mette", True), ("karin", False), ("VISO", False), ("PPR-skema", False), ("Bo", False)],
)
def test_a_name_is_a_capital_and_small_letters(word: str, name: bool) -> None:
    assert is_name(word) is name
