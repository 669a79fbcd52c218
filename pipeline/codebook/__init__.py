"""From the YAML files of a codebook to a checked Codebook value."""
