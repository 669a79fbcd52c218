"""Why a file, or a part of it, is refused: in words for the person who sent it."""


class RefusedError(Exception):
    """A file, or a part of it, cannot be read, for a reason the user can understand.

    Args:
        code: The problem's code.
        message: One sentence that says what is wrong.
        hint: One sentence that says what to do.
        harmful: True when the whole file must be refused whichever part it was.
    """

    def __init__(self, code: str, message: str, hint: str, *, harmful: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.harmful = harmful


def damaged() -> RefusedError:
    """Return the refusal of a part that is not what the zip says it is."""
    return RefusedError(
        "IN18",
        "A part of the file is damaged: it does not match its checksum or its size.",
        "Open the file in Word and let it repair the file, or ask for a new copy.",
    )


def doctype() -> RefusedError:
    """Return the refusal of XML that brings its own entities."""
    return RefusedError(
        "IN19",
        "The file holds a document type definition, which Word never writes and which can be an attack.",
        "Check where the file comes from; open it in Word and save it under a new name.",
        harmful=True,
    )


def bad_xml(detail: str) -> RefusedError:
    """Return the refusal that fits what the XML parser said; its own words may quote the text, so none are shown."""
    lowered = detail.casefold()
    if "depth" in lowered:
        return too_deep()
    if "huge" in lowered or "too long" in lowered or "limit" in lowered:
        return RefusedError(
            "IN16",
            "The file holds one piece of text that is too large to read.",
            "Check where the file comes from; open it in Word and copy its text into a new document.",
            harmful=True,
        )
    return RefusedError(
        "IN20",
        "A part of the file is not well-formed XML, so its text cannot be read safely.",
        "Open the file in Word and let it repair the file, or ask for a new copy.",
    )


def too_deep() -> RefusedError:
    """Return the refusal of a file whose tables or controls are nested beyond all use."""
    return RefusedError(
        "IN21",
        "The file nests its tables or controls too deeply to be read.",
        "Open it in Word and copy its text into a new document.",
        harmful=True,
    )
