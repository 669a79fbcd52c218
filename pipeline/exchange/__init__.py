"""The doors to other programs: Word comments, audit workbooks, REFI-QDA, codings as JSON lines."""
