"""Codings as comments in the cases' own Word files, and reviewers' answers read back from them."""
