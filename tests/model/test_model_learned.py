"""What is packed comes back to within the precision that is kept, and no further from it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays as matrices

from resolve.errors import ModelError
from resolve.model import store
from resolve.model.background import ORDER, Background, LetterModel
from resolve.model.edit import EditModel, Inventory
from resolve.model.learned import Learned, load, pack_background, pack_edit, pack_links
from resolve.model.lexicon import Links
from resolve.names.fold import ALPHABETS
from resolve.texts import Texts

PRECISION = 1 / 2048  # bits
RARE = 2.0**-31  # operations that are likelier than this are kept
LEFT = Inventory(["", "$", "^", "ش", "^ش"])
RIGHT = Inventory(["", "$", "^", "s", "h", "sh", "^sh"])


@given(matrices(np.float64, (5, 7), elements=st.floats(0, 1 / 35)))
def test_operations_come_back_to_within_the_precision(table: np.ndarray) -> None:
    learned = Learned(pack_edit("edit/Arab-Latn", EditModel(LEFT, RIGHT, table)), {})
    model = learned.edits("Arab", "Latn")
    assert model is not None
    assert model.left.substrings == LEFT.substrings
    assert model.right.substrings == RIGHT.substrings
    found, kept = model.table[:-1, :-1], table > RARE
    assert np.abs(np.log2(found[kept]) - np.log2(table[kept])).max(initial=0.0) <= PRECISION
    assert (found[~kept] <= 2 * RARE).all()


def test_a_background_comes_back_to_within_the_precision() -> None:
    base = len(ALPHABETS["Latn"]) + 2
    random = np.random.default_rng(5)
    keys = [np.sort(random.permutation(base**n)[:20]) for n in range(1, ORDER + 1)]
    bits = [-random.uniform(0, 20, len(own)) for own in keys]
    backoff = [-random.uniform(0, 20, len(own)) for own in keys]
    counts = {"salah": 7, "haftar": 2, "namroush": 1}
    letters = LetterModel(ALPHABETS["Latn"], keys, bits, backoff)
    packed = pack_background("background/name/Latn", counts, letters, 10, 3.0)
    found = Learned(packed, {}).background("name", "Latn")
    # A form that was seen once counts .2, and is left to the letter model alone.
    expected = Background({"salah": 7, "haftar": 2}, letters, 10, 3.0)
    forms = ["salah", "haftar", "namroush", "", "zz"]
    steps = max(map(len, forms)) + 1
    error = np.abs(found.log2p(forms) - expected.log2p(forms))
    assert (error <= steps * ORDER * PRECISION / 2).all()


def test_the_lexicon_comes_back_whole() -> None:
    def links(*forms: str) -> Links:
        count = np.arange(len(forms))
        return Links(Texts.of(forms), np.append(count, len(forms)), count, count + 2.0, count + 1)

    packed = pack_links("Arab", links("صدام", "صلاح"))
    packed |= pack_links("Latn", links("saddam", "salah", "salih"))
    for script in ("Cyrl", "Hebr"):
        packed |= pack_links(script, links())
    lexicon = Learned(packed, {}).lexicon
    assert lexicon.neighbours("صلاح", "Arab", "Latn").forms == ("salah",)
    assert lexicon.neighbours("salih", "Latn", "Arab").forms == ()
    assert lexicon.novelty("saddam", "Latn", "Arab") == pytest.approx(1.5 / 3)


def test_a_pair_of_scripts_without_a_model_has_none() -> None:
    assert load().edits("Hebr", "Cyrl") is None


def test_the_shipped_tables_say_what_they_are_made_of() -> None:
    card = load().card
    assert card["format"] == store.FORMAT
    assert all(len(checksum) == 64 for checksum in card["inputs"].values())
    assert "constants" not in card  # they stand in constants.toml, once
    assert all(isinstance(value, float) for value in load().constants.values())


def test_tables_that_are_not_there_are_an_error(tmp_path: object) -> None:
    with pytest.raises(ModelError, match=r"resolve\.model\.train"):
        load(tmp_path)  # type: ignore[arg-type]
