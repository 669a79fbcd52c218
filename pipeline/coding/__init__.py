"""From segments and a codebook to codings with evidence."""
