"""What a REFI-QDA file holds, as far as casepath takes it, and the count of what it does not."""

from dataclasses import dataclass

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"


@dataclass(frozen=True, slots=True)
class RefiCode:
    """A code, or a folder of codes.

    Attributes:
        guid: Its GUID, upper case without braces.
        name: Its name.
        path: Names from the outermost code to this one.
        codable: False for a folder.
        color: ``#RRGGBB``, empty where none is given or the value is no colour.
        description: Its description.
    """

    guid: str
    name: str
    path: tuple[str, ...]
    codable: bool = True
    color: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class RefiCoding:
    """One code on one selection by one user; times are as written."""

    code: str
    user: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class RefiSelection:
    """A stretch of a text.

    Attributes:
        guid: Its GUID.
        start: Where it begins, in the file's own way of counting.
        end: Where it ends, exclusive.
        name: As written: the quotation, its beginning, positions, or nothing.
        comment: Its description.
        codings: The codes on it; none for a mere comment.
    """

    guid: str
    start: int
    end: int
    name: str = ""
    comment: str = ""
    codings: tuple[RefiCoding, ...] = ()


@dataclass(frozen=True, slots=True)
class RefiSource:
    """A text with its selections.

    Attributes:
        guid: Its GUID.
        name: Its name.
        raw: Its text as stored, without a byte order mark, line ends as they are; None where the file lacks it.
        mark: True where a byte order mark stood in front.
        selections: Its selections in file order.
        whole: Codes on the whole document.
    """

    guid: str
    name: str
    raw: str | None
    mark: bool = False
    selections: tuple[RefiSelection, ...] = ()
    whole: tuple[RefiCoding, ...] = ()


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of content that was not taken over.

    Attributes:
        kind: What it is (``PictureSource``, ``Note``, ``colour``).
        count: How many.
        reason: Why.
    """

    kind: str
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class RefiFile:
    """A codebook or project.

    Attributes:
        name: Its name.
        origin: The program that wrote it.
        users: (GUID, name) of its users.
        codes: All codes, parents before their children.
        sources: Its texts.
        losses: What it holds beside that.
    """

    name: str = ""
    origin: str = ""
    users: tuple[tuple[str, str], ...] = ()
    codes: tuple[RefiCode, ...] = ()
    sources: tuple[RefiSource, ...] = ()
    losses: tuple[Loss, ...] = ()
