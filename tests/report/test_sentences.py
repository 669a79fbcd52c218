from pipeline.report.sentences import version_lines
from tests.codebook_of_reference import reference_codebook


def test_the_appendix_names_codebook_and_versions() -> None:
    lines = version_lines(reference_codebook(), "en")
    assert lines[0].startswith("Codebook: One plan, version 1")
    assert lines[-1].startswith("casepath ")
