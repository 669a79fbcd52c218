from pathlib import Path

import pytest
import spacy

from pipeline.coding.component import CodingComponent
from pipeline.errors import PipelineError
from tests.projects import make_project


@pytest.fixture(scope="module")
def nlp(tmp_path_factory: pytest.TempPathFactory) -> spacy.language.Language:
    folder = make_project(tmp_path_factory.mktemp("project"))
    language = spacy.blank("da")
    language.add_pipe("casepath", config={"codebook": str(folder / "codebook" / "en-plan")})
    return language


def test_codings_become_labelled_spans(nlp: spacy.language.Language) -> None:
    doc = nlp("Han har gæld. Hun ventede længe på svar.")
    assert [(span.text, span.label_) for span in doc.spans["casepath"]] == [
        ("gæld", "barrier.finances"),
        ("ventede længe på", "waiting.queue"),
    ]


def test_what_a_cue_holds_back_gives_no_span(nlp: spacy.language.Language) -> None:
    assert len(nlp("Der var ikke ventetid.").spans["casepath"]) == 0


def test_spans_hold_whole_tokens_where_spacy_cuts_otherwise(nlp: spacy.language.Language) -> None:
    doc = nlp("Gælden/ventetiden var lang.")
    assert {span.label_ for span in doc.spans["casepath"]} == {"barrier.finances", "waiting.queue"}


def test_all_evidence_can_be_had_from_the_component(nlp: spacy.language.Language) -> None:
    component = nlp.get_pipe("casepath")
    assert isinstance(component, CodingComponent)
    (coding,) = component.code(nlp.make_doc("Tidligere ventede hun på svar."))
    assert coding.before
    assert coding.rules == ("waiting.queue/words",)


def test_a_codebook_with_mistakes_is_refused(tmp_path: Path) -> None:
    folder = make_project(tmp_path) / "codebook" / "en-plan"
    (folder / "context.yaml").write_text("cues: 3\n", encoding="utf-8")
    with pytest.raises(PipelineError, match=r"The codebook has 1 error\. It is in context\.yaml"):
        spacy.blank("da").add_pipe("casepath", config={"codebook": str(folder)})


@pytest.mark.parametrize("config", [{}, {"codebook": " "}])
def test_a_component_without_a_codebook_says_that_it_needs_one(config: dict[str, str]) -> None:
    with pytest.raises(PipelineError, match="needs the folder of a codebook") as raised:
        spacy.blank("da").add_pipe("casepath", config=config)
    assert "codebook/en-plan" in raised.value.hint
