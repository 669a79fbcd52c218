"""Sentences as rows of numbers: which features count, how rare they are, and the few that each sentence has."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, pairwise
from typing import TYPE_CHECKING, Any

from pipeline.coding.features import FAMILIES, FeatureReader, Features, SentenceInCase
from pipeline.coding.labelled import Labelled
from pipeline.coding.roles import name_roles

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[Any]
    """An array of numbers."""

_LEAST = 2
"""In how many sentences a feature must stand to count."""


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """The features that count.

    Attributes:
        terms: Every feature by family. The columns follow ``FAMILIES`` and within a family this order.
        weights: How much each counts before a sentence is scaled: rare features count more.
    """

    terms: Mapping[str, tuple[str, ...]]
    weights: "Floats"

    @property
    def sizes(self) -> list[int]:
        """How many columns each family has."""
        return [len(self.terms.get(family, ())) for family in FAMILIES]

    def columns(self) -> "Columns":
        """Return what finds the columns of features."""
        return Columns(self)


class Columns:
    """Finds the columns of a sentence's features.

    Args:
        space: The features that count.

    Attributes:
        family_ends: Where the columns of each family end.
    """

    def __init__(self, space: Space) -> None:
        import numpy as np

        places = count()
        self.family_ends = np.cumsum(space.sizes)
        self._lookups = [
            (family, dict(zip(space.terms.get(family, ()), places, strict=False)).get) for family in FAMILIES
        ]

    def family(self, name: str) -> range:
        """Return the columns of a family."""
        number = tuple(FAMILIES).index(name)
        return range(int(self.family_ends[number - 1]) if number else 0, int(self.family_ends[number]))

    def of(self, features: Features) -> list[int]:
        """Return the columns of a sentence's features, in no order; those that do not count are left out."""
        found = [column_of(term) for family, column_of in self._lookups for term in features[family]]
        return [column for column in found if column is not None]


def fit_space(features: Iterable[Features]) -> Space:
    """Choose the features that stand in several sentences and weigh them by their rarity (idf).

    Args:
        features: The features of every sentence to learn from, read as they are needed.
    """
    import numpy as np

    seen: dict[str, Counter[str]] = {family: Counter() for family in FAMILIES}
    number = 0
    for each in features:
        number += 1
        for family, counter in seen.items():
            counter.update(set(each[family]))
    terms = {
        family: tuple(sorted(term for term, times in counter.items() if times >= _LEAST))
        for family, counter in seen.items()
    }
    counts = [seen[family][term] for family in FAMILIES for term in terms[family]]
    rarity = 1.0 + np.log((1.0 + number) / (1.0 + np.asarray(counts, dtype=np.float64)))
    return Space(terms, rarity.astype(np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A sparse matrix, one row a sentence.

    Attributes:
        ends: Where each row ends in the other two arrays; one more than there are rows, the first is 0.
        columns: The columns of the entries.
        values: The entries.
    """

    ends: "Floats"
    columns: "Floats"
    values: "Floats"

    def __len__(self) -> int:
        return len(self.ends) - 1

    def row(self, number: int) -> "tuple[Floats, Floats]":
        """Return columns and values of one row."""
        start, end = self.ends[number], self.ends[number + 1]
        return self.columns[start:end], self.values[start:end]

    def times(self, dense: "Floats") -> "Floats":
        """Multiply with a dense matrix that has a row for every column of this one."""
        import numpy as np

        product = np.zeros((len(self), dense.shape[1]), dtype=np.float64)
        entries = self.values.astype(dense.dtype)
        ends = self.ends.tolist()
        for number, (start, end) in enumerate(pairwise(ends)):
            product[number] = entries[start:end] @ dense[self.columns[start:end]]
        return product


def vectors(space: Space, features: Iterable[Features], *, columns: Columns | None = None) -> Rows:
    """Return sentences x features.

    A feature that stands n times counts 1 + ln n times its rarity; then each family of a sentence is scaled to its
    length in ``FAMILIES``.

    Args:
        space: The features that count.
        features: The features of each sentence.
        columns: ``space.columns()`` where it is known already.
    """
    import numpy as np

    columns = columns or space.columns()
    found = [columns.of(each) for each in features]
    sizes = [len(each) for each in found]
    row = np.repeat(np.arange(len(found)), sizes)
    width = max(sum(space.sizes), 1)
    places = np.fromiter(chain.from_iterable(found), np.int64, sum(sizes))
    entries, counts = np.unique(row * width + places, return_counts=True)
    row, places = entries // width, entries % width
    values = space.weights[places].astype(np.float64) * (1.0 + np.log(counts))
    lengths = np.asarray(tuple(FAMILIES.values()))
    kind = np.searchsorted(columns.family_ends, places, side="right")
    if len(entries):
        # the columns of a family stand together, and so do its entries in a row
        starts = np.flatnonzero(np.diff(row * len(lengths) + kind, prepend=-1))
        sums = np.add.reduceat(values * values, starts)
        values *= np.repeat(lengths[kind[starts]] / np.sqrt(sums), np.diff(starts, append=len(entries)))
    return Rows(np.searchsorted(row, np.arange(len(found) + 1)), places, values)


def case_sentences(texts: Sequence[str], sections: Sequence[str], cluster: str) -> list[SentenceInCase]:
    """Return the sentences of a case as a model sees them.

    Args:
        texts: The sentences in the order of the text.
        sections: The kind of each one's section.
        cluster: The case's cluster, empty where it is unknown.
    """
    roles = name_roles(texts)
    around = ["", *texts, ""]
    return [
        SentenceInCase(text, section, number / len(texts), around[number], around[number + 2], cluster, roles)
        for number, (text, section) in enumerate(zip(texts, sections, strict=True))
    ]


def labelled_features(sentences: Sequence[Labelled], reader: FeatureReader) -> Iterator[Features]:
    """Yield the features of labelled sentences, those of one case read together.

    Args:
        sentences: The sentences; those of one case stand together.
        reader: Reads the features.
    """
    return map(reader.read, as_read(sentences))


def as_read(sentences: Sequence[Labelled]) -> Iterator[SentenceInCase]:
    """Yield labelled sentences as a model sees them.

    Args:
        sentences: The sentences; those of one case stand together.
    """
    for start, end in spans(sentences):
        block = sentences[start:end]
        if block[0].case:
            texts, sections = [each.text for each in block], [each.section for each in block]
            yield from case_sentences(texts, sections, block[0].cluster)
        else:
            each = block[0]
            yield SentenceInCase(
                each.text, each.section, 0.0, each.context, roles=name_roles((each.context, each.text))
            )


def spans(sentences: Sequence[Labelled]) -> list[tuple[int, int]]:
    """Return where each case begins and ends in a list of sentences; a sentence without a case stands alone."""
    starts = [
        number
        for number, each in enumerate(sentences)
        if not number or not each.case or each.case != sentences[number - 1].case
    ]
    return list(zip(starts, [*starts[1:], len(sentences)], strict=True)) if starts else []
