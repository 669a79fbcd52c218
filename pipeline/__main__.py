"""``python -m pipeline``: the command casepath."""

from pipeline.cli.main import main

main()
