"""Front-end packages, served file by file out of node_modules by a white list."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files import File
from django.core.files.storage import FileSystemStorage


class NpmFinder(BaseFinder):
    """Finds ``npm/<package>/<file>`` for the files that ``NPM_ASSETS`` lists, and no others."""

    def __init__(self, *_args: Any, **_options: Any) -> None:
        self.root = settings.BASE_DIR / "node_modules"
        self.files = {
            f"npm/{package}/{file}": f"{package}/{file}"
            for package, files in settings.NPM_ASSETS.items()
            for file in files
        }
        self.storage = FileSystemStorage(location=self.root)

    def check(self, **_options: Any) -> list[CheckMessage]:
        """An error for every listed file that is not installed."""
        return [
            Error(f"{source} is missing from node_modules", hint="Run: make install", id="npm.E001")
            for source in self.files.values()
            if not (self.root / source).is_file()
        ]

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:  # noqa: FBT001, FBT002
        """The file's place on disk; Django's own signature."""
        source = self.files.get(path)
        hit = str(self.root / source) if source and (self.root / source).is_file() else None
        if find_all:
            return [hit] if hit else []
        return hit or []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Any]]:
        """Every listed file with a storage that opens it."""
        for url, source in self.files.items():
            if not matches_patterns(url, ignore_patterns or []):
                yield url, _Mapped(self.storage, source)


class _Mapped:
    """A storage that answers for the public path with the package's file."""

    prefix = None

    def __init__(self, storage: FileSystemStorage, source: str) -> None:
        self._storage = storage
        self._source = source

    def open(self, _name: str, mode: str = "rb") -> "File[bytes]":
        return self._storage.open(self._source, mode)

    def path(self, _name: str) -> str:
        return self._storage.path(self._source)

    def get_modified_time(self, _name: str) -> Any:
        return self._storage.get_modified_time(self._source)

    def exists(self, _name: str) -> bool:
        return self._storage.exists(self._source)
