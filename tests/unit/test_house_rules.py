"""Rules of the house that no linter knows."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import app.services
from app.services.base import BaseService

ROOT = Path(__file__).resolve().parents[2]
MODULE_MAX_LINES = 300
TEMPLATE_MAX_LINES = 80
SERVICE_MAX_METHODS = 10
PYTHON = sorted(p for folder in ("app", "tests", "scripts") for p in (ROOT / folder).rglob("*.py"))
TEMPLATES = sorted(
    path
    for path in (ROOT / "app" / "templates").rglob("*.html")
    if path.parent.name != "email"  # mail programs read styles only from the elements
)


def services() -> Iterator[type[BaseService]]:
    """All but those that only others build upon."""
    for module in pkgutil.iter_modules(app.services.__path__, "app.services."):
        for _, each in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            is_own = each.__module__ == module.name
            if is_own and issubclass(each, BaseService) and not each.__subclasses__():
                yield each


def public_methods(service: type) -> list[tuple[str, object]]:
    found = inspect.getmembers(service, inspect.isfunction)
    return [(name, each) for name, each in found if name in vars(service) and name[0] != "_"]


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_small_and_say_what_they_are_for(path):
    text = path.read_text()

    assert text.count("\n") <= MODULE_MAX_LINES
    assert ast.get_docstring(ast.parse(text)) or not text.strip()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_stay_small_and_free_of_inline_code(path):
    text = path.read_text()

    assert text.count("\n") <= TEMPLATE_MAX_LINES
    for forbidden in (" style=", "onclick=", "onchange=", "onsubmit=", "hx-on", "javascript:"):
        assert forbidden not in text
    assert "<script>" not in text
    assert "|safe" not in text.replace(" ", "")


@pytest.mark.parametrize("service", list(services()), ids=lambda service: service.__name__)
def test_every_public_service_method_is_measured_and_few(service):
    methods = public_methods(service)

    assert methods
    assert [name for name, each in methods if not hasattr(each, "is_measured")] == []
    assert len(methods) <= SERVICE_MAX_METHODS


def test_no_test_is_forgotten():
    """A function that reads like a test but lacks the prefix never runs."""
    suspects = []
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith(("test_", "_")):
                continue
            is_fixture = any("fixture" in ast.unparse(each) for each in node.decorator_list)
            asserts = any(isinstance(each, ast.Assert) for each in ast.walk(node))
            called = path.read_text().count(f"{node.name}(") > 1
            if asserts and not is_fixture and not called:
                suspects.append(f"{path.name}:{node.name}")

    assert suspects == []


def test_the_environment_is_read_in_one_place_only():
    readers = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "app").rglob("*.py")
        if "os.environ" in path.read_text() or "getenv" in path.read_text()
    ]

    assert readers == []


def test_every_command_of_a_newcomer_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()

    for command in ("make run", "make test", "make check", "make browser", "make race"):
        assert command in readme


def test_no_two_test_files_share_a_name() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]

    assert len(names) == len(set(names)), "such files cannot be imported in one run"
