"""From settled codings to one progression category per case, with its reasons."""
