import numpy as np

from pipeline.coding.thinning import thinned


def test_of_what_there_is_more_than_enough_one_of_so_many_counts_for_all() -> None:
    unlikely = np.array([[True, True, False], [True, True, True]])
    kept, counts = thinned(unlikely, 3)
    assert kept.tolist() == [[True, False, True], [True, False, False]]
    assert counts.tolist() == [[3.0, 3.0, 1.0], [3.0, 3.0, 3.0]]
    assert counts[kept].sum() == unlikely.size + 1
