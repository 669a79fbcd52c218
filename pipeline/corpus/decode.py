"""Bytes of a text file to text: UTF-8, UTF-16 or what Windows wrote before."""

from dataclasses import dataclass

from pipeline.model.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text file's content.

    Attributes:
        text: The text with plain line breaks, None when the bytes are no text.
        problems: What a person should know.
    """

    text: str | None
    problems: tuple[Problem, ...] = ()


def decode_text(data: bytes, *, name: str) -> Decoded:
    """Decode a text file: by its byte order mark, as UTF-8, or else as Windows-1252 with a note.

    Args:
        data: The file's bytes.
        name: How problems name the file.
    """
    problems: list[Problem] = []
    text: str | None = None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _try(data, "utf-16")
    else:
        text = _try(data, "utf-8-sig")
        if text is None and b"\x00" not in data:
            text = data.decode("cp1252", errors="replace")
            problems.append(
                Problem(
                    "IN65",
                    Severity.NOTE,
                    name,
                    "The file is not in UTF-8; it was read as Windows-1252.",
                    "If Danish letters look wrong, save it as UTF-8.",
                )
            )
    if text is None or "\x00" in text:
        problem = Problem(
            "IN66",
            Severity.ERROR,
            name,
            "The file does not hold text.",
            "Open it in the program that wrote it and save it as Word or as text in UTF-8.",
        )
        return Decoded(None, (problem,))
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), tuple(problems))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
