"""The house itself: its shape, its addresses, its words."""

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.module_loading import import_string

from scripts.merge_messages import Conflict, merge
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.machines.api.base import ApiView
from tests.messages import messages_in_code, messages_in_templates

FIXED = {
    "manage.py",
    "surveys",
    "analytics",
    "exporters",
    "templates",
    "tests",
    "requirements.txt",
    "README.md",
}
ADDED = {
    ".ci",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Makefile",
    "NOTICE",
    "benchmarks",
    "config",
    "design",
    "docs",
    "locale",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "requirements-cluster.in",
    "requirements-cluster.txt",
    "requirements-dev.in",
    "requirements-dev.txt",
    "requirements.in",
    "scripts",
    "static",
}


def tracked(repository):
    command = ["git", "ls-files", "-z"]
    return subprocess.check_output(command, cwd=repository, text=True).rstrip("\0").split("\0")


def patterns(resolver=None, prefix=""):
    """Every address of the product with its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield pytest.param(entry, id=prefix + str(entry.pattern))


def test_the_top_level_is_the_agreed_one(repository):
    top = {path.split("/")[0] for path in tracked(repository)}

    assert top >= FIXED
    assert top <= FIXED | ADDED


def test_no_file_names_the_place_where_it_was_written(repository):
    place = str(repository).encode()
    strange = [
        path
        for path in tracked(repository)
        if (file := repository / path).is_file() and place in file.read_bytes()
    ]

    assert strange == []


# allauth's own views, dressed by surveys.organisations: signing in comes before any permission.
ENTRANCE = re.compile("account_(login|logout|inactive|reset_password.*)")


@pytest.mark.parametrize("pattern", list(patterns()))
def test_every_view_names_its_permission(pattern):
    view = pattern.callback.view_class

    assert issubclass(view, PermissionMixin | ApiView) or ENTRANCE.fullmatch(pattern.name)
    assert view.permission_required in set(Permission)


# What was published is there for everybody, and what is said of the API.
PUBLIC_API = {
    "api_root",
    "api_nothing",
    "api_schema",
    "api_docs",
    "api_publications",
    "api_publication",
    "api_codebook",
    "api_publication_results",
}


def test_only_the_entrance_invitations_health_language_and_published_data_are_public():
    public = {
        pattern.name
        for (pattern,) in (param.values for param in patterns())
        if pattern.callback.view_class.permission_required is Permission.PUBLIC
    }

    assert {name for name in public if not ENTRANCE.fullmatch(name)} - PUBLIC_API == {
        "healthz",
        "readyz",
        "invitation",
        "invitation_link",
        "set_language",
        "access_link",
        "access",
        "data_catalogue",
        "data_catalogue_record",
        "data_record",
        "data_citation",
        "data_set",
        "data_terms",
        "data_variables",
    }


@pytest.mark.parametrize(
    "task",
    sorted({task for tasks in import_string(settings.JOB_TABLE).values() for task in tasks}),
)
def test_every_task_of_the_job_table_can_be_called(task):
    assert callable(import_string(task))


def test_the_contracts_of_import_hold(repository):
    tool = Path(sys.executable).with_name("lint-imports")

    answer = subprocess.run(
        [tool, "--no-cache"], cwd=repository, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 0, answer.stdout


VISIT = """
import django
django.setup()
from django.core.management import call_command
from django.test.utils import setup_test_environment
setup_test_environment()
call_command("migrate", verbosity=0)
from tests.world import main
main()
"""


@pytest.fixture(scope="module")
def visits(tmp_path_factory):
    """What came of opening every address in a fresh process, anonymously and signed in."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "VAR_DIR": str(tmp_path_factory.mktemp("var")),
        "DATABASE_URL": "",
    }
    program = [sys.executable, "-W", "ignore", "-c", VISIT]
    answer = subprocess.run(
        program, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


def test_no_page_loads_the_libraries_of_figures_and_files(visits):
    assert visits["loaded"] == []


def test_no_page_fails(visits):
    failing = {name: status for name, status in visits["answers"].items() if status >= 500}

    assert failing == {}


def test_nobody_sees_a_page_without_signing_in(visits):
    seen = {
        name.removeprefix("nobody ")
        for name, status in visits["answers"].items()
        if name.startswith("nobody ") and status == 200
    }

    published = {name for name in seen if name.startswith("data_")}
    assert published == {
        "data_catalogue",
        "data_catalogue_record",
        "data_record",
        "data_citation",
        "data_set",
        "data_terms",
        "data_variables",
    }
    shown = {name for name in seen - published if not ENTRANCE.fullmatch(name)}
    assert shown - PUBLIC_API == {"healthz", "readyz"}


@pytest.fixture(scope="module")
def catalogue():
    parts = sorted((settings.BASE_DIR / "locale" / "parts").glob("*.po"))
    return {
        (entry.msgctxt, entry.msgid)
        for entry in merge(parts)
        if entry.msgstr or (entry.msgstr_plural and all(entry.msgstr_plural.values()))
    }


def test_every_text_of_a_template_is_translated_into_vietnamese(catalogue):
    missing = {text: at for text, at in messages_in_templates() if text not in catalogue}

    assert missing == {}


def test_every_text_of_the_code_is_translated_into_vietnamese(catalogue):
    missing = {text: at for text, at in messages_in_code() if text not in catalogue}

    assert missing == {}


def test_no_translation_is_left_over(catalogue):
    used = {text for text, _ in [*messages_in_templates(), *messages_in_code()]}

    assert catalogue - used == set()


def test_translations_keep_the_places_to_fill_in():
    places = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    parts = sorted((settings.BASE_DIR / "locale" / "parts").glob("*.po"))
    differing = [
        entry.msgid
        for entry in merge(parts)
        for translation in [entry.msgstr, *entry.msgstr_plural.values()]
        if translation
        and set(places.findall(translation))
        != set(places.findall(entry.msgid_plural or entry.msgid))
    ]

    assert differing == []


def write_part(folder, name, text):
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folder / name).write_text((header if name == "_header.po" else "") + text, "utf-8")
    return folder / name


def test_two_parts_may_say_the_same_thing(tmp_path):
    parts = [
        write_part(tmp_path, "_header.po", ""),
        write_part(tmp_path, "a.po", 'msgid "Sign"\nmsgstr "Ký"\n'),
        write_part(tmp_path, "b.po", 'msgid "Sign"\nmsgstr "Ký"\n'),
    ]

    assert [(entry.msgid, entry.msgstr) for entry in merge(parts)] == [("Sign", "Ký")]


def test_two_parts_may_not_say_different_things_about_one_text(tmp_path):
    parts = [
        write_part(tmp_path, "_header.po", ""),
        write_part(tmp_path, "a.po", 'msgid "Sign"\nmsgstr "Ký"\n'),
        write_part(tmp_path, "b.po", 'msgid "Sign"\nmsgstr "Ký số"\n'),
    ]

    with pytest.raises(Conflict, match=r"a\.po and b\.po differ: 'Sign'"):
        merge(parts)


def test_a_compiled_catalogue_is_read_as_vietnamese(tmp_path):
    merged = merge(
        [
            write_part(tmp_path, "_header.po", ""),
            write_part(tmp_path, "a.po", 'msgid "Sign"\nmsgstr "Ký"\n'),
        ]
    )
    merged.save_as_mofile(str(tmp_path / "django.mo"))

    compiled = polib.mofile(str(tmp_path / "django.mo"))
    assert [(entry.msgid, entry.msgstr) for entry in compiled] == [("Sign", "Ký")]


@pytest.mark.django_db
def test_a_ready_process_says_so(client):
    answer = client.get(reverse("readyz"))

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "database": True,
            "migrations": True,
            "clock": True,
            "malware_scanner": "not_configured",
        },
    )


@pytest.mark.django_db
def test_a_process_whose_clock_is_off_is_not_ready(client, monkeypatch):
    health = import_module("config.health")
    monkeypatch.setattr(health, "TOLERANCE", health.timedelta(seconds=-1))

    answer = client.get(reverse("readyz"))

    assert (answer.status_code, answer.json()["clock"]) == (503, False)


def test_a_living_process_says_so(client):
    assert client.get(reverse("healthz")).content == b"ok\n"
