"""The command line: everything Portchart does without a window. Imports no Qt, and the rest only when it is used."""

from exports.command.main import main
from exports.command.parser import COMMANDS

__all__ = ["COMMANDS", "main"]
