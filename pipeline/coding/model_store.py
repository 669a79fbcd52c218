"""Saving a trained model and loading it: numbers in ``model.npz``, everything readable in ``model.json``.

Neither file can carry code: the arrays are read without pickle, and a digest tells whether the two belong together.
"""

import io
import json
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.coding.company import VIEWS, Company
from pipeline.coding.denial import DENIAL_FACTS, HIDDEN, Denial
from pipeline.coding.features import FAMILIES
from pipeline.coding.model import FORMAT, LastStep, Model, theme_numbers
from pipeline.coding.stack import ALONE, WITH_RULES, Trust
from pipeline.coding.vectors import Space
from pipeline.coding.whole_case import CASE_FACTS, WholeCase
from pipeline.files import write_atomically
from pipeline.model.ids import digest
from pipeline.model.problems import Loaded, Problem, Severity

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

_STEP = ("weights", "offset", "slope", "found", "threshold")
_COMPANY = ("usual", "weights", "own", "offset")
_DENIAL = ("mean", "spread", "inner", "inner_offset", "outer", "outer_offset")
ARRAYS, HEAD = "model.npz", "model.json"
_AGAIN = "Train it again with casepath train, or take the folder away to code by rules alone."


def save_model(model: Model, folder: Path) -> None:
    """Write a model to a folder; the same model gives the same bytes.

    Args:
        model: The model.
        folder: The folder; made when it does not exist.

    Raises:
        OutputError: A file could not be written.
    """
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **_arrays(model))
    data = packed.getvalue()
    write_atomically(folder / ARRAYS, data)
    write_atomically(folder / HEAD, json.dumps(_head(model, data), ensure_ascii=False, indent=1) + "\n")


def _arrays(model: Model) -> "dict[str, Floats]":
    import numpy as np

    terms = model.space.terms
    lines = "\n".join(f"{family}\t{term}" for family in FAMILIES for term in terms.get(family, ()))
    arrays: dict[str, Floats] = {
        "terms": np.frombuffer(lines.encode("utf-8"), dtype=np.uint8),
        "rarity": model.space.weights.astype(np.float32),
        "weights": np.ascontiguousarray(model.weights.T),
        "scale": model.scale,
        "intercept": model.intercept,
        "slope": model.slope,
        "offset": model.offset,
        "trust": model.trust.codes,
    }
    for name, step in (("alone", model.alone), ("combined", model.combined)):
        for part in _STEP:
            arrays[f"{name}_{part}"] = getattr(step, part)
        for part in _COMPANY:
            arrays[f"{name}_company_{part}"] = getattr(step.company, part)
        for part in _DENIAL:
            arrays[f"{name}_denial_{part}"] = getattr(step.denial, part)
        arrays[f"{name}_case"], arrays[f"{name}_case_offset"] = step.whole.weights, step.whole.offset
    return arrays


def _head(model: Model, data: bytes) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "arrays": digest(data),
        "trained_on": dict(model.about),
        "codes": list(model.codes),
        "before": round(model.before, 4),
        "sections": {kind: [round(float(value), 4) for value in values] for kind, values in model.sections.items()},
        "rules": [[rule, code, round(trust, 4)] for (rule, code), trust in sorted(model.trust.rules.items())],
    }


def load_model(folder: Path) -> Loaded[Model | None]:
    """Load a model from its folder.

    Args:
        folder: The folder that ``save_model`` wrote.

    Returns:
        The model; None with a Problem when it is damaged, foreign or of another version, and None without one when
        the folder holds no model.
    """
    if not (folder / HEAD).exists() and not (folder / ARRAYS).exists():
        return Loaded(None)
    try:
        head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
        data = (folder / ARRAYS).read_bytes()
        if head["format"] != FORMAT:
            return _refused("The model was trained by another version of casepath.")
        if head["arrays"] != digest(data):
            return _refused("The model's two files do not belong together, or one is damaged.")
        return Loaded(_read(head, data))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return _refused("The model cannot be read.")


def _refused(message: str) -> Loaded[Model | None]:
    return Loaded(None, (Problem("CO40", Severity.WARNING, f"model/{HEAD}", message, _AGAIN),))


def _read(head: dict[str, Any], data: bytes) -> Model:
    import numpy as np

    with np.load(io.BytesIO(data), allow_pickle=False) as packed:
        arrays = {name: packed[name] for name in packed.files}
    codes = tuple(str(code) for code in head["codes"])
    model = Model(
        codes=codes,
        space=Space(_terms(arrays["terms"].tobytes().decode("utf-8")), arrays["rarity"]),
        weights=np.ascontiguousarray(arrays["weights"].T),
        scale=arrays["scale"],
        intercept=arrays["intercept"],
        slope=arrays["slope"],
        offset=arrays["offset"],
        sections={str(kind): np.asarray(values, dtype=np.float64) for kind, values in head["sections"].items()},
        trust=Trust(arrays["trust"], {(str(rule), int(code)): float(value) for rule, code, value in head["rules"]}),
        alone=_step(arrays, "alone"),
        combined=_step(arrays, "combined"),
        before=float(head["before"]),
        about=tuple((str(name), str(value)) for name, value in head["trained_on"].items()),
    )
    _check(model)
    return model


def _terms(lines: str) -> dict[str, tuple[str, ...]]:
    """Return the features by family from lines of a family and a feature each."""
    parts = lines.replace("\n", "\t").split("\t")
    families, features = parts[::2], iter(parts[1::2])
    sizes = Counter(families)
    if families != [family for family in FAMILIES for _ in range(sizes[family])]:
        raise ValueError("The features do not stand by family")
    return {family: tuple(islice(features, sizes[family])) for family in FAMILIES}


def _step(arrays: "dict[str, Floats]", name: str) -> LastStep:
    whole = WholeCase(arrays[f"{name}_case"], arrays[f"{name}_case_offset"])
    weights, offset, slope, found, threshold = (arrays[f"{name}_{part}"] for part in _STEP)
    company = Company(*(arrays[f"{name}_company_{part}"] for part in _COMPANY))
    denial = Denial(*(arrays[f"{name}_denial_{part}"] for part in _DENIAL))
    return LastStep(weights, offset, slope, found, threshold, company, denial, whole)


def _check(model: Model) -> None:
    """Refuse arrays that do not fit each other.

    Raises:
        ValueError: They do not.
    """
    import numpy as np

    size = len(model.codes)
    outputs = size + max(theme_numbers(model.codes)) + 3
    features = sum(model.space.sizes)
    steps = ((model.alone, ALONE), (model.combined, WITH_RULES))
    right = (
        model.weights.shape == (features, outputs)
        and model.space.weights.shape == (features,)
        and model.scale.shape == model.intercept.shape == (outputs,)
        and model.slope.shape == model.offset.shape == model.trust.codes.shape == (size,)
        and all(values.shape == (size,) for values in model.sections.values())
        and all(0 <= code < size for _, code in model.trust.rules)
        and all(step.weights.shape == (len(facts),) for step, facts in steps)
        and all(step.whole.weights.shape == (len(CASE_FACTS),) for step, _ in steps)
        and all(bool(np.isfinite(step.whole.weights).all()) for step, _ in steps)
        and all(step.company.usual.shape == (len(VIEWS) * size,) for step, _ in steps)
        and all(step.company.weights.shape == (len(VIEWS) * size, size) for step, _ in steps)
        and all(bool(np.isfinite(getattr(step.company, part)).all()) for step, _ in steps for part in _COMPANY)
        and all(
            part.shape == (size,) and bool(np.isfinite(part).all())
            for step, _ in steps
            for part in (step.offset, step.slope, step.found, step.threshold, step.whole.offset)
        )
        and all(_denial_fits(step.denial) for step, _ in steps)
        and all(step.company.own.shape == step.company.offset.shape == (size,) for step, _ in steps)
    )
    if not right:
        raise ValueError("The arrays do not fit each other")


def _denial_fits(denial: Denial) -> bool:
    import numpy as np

    kinds = len(DENIAL_FACTS)
    shapes = ((kinds,), (kinds,), (kinds, HIDDEN), (HIDDEN,), (HIDDEN,), (1,))
    parts = [getattr(denial, part) for part in _DENIAL]
    fits = all(part.shape == shape and np.isfinite(part).all() for part, shape in zip(parts, shapes, strict=True))
    return bool(fits and (denial.spread > 0).all())
