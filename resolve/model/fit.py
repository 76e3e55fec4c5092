"""Fit the constants to the linking decision: `python -m resolve.model.fit --data DIR`.

    structure      what contradictions, omissions, order ... are worth: coordinate by coordinate
    calibration    what a bit is worth in odds, and the odds before any: by gradient

Both maximise the likelihood of the right answer among NIL and all candidates: pairs are not
merges, and what tells pairs apart best does not link best. The structure is pulled towards the
values of the design study (`start.toml`), so that lists without a case of something don't decide
it. The same inputs give the same constants. Figures are of persons that the fit hasn't seen.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.decisions.calibration import BENDS, FULL, LONE, Calibration
from resolve.errors import MissingExtraError
from resolve.matching.alignment import Structure
from resolve.model.learned import load
from resolve.model.linking import ACTORS, Task, tasks

__all__ = ["calibrate", "figures", "fit", "main", "written"]

Floats = NDArray[np.float64]
Constants = dict[str, float]

ROUNDS = 6
"""Times that every constant is tried."""
STEP = 2.0
"""Bits by which a constant is first moved; half as much after each round that didn't move it."""
LEAST_STEP = 0.25
PULL = 0.0004
"""Likelihood, in bits a mention, that a bit away from the start must be worth."""
LEAST_GAIN = 0.0001
LEVELS = (0.90, 0.95, 0.99)
"""Probabilities from which on the figures take a candidate for the actor."""
_CERTAIN = 1000.0  # log2 odds against NIL
_BINS = 10  # of the calibration error
_HERE = Path(__file__).parent


def main(arguments: list[str] | None = None) -> None:
    """Fit and write the constants, print the figures; progress on stderr."""
    parser = argparse.ArgumentParser(prog="python -m resolve.model.fit", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="directory of the input lists")
    parser.add_argument("-o", "--output", type=Path, default=_HERE / "constants.toml")
    parser.add_argument("--joins", type=Path, help="reviewed table of ids that are one person")
    parser.add_argument("--actors", type=int, default=ACTORS, help="in the gazetteer")
    parser.add_argument("--measure", action="store_true", help="fit nothing, print figures only")
    options = parser.parse_args(arguments)
    known, unseen = tasks(options.data, load(), options.joins, options.actors, _say)
    template = (_HERE / "constants.toml").read_text(encoding="utf-8")
    constants = tomllib.loads(template)
    if not options.measure:
        start = tomllib.loads((_HERE / "start.toml").read_text(encoding="utf-8"))
        text = written(fit(known, constants, start), template)
        options.output.write_text(text, encoding="utf-8")
        constants = tomllib.loads(text)
    print(figures(unseen, constants))


def fit(task: Task, constants: Mapping[str, float], start: Mapping[str, float]) -> Constants:
    """Return the constants that are fitted: those of `start`, the slopes and the offset.

    `constants` holds the others, which stay as they are.
    """
    best = {**constants, **start}
    bits = task.bits(Structure.of(best))
    calibration = calibrate(task, bits, best)
    best |= calibration
    value = _likelihood(task, bits, best)
    steps = dict.fromkeys(start, STEP)
    for number in range(ROUNDS):
        for name in start:
            if steps[name] < LEAST_STEP:
                continue
            for step in (steps[name], -steps[name]):
                trial = {**best, name: max(best[name] + step, 0.0)}
                moved = task.bits(Structure.of(trial))
                pull = PULL * sum(abs(trial[n] - start[n]) for n in start)
                likelihood = _likelihood(task, moved, trial) - pull
                if likelihood > value + LEAST_GAIN:
                    best, bits, value = trial, moved, likelihood
                    break
            else:
                steps[name] /= 2
        calibration = calibrate(task, bits, best)
        best |= calibration
        pull = PULL * sum(abs(best[n] - start[n]) for n in start)
        value = _likelihood(task, bits, best) - pull
        _say(f"round {number + 1} of {ROUNDS}: {value:.4f} bits a mention")
    return {name: best[name] for name in (*start, *calibration)}


def calibrate(task: Task, bits: Floats, constants: Mapping[str, float]) -> Constants:
    """Return the slopes, from 0 to 1, and the offset that the task makes most likely.

    The slope below the first bend is chosen, not fitted: candidates are drawn by their likeness,
    so hardly any are seen there, and a small gazetteer must not link what contradicts it. So is
    the line of a name that is a single part. The offset leaves out the task's own share of NIL,
    for which the deployed one stands.
    Raises MissingExtraError without SciPy.
    """
    try:
        from scipy.optimize import minimize
    except ImportError as error:
        raise MissingExtraError("scipy", "train", "fitting the constants") from error
    names = [f"slope_{k}" for k in range(1, len(BENDS) + 1)]
    without = {**constants, **dict.fromkeys(names, 0.0)}
    below = Calibration.of(without).worth(bits)
    units = [Calibration.of({**without, name: 1.0}).worth(bits) - below for name in names]
    fitted = task.candidates & (task.lines != LONE)
    features = np.stack([*units, np.ones(len(bits))], axis=1) * fitted[:, None]
    sizes = np.diff(task.starts, append=len(bits))
    known = np.repeat(task.candidates[task.right], sizes)
    deployed = Calibration.of(constants)
    odds = deployed.odds(bits, task.lines)
    lone, across = (
        odds + _odds_of_nil(task),
        odds - deployed.odds(bits, np.full_like(task.lines, FULL)),
    )
    before = np.where(fitted, below + across, lone) - np.log2(task.actors)
    rivals = constants["rivalry"] * bits

    def loss(x: Floats) -> tuple[float, Floats]:
        odds = features @ x + before
        value = -float(task.log2p(odds, rivals)[task.right].mean())
        # How the sum over the candidates rises, less how that over NIL and candidates does.
        every, alone = task.log2p(odds, odds), task.log2p(odds + _CERTAIN, odds)
        gradient = (np.exp2(alone) * known) @ features - np.exp2(every) @ features
        return value, -gradient / len(task.right)

    first = np.array([*[constants[name] for name in names], constants["offset"]])
    bounds = [*[(0.0, 1.0)] * len(names), (None, None)]
    found = minimize(loss, first, jac=True, method="L-BFGS-B", bounds=bounds)
    *slopes, total = found.x.tolist()
    return {**dict(zip(names, slopes, strict=True)), "offset": total - _odds_of_nil(task)}


def figures(task: Task, constants: Mapping[str, float]) -> str:
    """Return a table, script by script: precision, recall and calibration error of the links.

    Recall is of the mentions whose actor the gazetteer holds. `R@P.99` is the recall where the
    likeliest links are right in 99 of 100 cases.
    """
    log2p = _log2p(task, task.bits(Structure.of(constants)), constants)
    probability = np.where(task.candidates, np.exp2(log2p), 0.0)
    sure = np.maximum.reduceat(probability, task.starts)
    correct = task.candidates[task.right] & (probability[task.right] >= sure)
    head = ["script", "mentions", "known"]
    head += [f"{what}{level:.2f}"[:5] for level in LEVELS for what in ("P", "R")]
    rows = ["\t".join([*head, "R@P.99", "ECE"])]
    scripts = np.array(task.scripts)
    for script in ("all", *sorted(set(task.scripts))):
        own = np.full(len(scripts), True) if script == "all" else scripts == script
        rows.append("\t".join([script, *_row(sure[own], correct[own], task.known[own])]))
    return "\n".join(rows)


def written(constants: Mapping[str, float], template: str) -> str:
    """Return the template, a TOML text, with the constants' values in its lines.

    >>> print(written({"descent": 2.25, "slope_0": 0.51234}, "# Order.\\ndescent = 2.0"))
    # Order.
    descent = 2.25
    """

    def line(match: re.Match[str]) -> str:
        name = match[1]
        digits = 3 if name.startswith("slope") else 2
        return f"{name} = {round(constants[name], digits)}" if name in constants else match[0]

    return re.sub(r"(?m)^(\w+) = .*$", line, template)


def _likelihood(task: Task, bits: Floats, constants: Mapping[str, float]) -> float:
    """log2 of the probability of the right answer, a mention."""
    return float(_log2p(task, bits, constants)[task.right].mean())


def _log2p(task: Task, bits: Floats, constants: Mapping[str, float]) -> Floats:
    """log2 of every row's probability, as `Calibration` has it at the task's share of NIL."""
    prior = _odds_of_nil(task) - np.log2(task.actors)
    odds = Calibration.of(constants).odds(bits, task.lines) + prior
    return task.log2p(odds, constants["rivalry"] * bits)


def _odds_of_nil(task: Task) -> float:
    """log2 (1 - nil) / nil of the task, whose NIL are the mentions without their candidate."""
    nil = float((~task.candidates[task.right]).mean())
    return float(np.log2((1 - nil) / nil))


def _row(sure: Floats, correct: NDArray[np.bool_], known: NDArray[np.bool_]) -> list[str]:
    """The figures of some mentions: how sure each link is, and whether it is right."""
    held = max(int(known.sum()), 1)
    found: list[Any] = [str(len(sure)), str(int(known.sum()))]
    for level in LEVELS:
        linked = sure >= level
        right = int((correct & linked).sum())
        found += [f"{right / max(int(linked.sum()), 1):.3f}", f"{right / held:.3f}"]
    order = np.argsort(-sure, kind="stable")
    right_so_far = np.cumsum(correct[order])
    precise = right_so_far >= 0.99 * np.arange(1, len(sure) + 1)
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, sure - correct, _BINS)
    found.append(f"{right_so_far[precise].max(initial=0) / held:.3f}")
    return [*found, f"{np.abs(gaps).sum() / len(sure):.3f}"]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
