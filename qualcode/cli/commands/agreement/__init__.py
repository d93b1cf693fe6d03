"""The command for agreement between coders."""

from qualcode.cli.commands.agreement.command import agreement, register

__all__ = ["agreement", "register"]
