import pytest

from pipeline.corpus.citizens import parse_citizens
from pipeline.model.cases import Citizen


@pytest.mark.parametrize(
    ("line", "citizens"),
    [
        ("Bent, 54 år", [Citizen("Bent", "", 54)]),
        ("Bent Ove, 52 år", [Citizen("Bent Ove", "", 52)]),
        ("Samir på 42 år (far)", [Citizen("Samir", "far", 42)]),
        ("Rikke, 36 år (mor), Emma, 13 år", [Citizen("Rikke", "mor", 36), Citizen("Emma", "", 13)]),
        ("Rikke (mor), 37 år; Torben (far), 42 år", [Citizen("Rikke", "mor", 37), Citizen("Torben", "far", 42)]),
        (
            "Mor Maria, 33 år; far Tonny, 37 år; Lukas, 13 år",
            [Citizen("Maria", "mor", 33), Citizen("Tonny", "far", 37), Citizen("Lukas", "", 13)],
        ),
        ("Mor Rania 38 år, far Walid 46 år", [Citizen("Rania", "mor", 38), Citizen("Walid", "far", 46)]),
        ("Mor og datter på 13 år", [Citizen("", "mor", None), Citizen("", "datter", 13)]),
        ("Emma (13 år) og Alma (8 mdr.)", [Citizen("Emma", "", 13), Citizen("Alma", "", 0)]),
        ("Storm, 1½ år", [Citizen("Storm", "", 1)]),
        ("Sara (19)", [Citizen("Sara", "", 19)]),
        ("En 42-årig mand", [Citizen("", "mand", 42)]),
        ("Familien Hansen: mor Ida, 40 år", [Citizen("Ida", "mor", 40)]),
        ("", []),
    ],
)
def test_a_citizen_line_is_read_with_roles_and_ages(line: str, citizens: list[Citizen]) -> None:
    assert list(parse_citizens(line)) == citizens
