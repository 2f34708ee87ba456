"""The README says what the program does: the same keys, the same verbs."""

from __future__ import annotations

import re

from tests.readme_tables import declared_bindings, keys_rows, keys_table, show_key, table_of_readme, verbs_of_help


def test_the_keys_table_is_the_declared_one() -> None:
    written = {(key.replace("`", ""), what, where) for key, what, where in table_of_readme("keys")}
    assert written == keys_rows(), f"the README's keys table should be:\n{keys_table()}"


def test_every_declared_command_has_one_id_and_a_sentence() -> None:
    silent = [f"{kind.__name__}.{binding.id}" for kind, binding in declared_bindings() if not binding.tooltip]
    assert not silent, f"no tooltip: {silent}"
    ids = [(kind, binding.id) for kind, binding in declared_bindings()]
    assert len(ids) == len(set(ids))


def test_every_action_exists() -> None:
    missing = []
    for kind, binding in declared_bindings():
        scope, _, action = binding.action.rpartition(".")
        name = "action_" + action.partition("(")[0]
        if scope == "" and not hasattr(kind, name):
            missing.append(f"{kind.__name__}: {binding.action}")
    assert not missing, missing


def test_the_commands_table_has_the_verbs_of_help() -> None:
    cells = [row[0] for row in table_of_readme("commands")]
    verbs = {verb for cell in cells for verb in re.findall(r"`coach ([a-z]+)", cell)}
    assert verbs == verbs_of_help()


def test_keys_are_shown_as_people_know_them() -> None:
    assert [show_key(key) for key in ("ctrl+p", "exclamation_mark", "colon", "comma", "slash", "a", "J", "f1")] == [
        *("Ctrl+P", "!", ":", ",", "/", "a", "J", "F1")
    ]
