"""Configurations: an own engine for qualitative comparative analysis (QCA) with crisp, fuzzy and multi-value sets."""
