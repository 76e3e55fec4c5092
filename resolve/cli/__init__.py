"""The command `resolve`: what it is called with, and what it says when that cannot be done.

`resolve FILE...` resolves names; a first word that is a command runs that command (a file of the
same name is reached as ./compare, or after --). Each command is one file and is imported only
when it is asked for. Exit status: 0 done, 2 wrong use or bad input, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from resolve.version import __version__

__all__ = ["main"]

COMMANDS = ("tag", "compare", "romanize", "normalize", "gazetteer")
"""The commands by name, each a module of this package that defines it under that name."""

DEFAULT = ""
"""The name of the command that runs when none is named: no file can have it."""

SELDOM = 100_000
"""Objects made between two looks for cycles, of which our work makes none: they were a sixth to a
third of the time of tagging texts, resolving a list and reading a gazetteer."""

EPILOG = """\b
Files: UTF-8, UTF-16 by its byte-order mark, or --encoding windows-1256.
TSV knows no quotes: inside a cell, tab and line ends are written \\t \\n \\r.

\b
Examples:
  resolve names.txt
  resolve people.csv --column name -o resolved.csv
  echo Dbeibeh | resolve --explain
  resolve compare Dbeibah الدبيبة
  resolve tag articles/*.txt --format html -o articles.html

\b
Completion (bash; zsh and fish by their names):
  eval "$(_RESOLVE_COMPLETE=bash_source resolve)"
"""


def main(args: Sequence[str] | None = None) -> int:
    """The exit status of `resolve ARGS`; what went wrong is said on standard error."""
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
    try:
        status = commands.main(args, prog_name="resolve", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except (KeyboardInterrupt, click.Abort):
        return 130
    except click.ClickException as error:
        return _failed(error.format_message())
    except Exception as error:
        if not isinstance(error, _foreseen()):
            raise
        return _failed(_said(error))


class _Commands(click.Group):
    """The group: its own help shows the default command's options, then the other commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == DEFAULT:
            return _command("names")
        return _command(cmd_name) if cmd_name in COMMANDS else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {option for param in self.get_params(ctx) for option in param.opts}
        if not (ctx.resilient_parsing and not args) and args[:1] != ["--help"]:
            first = args[0] if args else ""
            if first not in own and first not in COMMANDS:
                args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:  # whoever read us has seen enough
            _silence()
            ctx.exit(0)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage("resolve", "[OPTIONS] [FILE]...")
        formatter.write_usage("resolve", "COMMAND [OPTIONS] [ARGS]...", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        default = _command("names")
        params = [p for p in default.params if isinstance(p, click.Option)]
        records = [p.get_help_record(ctx) for p in (*params, *self.get_params(ctx))]
        with formatter.section("Options"):
            formatter.write_dl([record for record in records if record])
        self.format_commands(ctx, formatter)

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        default = _command("names")
        inner = click.Context(default, parent=ctx, info_name=DEFAULT, resilient_parsing=True)
        found = [
            *super().shell_complete(ctx, incomplete),
            *default.shell_complete(inner, incomplete),
        ]
        if not incomplete.startswith("-"):
            found += default.params[0].shell_complete(inner, incomplete)
        return found


@click.command(
    cls=_Commands,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="resolve", message="%(prog)s %(version)s")
def commands() -> None:
    """Tell which actor each name means: LINK, REVIEW or NIL, with bits and reasons.

    Reads one name a line from FILE..., or from standard input (also as -), or a column of a CSV or
    TSV file, and writes one row for each, in order. `resolve tag` finds the names in running text.
    """


def _command(name: str) -> click.Command:
    command = getattr(import_module(f"resolve.cli.{name}"), name)
    assert isinstance(command, click.Command)
    return command


def _foreseen() -> tuple[type[Exception], ...]:
    """The errors that are the input's or the machine's, not ours: no traceback helps."""
    from gazetteer.errors import GazetteerError  # late: --version needs none of it
    from resolve.errors import ResolveError

    return ResolveError, GazetteerError, OSError


def _said(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def _failed(message: str) -> int:
    print(f"resolve: error: {message}", file=sys.stderr)
    return 2


def _silence() -> None:
    """Let the interpreter's last flush of standard output go nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
