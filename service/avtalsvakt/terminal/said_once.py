"""Refuses an option that is given twice where only one of them could count; the library keeps the last, silently."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.parser import _OptionParser


def said_once(command: click.Command) -> click.Command:
    """The command, and its own commands, with that refusal. Done twice, it is done once."""
    if "make_parser" not in vars(command):
        real = command.make_parser

        def make_parser(ctx: click.Context) -> "_OptionParser":
            parser = real(ctx)
            parse = parser.parse_args

            def once(args: list[str]) -> tuple[dict[str, object], list[str], list[click.Parameter]]:
                found, left, order = parse(args)
                _refuse_repeated(ctx, order)
                return found, left, order

            parser.parse_args = once  # type: ignore[method-assign] # where the library knows how often each was given
            return parser

        command.make_parser = make_parser  # type: ignore[method-assign]
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            said_once(inner)
    return command


def _refuse_repeated(ctx: click.Context, order: list[click.Parameter]) -> None:
    for one in order:
        if isinstance(one, click.Option) and not (one.multiple or one.count or one.is_flag) and order.count(one) > 1:
            raise click.UsageError(f"flaggan {max(one.opts, key=len)} står flera gånger, och bara en kan gälla", ctx)
