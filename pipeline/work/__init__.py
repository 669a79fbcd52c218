"""Sharing work among processes, and keeping the garbage collector out of its way; what the work is, others know."""
