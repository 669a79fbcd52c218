import pytest

from pipeline.codebook.hints import near, spelling

ID = "[a-z][a-z0-9_]*"


def test_the_nearest_name_is_found_and_none_where_all_are_far() -> None:
    assert near("confidnce", ("match", "confidence")) == "confidence"
    assert near("xyz", ("match", "confidence")) == ""


def test_a_stricter_search_finds_less() -> None:
    assert near("abcd", ("abxy", "abcx"), cutoff=0.7) == "abcx"
    assert near("abcd", ("abxy", "abcx"), cutoff=0.8) == ""


@pytest.mark.parametrize(("written", "meant"), [("Kø", "koe"), ("små ord", "smaa_ord"), ("a-b", "a_b")])
def test_an_id_is_told_how_to_be_written(written: str, meant: str) -> None:
    assert f"write '{meant}'" in spelling(written, ID)


def test_no_spelling_is_proposed_where_other_letters_do_not_help() -> None:
    assert "write" not in spelling("a+b", ID)
    assert spelling("agency", "[A-Z][A-Z0-9_]*") == ""
