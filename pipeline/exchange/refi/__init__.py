"""REFI-QDA, the exchange standard of programs for qualitative analysis: codebooks (.qdc) and projects (.qdpx)."""
