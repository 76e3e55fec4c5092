"""Splink on DuckDB: its comparisons with term frequencies, trained without labels."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

import jellyfish

from benchmarks.systems.latin import ANYASCII, ROMANIZED, Latin
from benchmarks.systems.library import Library
from resolve.types import Kind

__all__ = ["Splink", "splinks"]

LINK = 0.95
"""Probability from which two names are joined."""
NAMES = (0.95, 0.88, 0.8)
"""Jaro-Winkler levels of the first and of the last word, below an equal one."""
MIDDLE = (0.92, 0.8)
"""Those of what stands between them."""
MOST_PAIRS = 2e6
"""Random pairs from which the chance agreement is estimated."""
SEED = 1
COLUMNS = ("given", "middle", "family", "sorted", "given_code", "family_code")

Pair = tuple[int, int]
Weighed = dict[Pair, tuple[float, float]]


class Splink(Library):
    """A Fellegi-Sunter model of the first, the middle and the last words of names."""

    probabilistic = True
    distributions = ("splink", "duckdb", "pyarrow", "jellyfish")

    def __init__(self, latin: Latin) -> None:
        self.name = f"splink, {latin.name}"
        self.note = (
            "first, middle and last words by Jaro-Winkler levels, those of the first and the last "
            "with term frequencies; u from random pairs, m by EM on the names asked, blocked by "
            "the NYSIIS code of either; a prior of one other name each; clusters joined from .95, "
            "among names that share the code of the last word, or of the first and the last's "
            "initial, or both in turn, or all words; one thread; in Latin letters by "
            f"{latin.name}"
        )
        self._spell = latin.spell

    def score(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the match weight of each pair, in bits; the model is trained on their names."""
        return [weight for weight, _ in self._weighed(pairs)]

    def probabilities(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the match probability of each pair, its prior that of two random names."""
        return [probability for _, probability in self._weighed(pairs)]

    def cluster(self, names: Sequence[str], kind: Kind) -> list[int]:
        """Return the connected components of the pairs that are joined."""
        if len(names) < 2:
            return [0] * len(names)
        model = self._trained(names)
        joined = model.inference.predict(threshold_match_probability=LINK)
        found = model.clustering.cluster_pairwise_predictions_at_threshold(
            joined, threshold_match_probability=LINK
        )
        clusters = {row["unique_id"]: row["cluster_id"] for row in found.as_record_list()}
        numbers: dict[Any, int] = {}
        return [numbers.setdefault(clusters[place], len(numbers)) for place, _ in enumerate(names)]

    def _weighed(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float]]:
        """The match weight and probability of each pair."""
        if not pairs:
            return []
        # A name is one record, but where it is compared with itself: then it is two.
        names = sorted({name for pair in pairs for name in pair})
        twins = sorted({left for left, right in pairs if left == right})
        place = {name: number for number, name in enumerate(names)}
        twin = {name: number for number, name in enumerate(twins, len(names))}
        asked = [_ordered(place[a], twin[b] if a == b else place[b]) for a, b in pairs]
        model = self._trained([*names, *twins])
        weights = _predicted(model, sorted({*asked}))
        return [weights[pair] for pair in asked]

    def _trained(self, names: Sequence[str]) -> Any:
        """A linker whose model has seen these names, known by their position."""
        import duckdb
        from splink import DuckDBAPI, Linker, block_on

        connection = duckdb.connect(":memory:", config={"threads": 1})
        database = DuckDBAPI(connection)
        table = self._table(names)
        model = Linker(database.register(table), _settings(1 / len(names)), log_level=logging.ERROR)
        model.training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS, seed=SEED)
        for code in ("family_code", "given_code"):
            written = table.column(code).drop_null()
            if len(written.unique()) == len(written):
                continue  # no two names share one: there is nothing to learn from
            model.training.estimate_parameters_using_expectation_maximisation(block_on(code))
        return model

    def _table(self, names: Sequence[str]) -> Any:
        """The columns of each name; a single word is a family name, what is empty is missing."""
        import pyarrow

        rows: list[list[str | None]] = []
        for words in (self._spell(name).split() for name in names):
            given, middle = (words[0], words[1:-1]) if len(words) > 1 else ("", [])
            family = words[-1] if words else ""
            row = [given, " ".join(middle), family, " ".join(sorted(words))]
            rows.append([text or None for text in (*row, *map(jellyfish.nysiis, (given, family)))])
        columns: dict[str, Any] = {"unique_id": range(len(names))}
        for number, column in enumerate(COLUMNS):
            columns[column] = pyarrow.array((row[number] for row in rows), pyarrow.string())
        return pyarrow.table(columns)


def splinks() -> tuple[Splink, ...]:
    """Return Splink after anyascii, then after our own romanization."""
    return (Splink(ANYASCII), Splink(ROMANIZED))


def _settings(prior: float) -> Any:
    from splink import SettingsCreator, block_on
    from splink.blocking_rule_library import CustomRule
    from splink.comparison_library import JaroWinklerAtThresholds

    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            _levels("given", NAMES),
            _levels("family", NAMES),
            JaroWinklerAtThresholds("middle", list(MIDDLE)),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("family_code"),
            block_on("given_code", "substr(family, 1, 1)"),
            block_on("sorted"),
            CustomRule("l.given_code = r.family_code and l.family_code = r.given_code"),
        ],
        retain_matching_columns=False,
        probability_two_random_records_match=prior,
        linker_uid="benchmark",
    )


def _levels(column: str, thresholds: Sequence[float]) -> Any:
    """A comparison whose levels all know how frequent the word is.

    Were it the equal ones alone, Mohammed ~ Mohamed would outweigh Mohammed ~ Mohammed.
    """
    from splink import comparison_level_library as levels
    from splink.comparison_library import CustomComparison

    near = [levels.JaroWinklerLevel(column, threshold) for threshold in thresholds]
    return CustomComparison(
        [
            levels.NullLevel(column),
            levels.ExactMatchLevel(column, term_frequency_adjustments=True),
            *(level.configure(tf_adjustment_column=column) for level in near),
            levels.ElseLevel(),
        ],
        output_column_name=column,
    )


def _predicted(model: Any, pairs: Iterable[Pair]) -> Weighed:
    """The match weight and probability of some pairs of records."""
    import pyarrow

    left, right = zip(*pairs, strict=True)
    keys = pyarrow.table({"match_key": ["0"] * len(left), "join_key_l": left, "join_key_r": right})
    blocked = model.table_management.register_table(keys, "asked")
    model.table_management.register_blocked_pairs_for_predict(blocked)
    return {
        (row["unique_id_l"], row["unique_id_r"]): (row["match_weight"], row["match_probability"])
        for row in model.inference.predict().as_record_list()
    }


def _ordered(left: int, right: int) -> Pair:
    return (left, right) if left < right else (right, left)
