"""The modules beside the packages keep to the same direction of imports; import-linter does not see into them."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
ALLOWED = {"config": set(), "transaction": {"models"}}


def imported(module: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse((ROOT / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("module", ALLOWED)
def test_a_single_module_imports_only_what_lies_below_it(module: str) -> None:
    assert imported(module) & OURS <= ALLOWED[module]
