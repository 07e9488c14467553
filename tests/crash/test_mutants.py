"""Row 25: the mutants themselves; `make crash` tries each of them."""

from __future__ import annotations

from tests.crash.bot_process import PROJECT
from tests.crash.mutants import MUTANTS


def test_row_25_every_mutant_still_fits_the_code() -> None:
    """Whoever changes the code that a mutant changes is told to change the mutant too, and its tests are there."""
    for mutant in MUTANTS:
        assert mutant.edits, mutant.name
        for file, old, _ in mutant.edits:
            assert (PROJECT / file).read_text("utf-8").count(old) == 1, (mutant.name, old)
        for test in mutant.tests:
            file, _, name = test.partition("::")
            assert f"def {name.partition('[')[0]}" in (PROJECT / file).read_text("utf-8"), test
