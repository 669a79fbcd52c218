"""The rules as a spaCy component: ``nlp.add_pipe("casepath", config={"codebook": "codebook/en-plan"})``.

Rules only: a model that was trained for the codebook is not asked.
"""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from pipeline.codebook.usable import usable_codebook
from pipeline.coding.compiled import CompiledCodebook, compile_codebook
from pipeline.coding.engine import code_case
from pipeline.errors import PipelineError
from pipeline.language.segments import split_case
from pipeline.model.cases import TEXT, Attributes, Block, BlockKind, BlockRole, Case, Place, Section
from pipeline.model.codings import Coding
from pipeline.model.ids import digest

SPANS_KEY = "casepath"


@Language.factory("casepath", assigns=["doc.spans"], default_config={"codebook": ""})
def create_component(nlp: Language, name: str, codebook: str) -> "CodingComponent":  # noqa: ARG001 - spaCy passes it
    """Make the component for a pipeline.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        codebook: Folder of the codebook.

    Raises:
        PipelineError: No folder is named, or the codebook has errors.
    """
    if not codebook.strip():
        raise PipelineError(
            "The component needs the folder of a codebook.",
            hint='Name it: nlp.add_pipe("casepath", config={"codebook": "codebook/en-plan"}).',
        )
    return CodingComponent(compile_codebook(usable_codebook(Path(codebook))[0]))


class CodingComponent:
    """Writes what rules code in a Doc, and no context cue takes away, to ``doc.spans["casepath"]`` under their codes.

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
