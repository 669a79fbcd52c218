"""From Word files, plain texts and tables of short texts to frozen cases, with nothing silently lost."""
