"""The command `python -m benchmarks`: runs tracks, prints their headlines, writes the page.

Exit status: 0 done, 1 a track failed (the page says how, the others ran), 2 wrong use or bad
input, 130 interrupted. Nothing is written in part: the page and a frozen run are there whole or
not at all.
"""

from __future__ import annotations

import inspect
import platform
import shlex
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from benchmarks import runs
from benchmarks.datasets.cards import cards, checksums
from benchmarks.joining import join
from benchmarks.protocol import Result, System
from benchmarks.runs import Command, Failure, Measured, Run, RunError
from benchmarks.systems import systems as all_systems

__all__ = ["TRACKS", "main"]

TRACKS = (
    "merges",
    "pairs",
    "candidates",
    "transliteration",
    "speed",
    "scale",
    "documents",
    "seeds",
    "ablations",
)
"""The tracks in reading order, each a module of `benchmarks.tracks`."""

PAGE = Path(__file__).parent / "report"
"""Where the page is written if nothing else is said."""

NEEDED = ("jinja2", "matplotlib")
"""Libraries that the page stands on; looked for before anything is run."""

FOLDERS = ("names", "pairs", "translit")
"""What a data directory holds."""

PIPED = 140
"""Columns of what is printed where there is no terminal."""

REMEDY = 'pip install "resolve-names[bench]"'


@dataclass(frozen=True)
class Wanted:
    """What is to be run: nothing where it may be all."""

    data: Path | None = None
    tracks: Sequence[str] = ()
    names: Sequence[str] = ()
    sizes: Sequence[int] = ()
    limit: int | None = None
    megabytes: Sequence[int] = ()
    stream: int | None = None

    @property
    def options(self) -> Mapping[str, Any]:
        """What is handed to the tracks that have a parameter of this name."""
        options = {
            "sizes": tuple(sorted(set(self.sizes))),
            "most": self.limit,
            "megabytes": tuple(sorted(set(self.megabytes))),
            "stream": self.stream,
        }
        return {name: value for name, value in options.items() if value not in (None, ())}

    @property
    def command(self) -> Command:
        """The command as it would be typed again; what data it was is said by their checksums."""
        words = ["python", "-m", "benchmarks", *(["--data", "DIR"] if self.data else [])]
        given = {
            "track": self.tracks,
            "system": self.names,
            "size": self.sizes,
            "megabytes": self.megabytes,
            "stream": () if self.stream is None else (self.stream,),
        }
        for option, values in given.items():
            words += [word for value in values for word in (f"--{option}", str(value))]
        words += ["--limit", str(self.limit)] if self.limit else []
        return Command(shlex.join(words), self.limit)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("named", nargs=-1, type=click.Choice(TRACKS), metavar="[TRACK]...")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Directory with names/, pairs/, translit/; by default the small set that ships.",
)
@click.option(
    "--track",
    "tracks",
    multiple=True,
    type=click.Choice(TRACKS),
    help="Run this track only, as if it were named first; may be repeated.",
)
@click.option(
    "--system",
    "names",
    multiple=True,
    metavar="NAME",
    help="Measure the systems whose name holds NAME only; may be repeated.",
)
@click.option(
    "--size",
    "sizes",
    multiple=True,
    type=click.IntRange(min=1),
    metavar="N",
    help="Link to gazetteers of N actors only (merges, candidates, scale; documents: N made-up "
    "ones besides); may be repeated.",
)
@click.option(
    "--megabytes",
    multiple=True,
    type=click.IntRange(min=1),
    metavar="N",
    help="Tag N MB of text (documents); may be repeated.",
)
@click.option(
    "--stream",
    type=click.IntRange(min=0),
    metavar="N",
    help="Send N MB of text through the command (documents); 0 sends none.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Ask for at most N rows of each set, for a quick look.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=PAGE,
    metavar="DIR",
    help="Write index.html there; by default benchmarks/report.",
)
@click.option("--against", metavar="RUN", help="Compare with a frozen run: its name or its file.")
@click.option("--freeze", metavar="NAME", help="Keep the run as benchmarks/runs/NAME.json.")
@click.option(
    "--show",
    "shown",
    multiple=True,
    metavar="RUN",
    help="Run nothing: draw the page of a frozen run; repeated, of several as one, "
    "where the later counts if two measure the same. --freeze keeps them joined.",
)
def main(
    named: Sequence[str],
    data: Path | None,
    tracks: Sequence[str],
    names: Sequence[str],
    sizes: Sequence[int],
    megabytes: Sequence[int],
    stream: int | None,
    limit: int | None,
    out: Path,
    against: str | None,
    freeze: str | None,
    shown: Sequence[str],
) -> None:
    """Measure how precise the merges are, beside the open matchers, and write one page.

    All tracks are run, or those that are named.
    """
    console, progress = Console(), Console(stderr=True)
    if not console.is_terminal:
        console = Console(width=PIPED)
    try:
        _check(data, freeze)
        before = runs.load(runs.path_of(against)) if against else None
        if shown:
            run = join({name: runs.load(runs.path_of(name)) for name in shown}, TRACKS)
        else:
            wanted = Wanted(data, (*named, *tracks), names, sizes, limit, megabytes, stream)
            run = _run(wanted, _chosen(names), progress)
        if freeze:
            runs.save(run, runs.frozen(freeze))
            console.print(f"frozen: {runs.frozen(freeze)}", highlight=False)
        _finish(run, before, against or "", out / "index.html", console)
    except (RunError, OSError) as error:
        raise click.UsageError(str(error)) from None
    sys.exit(1 if run.failures else 0)


def _check(data: Path | None, freeze: str | None) -> None:
    """Raise what can be said before an hour is spent: bad data, taken names, missing extras."""
    lacking = [name for name in NEEDED if find_spec(name) is None]
    if lacking:
        verb = "is" if len(lacking) == 1 else "are"
        raise click.UsageError(f"{' and '.join(lacking)} {verb} not installed: {REMEDY}")
    if data is not None:
        absent = [name for name in FOLDERS if not (data / name).is_dir()]
        if not data.is_dir():
            raise click.UsageError(f"--data {data}: no such directory")
        if absent:
            raise click.UsageError(
                f"--data {data}: holds no {' and no '.join(f'{name}/' for name in absent)}; "
                "names/, pairs/ and translit/ hold the lists"
            )
    if freeze and runs.frozen(freeze).exists():
        raise click.UsageError(
            f"--freeze {freeze}: {runs.frozen(freeze)} is there already; "
            "take another name, or delete it"
        )


def _chosen(names: Sequence[str]) -> tuple[System, ...]:
    """The systems whose names hold one of these; all of them if none is given."""
    known = all_systems()
    lost = [n for n in names if not any(n.casefold() in s.name.casefold() for s in known)]
    if lost:
        there = "; ".join(system.name for system in known)
        raise click.UsageError(f"--system {lost[0]}: there are {there}")
    return tuple(
        s for s in known if not names or any(n.casefold() in s.name.casefold() for n in names)
    )


def _run(wanted: Wanted, systems: Sequence[System], console: Console) -> Run:
    results: list[Result] = []
    failures: list[Failure] = []
    for track in (name for name in TRACKS if name in (wanted.tracks or TRACKS)):
        start = time.monotonic()
        try:
            with console.status(track) as status:
                said = _progress(track, console, status.update)
                results.append(_result(track, wanted, systems, said))
        except Exception as error:
            failures.append(Failure(track, _said(error)))
            console.print(f"{track} failed: {_said(error)}", markup=False, style="bold red")
            console.print(traceback.format_exc(), markup=False, highlight=False, style="dim")
        else:
            console.print(f"{track}: {time.monotonic() - start:.0f} s", style="dim")
    measured = tuple(Measured(s.name, s.note, s.version(), s.missing()) for s in systems)
    return Run(
        commands=(wanted.command,),
        ours=all_systems()[0].name,
        systems=measured,
        versions=_versions(measured),
        checksums=dict(checksums(wanted.data)),
        results=tuple(results),
        failures=tuple(failures),
    )


def _result(
    track: str, wanted: Wanted, systems: Sequence[System], progress: Callable[[str], None]
) -> Result:
    run = import_module(f"benchmarks.tracks.{track}").run
    known = inspect.signature(run).parameters
    options = {name: value for name, value in wanted.options.items() if name in known}
    return runs.checked(run(wanted.data, systems, progress, **options))


def _progress(track: str, console: Console, update: Callable[[str], None]) -> Callable[[str], None]:
    """What a track calls to say what it does: a moving line, or plain lines where none can be."""
    if console.is_terminal:
        return lambda text: update(f"{track}: {text}")
    return lambda text: console.print(f"{track}: {text}", markup=False, highlight=False)


def _finish(run: Run, before: Run | None, name: str, path: Path, console: Console) -> None:
    # The page's libraries belong to the extra: they are imported once they are known to be there.
    from benchmarks.report.page import page
    from benchmarks.report.terminal import show

    show(run, console)
    runs.write(path, page(run, cards(), before, name).encode())
    console.print(f"\npage: {path}", highlight=False)


def _said(error: Exception) -> str:
    """What went wrong and in which of our files, without the machine's paths."""
    here = Path(__file__).parent.parent
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(here)]
    where = f" ({Path(own[-1].filename).relative_to(here)}:{own[-1].lineno})" if own else ""
    foreign = isinstance(error, ImportError) and not (error.name or "").startswith("benchmarks")
    remedy = f"; {REMEDY}" if foreign and "resolve-names[bench]" not in str(error) else ""
    return f"{type(error).__name__}: {error}{remedy}{where}"


def _versions(systems: Sequence[Measured]) -> dict[str, str]:
    versions = {"python": platform.python_version(), "machine": platform.machine()}
    for system in systems:
        for said in filter(None, system.version.split(", ")):
            name, _, number = said.rpartition(" ")
            versions[name or said] = number if name else ""
    return versions


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
