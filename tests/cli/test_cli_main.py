from __future__ import annotations

import os
import subprocess
import sys

import pytest

from resolve.cli import COMMANDS
from resolve.version import __version__

PYTHON = (sys.executable, "-X", "utf8")


def test_version_is_quick_since_nothing_heavy_is_imported():
    script = (
        "import sys; from resolve.cli import main; status = main(['--version']); "
        "heavy = {'numpy', 'rich', 'rapidfuzz', 'msgspec', 'csv'} & set(sys.modules); "
        "sys.exit(f'{status} {heavy}' if status or heavy else 0)"
    )
    done = subprocess.run([*PYTHON, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"resolve {__version__}\n"


@pytest.mark.parametrize("args", [("--help",), ("-h",), ("some-file", "--help")])
def test_help_shows_the_options_and_the_commands(run, args):
    ran = run(*args)
    assert ran.status == 0
    for word in ("--column", "--gazetteer", "--explain", *COMMANDS, "_RESOLVE_COMPLETE"):
        assert word in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_its_own_help(run, command):
    ran = run(command, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"Usage: resolve {command} ")


def test_a_file_named_like_a_command_is_reached(run, toy, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "no file 'compare'" in run("--", "compare").err
    (tmp_path / "compare").write_text("Hulusi Akar\n")
    for args in (("./compare", *toy), (*toy, "--", "compare"), (*toy, "compare")):
        assert [row[0] for row in run(*args).rows] == ["name", "Hulusi Akar"]


def test_completion_offers_commands_and_options(run):
    def completed(words: str, index: str) -> list[str]:
        environment = {
            **os.environ,
            "_RESOLVE_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": index,
        }
        done = subprocess.run(
            [*PYTHON, "-m", "resolve.cli"],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout.split()

    assert {f"plain,{command}" for command in COMMANDS} <= set(completed("resolve ", "1"))
    assert "plain,--explain" in completed("resolve --ex", "1")
    assert "plain,--scheme" in completed("resolve romanize --sch", "2")


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_closed_pipe_ends_quietly():
    command = f"'{sys.executable}' -m resolve.cli romanize --scheme anyascii"
    many = f"yes حفتر | head -20000 | {command} | head -1; exit ${{PIPESTATUS[2]}}"
    shell = ["bash", "-c", many]
    done = subprocess.run(shell, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "name\treading\tprobability\n"


def test_an_interrupt_ends_with_130(run, monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("resolve.cli.reading.read_names", interrupted)
    ran = run("-")
    assert (ran.status, ran.out) == (130, "")
    assert "Traceback" not in ran.err
