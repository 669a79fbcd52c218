from dataclasses import replace

from pipeline.cli.labels import named, named_codebook
from pipeline.model.codes import Label
from tests.codebook_of_reference import reference_codebook


def test_a_label_reads_the_same_in_both_languages_once_its_language_is_chosen() -> None:
    label = Label("Ventetid", "Waiting")
    assert named(label, "da") == Label("Ventetid", "Ventetid")
    assert named(label, "en") == Label("Waiting", "Waiting")


def test_a_codebook_keeps_everything_but_the_other_language_of_its_codes() -> None:
    codebook = reference_codebook()
    themes = tuple(
        replace(
            theme, codes=tuple(replace(code, label=Label(f"da {code.id}", f"en {code.id}")) for code in theme.codes)
        )
        for theme in codebook.themes
    )
    chosen = named_codebook(replace(codebook, themes=themes), "da")
    assert [code.label.en for code in chosen.codes] == [f"da {code.id}" for code in codebook.codes]
    assert [theme.label for theme in chosen.themes] == [theme.label for theme in codebook.themes]
