"""Reading invented case descriptions that carry their codes, written to train on.

One sentence a line, its codes after ``||``::

    # N1-01 youth | Sara, 19 år
    ## course
    Sara er 19 år og bor på sin mosters sofa. || barrier.housing
    Før det gik hun ud af 9. klasse uden afgangsprøve. || barrier.family_wellbeing^, barrier.self_efficacy?

A file whose name begins with ``retold-`` holds cases of the reference told anew, ``A-01-v1`` after ``A-01``: the rest
of its name is the group that they are held out with. One whose name begins with ``scenes-`` holds no whole cases but a
few sentences on end of each. One whose name begins with ``pairs-`` holds pairs of sentences that stand alone: first one
in which a code's phenomenon is negated, feared, wished or somebody else's, then its twin, which states it::

    waiting.queue | negated | Der var ingen venteliste. || agency.decision => Der var venteliste til sommer.

``^`` after a code: it speaks of the time before the course; ``?``: one coder might give it, another not.
"""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from pipeline.codebook.file_shapes import PART
from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.reference import SECTIONS
from pipeline.model.cases import Cluster
from pipeline.model.codes import core_code
from pipeline.model.problems import Loaded, Problem, Severity

RETOLD = "retold-"
"""How the names of files begin that hold cases of the reference told anew."""
SCENES = "scenes-"
"""How the names of files begin that hold pieces of cases."""

PAIRS = "pairs-"
"""How the names of files begin that hold pairs of a sentence and its denial."""

_CODE = re.compile(rf"({PART}(?:\.{PART}){{1,2}})\s*([\^?]*)")
_PAIR = re.compile(r"(\S+) \| (\w+) \| (.+?) => (.+)")
_CLUSTERS = tuple(cluster.value for cluster in Cluster)
_TITLE = re.compile(r"#\s+(\S+)(?:\s+(\w+))?\s*(?:\|.*)?")
_CLOSE_TITLE = re.compile(rf"#([^\s#]+)\s+({'|'.join(_CLUSTERS)})\s*(?:\|.*)?")
"""A title without the space behind its sign: only with a cluster, or it may be anything."""
_NUMBERED = re.compile(r"#\d")
"""How a sentence may begin that is no title: #1."""


def read_training(folder: Path, *, codes: Collection[str] = ()) -> Loaded[tuple[Labelled, ...]]:
    """Read all invented case descriptions of a folder.

    Args:
        folder: The folder; one without files gives no sentences.
        codes: The core codes there are; empty to take every code as known.

    Returns:
        The sentences by file name and line, and what was wrong; a line with a mistake is left out.
    """
    sentences: list[Labelled] = []
    problems: list[Problem] = []
    titles: set[str] = set()
    for path in sorted(folder.glob("*.txt")):
        reader = _Reader(path.name, path.stem, frozenset(codes), titles)
        try:
            lines = path.read_text(encoding="utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError):
            reader.problem(0, "CO30", "The file cannot be read.", "Save it as UTF-8 text.")
            lines = []
        for number, line in enumerate(lines, start=1):
            reader.read(line.strip(), number)
        sentences.extend(reader.sentences)
        problems.extend(reader.problems)
    return Loaded(tuple(sentences), tuple(problems))


def original_of(case: str) -> str:
    """Return the id of the case that a retold case (``A-01-v1``) was told after.

    Args:
        case: Id of the retold case.
    """
    return case.rpartition("-v")[0] or case


class _Reader:
    """Reads one file, line by line."""

    def __init__(self, file: str, stem: str, known: frozenset[str], titles: set[str]) -> None:
        self.file = file
        self.group = stem.removeprefix(RETOLD)
        kinds = {RETOLD: Source.RETOLD, SCENES: Source.SCENE, PAIRS: Source.PAIR}
        self.source = next((kind for name, kind in kinds.items() if stem.startswith(name)), Source.NARRATIVE)
        self.pairs = stem.startswith(PAIRS)
        self.known = known
        self.titles = titles
        self.case = ""
        self.cluster = ""
        self.section = ""
        self.lost = False
        self.sentences: list[Labelled] = []
        self.problems: list[Problem] = []

    def problem(self, line: int, code: str, message: str, hint: str) -> None:
        where = f"{self.file}:{line}" if line else self.file
        self.problems.append(Problem(code, Severity.WARNING, where, message, hint))

    def read(self, line: str, number: int) -> None:
        if not line:
            return
        if self.pairs:
            self._pair(line, number)
        elif line.startswith("##"):
            self._section(line.removeprefix("##").strip(), number)
        elif line.startswith("#") and not (_NUMBERED.match(line) and not _CLOSE_TITLE.fullmatch(line)):
            self._title(line, number)
        elif self.case:
            self._keep(self._sentence(line, number))
        elif not self.lost:
            self.problem(
                number, "CO31", "A sentence stands before the first case.", "Begin with a line '# id cluster'."
            )

    def _title(self, line: str, number: int) -> None:
        title = _TITLE.fullmatch(line) or _CLOSE_TITLE.fullmatch(line)
        self.lost = title is None
        if title is None:
            # whose the sentences are that follow is not known: not the case's before
            self.case = ""
            message = "The case's title is not readable, so its sentences are left out."
            self.problem(number, "CO32", message, "Write '# id cluster | title'.")
            return
        self.case, self.cluster, self.section = title[1], title[2] or "", ""
        if self.case in self.titles:
            self.problem(number, "CO33", f"There are two cases '{self.case}'.", "Give one of them another id.")
            self.case = f"{self.case}:{number}"
        self.titles.add(self.case)
        if self.cluster not in _CLUSTERS:
            self.problem(number, "CO34", "The case's cluster is unknown.", f"Known are {', '.join(_CLUSTERS)}.")
            self.cluster = ""

    def _section(self, kind: str, number: int) -> None:
        if self.lost:
            return
        if kind not in SECTIONS:
            self.problem(number, "CO35", "The section is unknown.", f"Known are {', '.join(SECTIONS)}.")
        self.section = kind if kind in SECTIONS else ""

    def _pair(self, line: str, number: int) -> None:
        if line.startswith("#"):
            return
        pair = _PAIR.fullmatch(line)
        if pair is None:
            self.problem(
                number,
                "CO38",
                "The pair is not readable.",
                "Write 'code | how | denying sentence => stating sentence'.",
            )
            return
        own = self._codes(pair[1], number)
        if own is None:
            return
        denying = self._sentence(pair[3], number, denies=own, twin="a")
        stating = self._sentence(pair[4], number, states=own, twin="b") if denying else None
        if stating:
            self._keep(denying)
            self._keep(stating)

    def _keep(self, sentence: Labelled | None) -> None:
        if sentence is not None:
            self.sentences.append(sentence)

    def _sentence(
        self,
        line: str,
        number: int,
        *,
        states: Mapping[str, str] | None = None,
        denies: Collection[str] = (),
        twin: str = "",
    ) -> Labelled | None:
        """Return a sentence with its codes, those that it has besides and those that it denies; None with a problem."""
        text, _, after = line.partition("||")
        if not text.strip():
            self.problem(number, "CO39", "No sentence stands before the codes.", "Write 'sentence || code'.")
            return None
        codes = self._codes(after, number)
        if codes is None:
            return None
        codes |= states or {}
        return Labelled(
            id=f"{self.file.removesuffix('.txt')}:{number}{twin}",
            case=self.case,
            text=text.strip(),
            codes=frozenset(code for code, marks in codes.items() if "?" not in marks),
            fringe=frozenset(code for code, marks in codes.items() if "?" in marks),
            before=frozenset(code for code, marks in codes.items() if "^" in marks),
            section=self.section,
            cluster=self.cluster,
            group=self.group,
            source=self.source,
            denies=frozenset(denies).difference(codes),
        )

    def _codes(self, text: str, number: int) -> dict[str, str] | None:
        """Return the marks of each code that is named; None, and a problem, where that cannot be read."""
        codes: dict[str, str] = {}
        for part in filter(None, (part.strip() for part in text.split(","))):
            code = _CODE.fullmatch(part)
            if code is None:
                self.problem(number, "CO36", "The codes are not readable.", "Write 'sentence || code, code^, code?'.")
                return None
            if self.known and core_code(code[1]) not in self.known:
                self.problem(number, "CO37", f"The code '{code[1]}' is unknown.", "Compare it with the codebook.")
                return None
            codes[core_code(code[1])] = code[2]
        return codes
