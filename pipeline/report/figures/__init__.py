"""The figures of a report, drawn with matplotlib from the report's own tables."""
