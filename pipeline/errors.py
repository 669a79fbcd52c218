"""The exceptions a user may meet; mistakes in users' data are Problem values instead."""


class PipelineError(Exception):
    """Something outside the user's data went wrong, and this sentence says what and what to do.

    Args:
        message: One sentence, without a word of case text.
        hint: What the user can do about it.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class MissingFileError(PipelineError):
    """A file or folder that the command needs does not exist."""


class OutputError(PipelineError):
    """The outputs could not be written; the earlier ones still stand."""
