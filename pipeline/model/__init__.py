"""The nouns of casepath: frozen values from the standard library only, with no input or output."""
