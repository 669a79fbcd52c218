"""Segments, the units of coding: the sentences, list items and cells of a case's content."""

from functools import lru_cache

from pipeline.language.sentences import split_sentences
from pipeline.model.cases import PREAMBLE, BlockRole, Case, Segment
from pipeline.model.ids import segment_id


# coding, outcomes and measures each ask for the segments of a case; some hundred cases are remembered
@lru_cache(maxsize=256)
def split_case(case: Case) -> tuple[Segment, ...]:
    """Split the content of a case into segments, in the order of its text.

    Segments never overlap and never cross a block; headings, attribute lines and titles give none. A segment's id
    hangs on its own words and on how often they stood before, so other paragraphs may come and go.

    Args:
        case: The case.
    """
    segments: list[Segment] = []
    seen: dict[str, int] = {}
    sections = case.sections
    current = 0
    for number, block in enumerate(case.blocks):
        if block.role is not BlockRole.CONTENT:
            continue
        while current < len(sections) and sections[current].end <= block.start:
            current += 1
        inside = current < len(sections) and sections[current].start <= block.start
        kind = sections[current].kind if inside else PREAMBLE
        for start, end in split_sentences(case.text, block.start, block.end):
            text = case.text[start:end]
            words = " ".join(text.split())
            repeat = seen.get(words, 0)
            seen[words] = repeat + 1
            segments.append(
                Segment(
                    id=segment_id(case.id, words, repeat),
                    case=case.id,
                    section=kind,
                    start=start,
                    end=end,
                    block=number,
                    text=text,
                )
            )
    return tuple(segments)
