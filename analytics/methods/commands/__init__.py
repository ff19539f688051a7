"""What can be asked of the methods from a command line."""

from analytics.methods.commands.arguments import main

__all__ = ["main"]
