"""The coder as a spaCy component: ``nlp.add_pipe("casepath", config={"codebook": "codebook/en-plan"})``."""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from pipeline.codebook.load import load_codebook
from pipeline.coding.compiled import CompiledCodebook, compile_codebook
from pipeline.coding.engine import code_case
from pipeline.errors import PipelineError
from pipeline.language.segments import split_case
from pipeline.model.cases import TEXT, Attributes, Block, BlockKind, BlockRole, Case, Place, Section
from pipeline.model.codings import Coding
from pipeline.model.ids import digest
from pipeline.model.problems import has_errors

SPANS_KEY = "casepath"


@Language.factory("casepath", assigns=["doc.spans"], default_config={"codebook": ""})
def create_component(nlp: Language, name: str, codebook: str) -> "CodingComponent":  # noqa: ARG001 - spaCy passes it
    """Make the component for a pipeline.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        codebook: Folder of the codebook.

    Raises:
        PipelineError: The codebook has mistakes.
    """
    loaded = load_codebook(Path(codebook))
    if loaded.value is None or has_errors(loaded.problems):
        raise PipelineError("The codebook has mistakes.", hint="Run casepath check to see them all.")
    return CodingComponent(compile_codebook(loaded.value))


class CodingComponent:
    """Writes the affirmed codings of a Doc to ``doc.spans["casepath"]``, labelled with their codes.

    Args:
        compiled: The compiled codebook.
    """

    def __init__(self, compiled: CompiledCodebook) -> None:
        self.compiled = compiled

    def __call__(self, doc: Doc) -> Doc:
        """Code one Doc; its text counts as one case without sections."""
        spans = [span for coding in self.code(doc) if (span := _span(doc, coding)) is not None]
        doc.spans[SPANS_KEY] = SpanGroup(doc, name=SPANS_KEY, spans=spans)
        return doc

    def code(self, doc: Doc) -> tuple[Coding, ...]:
        """Return the affirmed codings of a Doc with all their evidence."""
        text = doc.text
        block = Block(BlockKind.PARAGRAPH, BlockRole.CONTENT, 0, len(text), Place("text"))
        section = Section(TEXT, "", 0, len(text), "text")
        case = Case("", "", text, digest(text), "", (block,), (section,), Attributes())
        return tuple(coding for coding in code_case(case, split_case(case), self.compiled) if coding.counts)


def _span(doc: Doc, coding: Coding) -> Span | None:
    """Return the tokens that a coding's quotation touches."""
    return doc.char_span(coding.start, coding.end, label=coding.code, alignment_mode="expand")
