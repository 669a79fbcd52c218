"""casepath: coding of Danish case descriptions, from Word files to report tables."""

__version__ = "0.1.0"
