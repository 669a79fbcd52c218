"""The import ledger of one file: every character of text is read, or skipped for a reason that is told."""

from lxml import etree

from pipeline.corpus.xmlnames import TEXT_TAGS
from pipeline.model.cases import Tally

REASONS = {
    "body": "",
    "table cell": "",
    "text box": "",
    "footnote": "",
    "endnote": "",
    "inserted text": "",
    "moved text": "",
    "form field": "",
    "symbol": "",
    "header": "headers are searched for the form's data, not coded",
    "footer": "footers are searched for the form's data, not coded",
    "comment": "comments are about the text, not part of it",
    "deleted text": "tracked deletions count as accepted",
    "moved-away text": "it is read where it was moved to",
    "hidden text": "hidden text is not shown in Word",
    "placeholder": "the prompt of a field that nobody filled in",
    "table of contents": "it repeats the headings",
    "list of codes": "casepath added it for a coder",
    "field instruction": "it is an instruction to Word; the result is read",
    "soft hyphen": "it is only shown at the end of a line and would split words",
    "ruby reading": "it says how the text beside it is pronounced",
    "alternate copy": "the same content again for other programs",
    "unused note": "nothing in the text refers to it",
    "unused header or footer": "no page shows it",
    "building block": "it waits in the file to be inserted and is not shown",
    "picture": "pictures hold no text that can be coded",
    "picture description": "alternative text describes a picture and is not coded",
    "chart": "text in charts is not coded",
    "SmartArt": "text in SmartArt is not coded",
    "SmartArt copy": "the same text again, as it was last drawn",
    "WordArt": "text drawn as a picture is not coded",
    "embedded object": "embedded files are not opened",
    "form control": "ActiveX controls are never run",
    "inserted file": "a file inside the file is not opened",
    "other part": "no page shows it",
}
"""Why each kind of content is skipped, in the ledger's order; empty for what is part of the case's text."""


class Ledger:
    """Counts kinds of content while a file is read."""

    def __init__(self) -> None:
        self._counts = dict.fromkeys(REASONS, 0)
        self.characters = dict.fromkeys(REASONS, 0)
        """Characters of text elements by kind of content; walkers add to it directly."""
        self._beside = dict.fromkeys(REASONS, 0)
        self._total = 0

    def note(self, content: str, *, count: int = 1, beside: int = 0) -> None:
        """Count some content.

        Args:
            content: Its kind.
            count: How many there are.
            beside: Characters it holds that are not in a text element (a symbol, alternative text).
        """
        self._counts[content] += count
        self._beside[content] += beside

    def expect(self, root: etree._Element) -> int:
        """Count all characters of a part's text elements, apart from any reading; return their number."""
        found = characters_in(root)
        self._total += found
        return found

    def missing(self) -> int:
        """Return how many characters are neither read nor skipped with a reason: 0 unless something is wrong."""
        return self._total - sum(self.characters.values())

    def tallies(self) -> tuple[Tally, ...]:
        """Return one line for every kind of content the file holds, always in the same order."""
        return tuple(
            Tally(
                content,
                self._counts[content],
                self.characters[content] + self._beside[content],
                not reason,
                reason,
            )
            for content, reason in REASONS.items()
            if self._counts[content] or self.characters[content]
        )


def characters_in(element: etree._Element) -> int:
    """Return how many characters the text elements below an element hold."""
    found = 0
    for text_element in element.iter(*TEXT_TAGS):
        text = text_element.text
        if text:
            found += len(text)
    return found
