"""From settled codings and categories to tables and patterns."""
