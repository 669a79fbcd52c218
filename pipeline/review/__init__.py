"""The human layer: what reviewers decided, kept for good, and what holds after it."""
