import pytest

from pipeline.language.morphology import inflect


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("vente", "vente venter ventede ventet ventes ventende vent"),
        ("køre", "køre kører kørte kørt køres kør"),
        ("glemme", "glemme glemmer glemte glemt glem"),
        ("stoppe", "stopper stoppede stoppet stop"),
        ("overtage", "overtager overtog overtaget overtages"),
        ("udskyde", "udskyder udskød udskudt"),
        ("skift", "skift skiftet skiftene skifts"),
        ("ventetid", "ventetiden ventetider ventetiderne ventetidens"),
        ("bus", "bussen busser busserne"),
        ("møde", "mødet møder møderne mødets"),
        ("udredning", "udredningen udredninger udredningerne"),
        ("sagsbehandler", "sagsbehandleren sagsbehandlere sagsbehandlerne sagsbehandlerens"),
        ("cykel", "cyklen cykler cyklerne"),
        ("middel", "midlet midler midlerne"),
        ("center", "centret centeret centre centrene"),
        ("jobcenter", "jobcentret jobcenteret jobcentre"),
        ("mor", "mor moren mødre mors"),
        ("plejebarn", "plejebarn plejebarnet plejebørn plejebørnene"),
        ("svær", "svær svært svære sværere sværest"),
        ("sikker", "sikker sikkert sikre"),
        ("gammel", "gammel gammelt gamle ældre"),
        ("træt", "træt trætte"),
        ("udtalelse", "udtalelsen udtalelser udtalelserne"),
        ("bo", "bor boede boet"),
        ("psykiatri", "psykiatrien psykiatriens"),
        ("afslag", "afslaget afslagene afslagets"),
        ("tilbud", "tilbuddet tilbuddene"),
    ],
)
def test_inflections_of_a_dictionary_form(word: str, forms: str) -> None:
    assert set(forms.split()) <= inflect(word)


@pytest.mark.parametrize("word", ["på", "ikke", "der", "en", "så", "4-5", "§", "f.eks", "a"])
def test_words_without_endings_get_none(word: str) -> None:
    assert inflect(word) == {word}


@pytest.mark.parametrize(
    ("word", "other"),
    [("sagsbehandler", "sagsbehandling"), ("bolig", "bol"), ("vold", "vol"), ("de", "det"), ("se", "set over")],
)
def test_forms_do_not_run_into_other_words(word: str, other: str) -> None:
    assert other not in inflect(word)
