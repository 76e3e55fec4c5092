"""Rebuild the learned tables from their public inputs: `python -m resolve.model.train`.

    word pairs    -> edit models       em.py           one for each pair of scripts
                  -> hearing           hearing.py      which sounds are written for which
    names         -> backgrounds       background.py   how common each form is
    name items    -> lexicon           lexicon.py      attested spellings
                  -> origin            origin.py       whether letters are an Arab name's

What is fitted to linking decisions stands apart (`constants.toml`, python -m resolve.model.fit).
The same inputs give the same bytes. A new script needs 2,000 to 5,000 pairs and no code.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.matching.keys import phonemes
from resolve.model import em, inputs, store
from resolve.model.background import ORDER, LetterModel
from resolve.model.edit import EditModel
from resolve.model.hearing import hearing
from resolve.model.learned import pack_background, pack_edit, pack_links
from resolve.model.lexicon import Links
from resolve.model.origin import origin
from resolve.names.fold import ALPHABETS
from resolve.texts import Texts

__all__ = ["main", "train"]

_MOST = 60_000
"""Pairs that an edit model is fitted to: more change nothing (design study, learning curve)."""
_WORLD_WEIGHT = 0.5
"""Weight of a pair from the world's names beside one of the Arabic lexicon."""
_BORNE = 2
"""Persons of the Arabic lexicon that bear a name which is taken to be an Arab one."""
_HERE = Path(__file__).parent

Arrays = dict[str, NDArray[Any]]
Item = Mapping[str, tuple[str, ...]]


def main(arguments: list[str] | None = None) -> None:
    """Train and write the tables; progress on stderr."""
    parser = argparse.ArgumentParser(prog="python -m resolve.model.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="directory of the input lists")
    parser.add_argument("-o", "--output", type=Path, default=_HERE / "data")
    options = parser.parse_args(arguments)
    arrays, card = train(options.data)
    store.write(options.output, arrays, card)


def train(data: Path) -> tuple[Arrays, dict[str, Any]]:
    """Return the learned tables and their card.

    Raises InputError for a missing input, MissingExtraError for a missing package.
    """
    units = inputs.arabic_units()
    items = inputs.name_items(data)
    world = {script: inputs.transliterations(data, script) for script in ("Arab", "Cyrl", "Hebr")}
    _say(f"{len(units)} Arabic pairs, {len(items)} name items")
    arrays: Arrays = {}
    clean = _edit_models(arrays, units, items, world)
    forms = _lexicon(arrays, clean, items)
    arrays["origin"] = _origin(units, items)
    for kind, counts in (("name", inputs.name_counts(data)), ("word", inputs.word_counts(data))):
        if kind == "name":
            for pair, count in world["Cyrl"].items():
                counts["Cyrl"][pair[0]] += count
        for script in ALPHABETS:
            arrays |= _background(f"background/{kind}/{script}", counts[script], forms[script])
            _say(f"background {kind} {script}: {len(counts[script])} forms")
    return arrays, {"inputs": inputs.checksums(data)}


def _edit_models(
    arrays: Arrays,
    units: inputs.Pairs,
    items: list[dict[str, tuple[str, ...]]],
    world: Mapping[str, inputs.Pairs],
) -> em.Weighted:
    """Fit the edit models; return the Arabic pairs that are transliterations."""
    arab = _sampled(_across(items, "Arab", world["Arab"]), _MOST // 2, _WORLD_WEIGHT)
    for pair, count in units.items():
        arab[pair] = arab.get(pair, 0.0) + min(count, 9) ** 0.5
    model, kept = _fit("Arab-Latn", arab, (2, 3), symmetric=False)
    arrays |= pack_edit("edit/Arab-Latn", model)
    clean = {pair: float(units[pair]) for pair in kept if pair in units}
    for script in ("Cyrl", "Hebr"):
        pairs = _sampled(_across(items, script, world[script]), _MOST, 1.0)
        model, _ = _fit(f"{script}-Latn", pairs, (2, 3), symmetric=False)
        arrays |= pack_edit(f"edit/{script}-Latn", model)
    latin = _within(clean, side=1)
    for item in items:
        _pair_up(latin, dict.fromkeys(item.get("Latn", ())[:12], 1.0), 5.0)
    model, _ = _fit("Latn-Latn", _sampled(latin, 2 * _MOST, 1.0), (2, 2), symmetric=True)
    arrays |= pack_edit("edit/Latn-Latn", model)
    arabic = _sampled(_within(clean, side=0), _MOST, 1.0)
    model, _ = _fit("Arab-Arab", arabic, (2, 2), symmetric=True)
    arrays |= pack_edit("edit/Arab-Arab", model)
    arrays["hearing"] = _hearing(kept, _sampled(latin, _MOST, 1.0), arabic)
    return clean


def _hearing(across: em.Weighted, latin: em.Weighted, arabic: em.Weighted) -> NDArray[Any]:
    """Learn which sounds are written for which, from Arabic and Latin."""
    arab, latn = (partial(phonemes, script=script) for script in ("Arab", "Latn"))
    kinds = {
        (False, False): (latin, latn, latn),
        (True, False): (across, arab, latn),
        (True, True): (arabic, arab, arab),
    }
    return hearing(kinds)


def _fit(
    name: str, pairs: em.Weighted, longest: tuple[int, int], *, symmetric: bool
) -> tuple[EditModel, em.Weighted]:
    model = em.fit(pairs, longest, symmetric=symmetric, rounds=em.ROUNDS - 2)
    kept = em.clean_pairs(model, pairs)
    _say(f"{name}: {len(kept)} of {len(pairs)} pairs kept")
    return em.fit(kept, longest, symmetric=symmetric), kept


def _across(items: Iterable[Item], script: str, pairs: inputs.Pairs) -> em.Weighted:
    """Word pairs between a script and Latin, from name items and transliterations."""
    counts: Counter[tuple[str, str]] = Counter(pairs)
    for item in items:
        counts.update((a, b) for a in item.get(script, ()) for b in item.get("Latn", ()))
    return {pair: min(n, 9) ** 0.5 for pair, n in counts.items() if max(map(len, pair)) <= 18}


def _within(pairs: em.Weighted, side: int) -> em.Weighted:
    """Word pairs within one script: the spellings that share a spelling in the other."""
    groups: dict[str, dict[str, float]] = defaultdict(dict)
    for pair, count in pairs.items():
        groups[pair[1 - side]][pair[side]] = min(count, 9.0)
    found: em.Weighted = {}
    for _, group in sorted(groups.items()):
        _pair_up(found, dict(sorted(group.items())[:40]), 8.0)
    return found


def _pair_up(found: em.Weighted, group: Mapping[str, float], most: float) -> None:
    """Pair the spellings of one name with each other, and each with itself."""
    share = min(1.0, most / max(len(group), 1))
    for (a, m), (b, n) in combinations(group.items(), 2):
        weight = (m * n) ** 0.25 * share / 2
        found[a, b] = found.get((a, b), 0.0) + weight
        found[b, a] = found.get((b, a), 0.0) + weight
    for a, m in group.items():
        found[a, a] = found.get((a, a), 0.0) + m**0.5 / 2


def _sampled(pairs: em.Weighted, most: int, weight: float) -> em.Weighted:
    """Return at most `most` pairs, chosen by a fixed seed, with their weights scaled."""
    order = sorted(pairs)
    if len(order) > most:
        chosen = np.random.default_rng(1).permutation(len(order))[:most]
        order = [order[i] for i in sorted(chosen.tolist())]
    return {pair: pairs[pair] * weight for pair in order}


def _lexicon(
    arrays: Arrays, clean: em.Weighted, items: list[dict[str, tuple[str, ...]]]
) -> dict[str, set[str]]:
    """Pack the lexicon; return its forms by script."""
    natives = sorted({native for native, _ in clean})
    pivot = {native: number for number, native in enumerate(natives)}
    attested: dict[str, dict[str, Counter[int]]] = {s: defaultdict(Counter) for s in ALPHABETS}
    for (native, roman), count in clean.items():
        attested["Arab"][native][pivot[native]] += int(count)
        attested["Latn"][roman][pivot[native]] += int(count)
    for number, item in enumerate(items, start=len(natives)):
        for script, forms in item.items():
            for form in forms:
                attested[script][form][number] += 1
    others = _spellings(attested)
    for script, forms_of in attested.items():
        arrays |= pack_links(script, _links(script, forms_of, others))
    return {script: set(forms_of) for script, forms_of in attested.items()}


def _spellings(
    attested: Mapping[str, Mapping[str, Counter[int]]],
) -> dict[int, set[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for script, forms_of in attested.items():
        for form, pivots in forms_of.items():
            for number in pivots:
                found[number].add((script, form))
    return found


def _origin(units: inputs.Pairs, items: Iterable[Item]) -> NDArray[Any]:
    """Learn the letters of Arab names, and of those of the world that no Arab bears."""
    arab: Counter[str] = Counter()
    for (_, roman), count in units.items():
        arab[roman] += count
    world = Counter(form for item in items for form in item.get("Latn", ()))
    ours = {form: count**0.5 for form, count in arab.items() if count >= _BORNE}
    theirs = {form: count**0.5 for form, count in world.items() if arab[form] < _BORNE}
    return origin(ours, theirs)


def _links(
    script: str, forms_of: Mapping[str, Counter[int]], spellings: Mapping[int, set[tuple[str, str]]]
) -> Links:
    forms = tuple(sorted(forms_of))
    pivots = [sorted(forms_of[form].items()) for form in forms]
    types = [
        len({s for number, _ in own for s in spellings[number] if s[0] != script}) for own in pivots
    ]
    return Links(
        Texts.of(forms),
        np.cumsum([0, *map(len, pivots)]),
        np.array([number for own in pivots for number, _ in own]),
        np.array([count for own in pivots for _, count in own], float),
        np.array(types),
    )


def _background(name: str, counts: Counter[str], forms: set[str]) -> Arrays:
    """Count forms and learn the letters of all of them, by the square root of their counts."""
    once = 1.0 + sum(1 for count in counts.values() if count == 1)
    weights = {form: max(counts[form], 1) ** 0.5 for form in sorted({*counts, *forms})}
    alphabet = ALPHABETS[name.rsplit("/", 1)[1]]
    return pack_background(name, counts, _letters(weights, alphabet), sum(counts.values()), once)


def _letters(weights: Mapping[str, float], alphabet: str) -> LetterModel:
    """Learn an interpolated letter model (Witten & Bell 1991) in back-off form."""
    base = len(alphabet) + 2
    number = {c: i + 1 for i, c in enumerate(alphabet)}
    seen: list[dict[int, dict[int, float]]] = [defaultdict(dict) for _ in range(ORDER)]
    for word, weight in weights.items():
        letters = [0] * (ORDER - 1) + [number.get(c, base - 1) for c in word] + [0]
        for i in range(ORDER - 1, len(letters)):
            context = 0
            for order in range(ORDER):
                if order:
                    context += letters[i - order] * base ** (order - 1)
                after = seen[order][context]
                after[letters[i]] = after.get(letters[i], 0.0) + weight
    probability: dict[tuple[int, int], float] = {}
    keys, bits, backoff = [], [], [np.zeros(0)] * ORDER
    for order in range(ORDER):
        rest: dict[int, float] = {}
        found: dict[int, float] = {}
        for context, after in sorted(seen[order].items()):
            total = sum(after.values())
            kept = total / (total + len(after))
            rest[context] = np.log2(1 - kept)
            shorter = context % base ** (order - 1) if order > 1 else 0
            for letter, weight in sorted(after.items()):
                lower = (
                    1 / base
                    if not order
                    else 2.0 ** probability[order - 1, shorter * base + letter]
                )
                p = kept * weight / total + (1 - kept) * lower
                key = context * base + letter
                found[key] = probability[order, key] = float(np.log2(p))
        keys.append(np.array(sorted(found), np.int64))
        bits.append(np.array([found[key] for key in sorted(found)]))
        if order:
            # A context of n letters is the n-letter sequence of the table before.
            backoff[order - 1] = np.array([rest.get(int(k), 0.0) for k in keys[order - 1]])
    backoff[-1] = np.zeros(len(keys[-1]))
    return LetterModel(alphabet, keys, bits, backoff)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
