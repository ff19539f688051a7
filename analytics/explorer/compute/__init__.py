"""From signed answers to stored tables. Loads numpy and pyarrow: import it inside a task only."""

from analytics.explorer.compute.tabulator import Tabulator

__all__ = ["Tabulator"]
