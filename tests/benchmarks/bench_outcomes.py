"""How well outcomes are judged from codings that are honest: ``python tests/benchmarks/bench_outcomes.py JKL``.

For every municipality (first letter of the case ids) a model is trained on everything but that municipality; rules and
model then code its Word files, and the rules of progression judge them. The last line judges the reference's own
codings, the most that the rules of progression can reach. One municipality takes some minutes.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pipeline.coding.combined import COMBINED
from pipeline.coding.model import Predictor
from pipeline.learning import train_without
from pipeline.material import read_material
from pipeline.model.codings import Assertion, Coding
from pipeline.model.progression import Outcome
from pipeline.progression.compare import compare_outcomes
from pipeline.progression.load import load_outcome_rules
from pipeline.progression.outcome import settle_outcomes
from pipeline.project import Coders, code_cases, read_cases, usable_codebook
from pipeline.settings import open_project
from tests.reference import reference_cases, reference_codings, reference_outcomes


def show(name: str, outcomes: list[Outcome], groups: str) -> None:
    """Print the agreement with the reference on some municipalities."""
    part = compare_outcomes(outcomes, [each for each in reference_outcomes() if each.case[0] in groups])
    figures = {
        "category": part.exact,
        "within one": part.within_one,
        "attachment": part.attachment,
        "changes": part.changes,
        "ratings": part.ratings,
    }
    print(name, part.exact.of, "cases:", ", ".join(f"{key} {share.value:.3f}" for key, share in figures.items()))


def main(groups: str) -> None:
    """Train, code and judge, municipality by municipality."""
    project = open_project(Path(__file__).resolve().parents[2])
    codebook, _ = usable_codebook(project)
    rules = load_outcome_rules(project.codebook).value
    material = read_material(project)
    cases = read_cases(project, codebook.template).value
    found: list[Outcome] = []
    for group in groups:
        predictor = Predictor(train_without(material, {group}), material.compiled.lists)
        coders = Coders(material.compiled, predictor, COMBINED)
        coded = code_cases([case for case in cases if case.id[0] == group], coders)
        codings: list[Coding] = [
            coding for each in coded for coding in each.codings if coding.assertion is not Assertion.DOUBTFUL
        ]
        found += settle_outcomes([each.case for each in coded], codings, rules)
        show(group, found, group)
    show(groups, found, groups)
    show("reference's codings", list(settle_outcomes(reference_cases(), reference_codings(), rules)), groups)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "JKL")
