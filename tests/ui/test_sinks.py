"""No bare text reaches a widget that reads markup: only literals, and what came through coach/ui/text.py."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.sources import Source, sources

SINKS = frozenset(
    {
        *("Static", "Label", "Button", "Checkbox", "RadioButton", "Collapsible", "Placeholder", "Tab", "TabPane"),
        *("Option", "OptionList", "SelectionList", "Selection", "Select", "Link"),
    }
)
UPDATES = frozenset({"update", "add_option", "add_options"})
TITLES = frozenset({"border_title", "border_subtitle", "tooltip"})
DOORS = frozenset({"content", "cell", "plain", "fit", "pad", "Content", "Text"})


def test_no_widget_is_given_bare_text() -> None:
    bare = [place for source in sources("coach/ui") for place in bare_texts(source)]
    assert not bare, "\n".join(bare)


def test_the_guard_sees_what_it_is_for() -> None:
    bad = (
        'Static(f"hello {name}")',
        "Label(name + words)",
        'Button("a %s" % name)',
        'widget.update("Saved: {}".format(name))',
        "widget.border_title = str(name)",
        "Option(row.text)",
        'Content.from_markup(f"[b]{name}[/b]")',
    )
    good = ('Static("Keys")', "Static(content(name))", "Static()", "Option(fit(name, 3))", "widget.update(line)")
    for code in bad:
        assert list(bare_texts(Source("coach/ui/x.py", code, ast.parse(code)))), code
    for code in good:
        assert not list(bare_texts(Source("coach/ui/x.py", code, ast.parse(code)))), code


def bare_texts(source: Source) -> Iterator[str]:
    """Places where something made of bare text goes into a sink."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            name = _name(node.func)
            if name in SINKS and any(_is_bare(value, strict=True) for value in node.args[:1]):
                yield f"{source.at(node)} gives {name} bare text"
            if name in UPDATES and any(_is_bare(value, strict=False) for value in node.args[:1]):
                yield f"{source.at(node)} updates with bare text"
            if name == "from_markup" and not all(isinstance(value, ast.Constant) for value in node.args):
                yield f"{source.at(node)} builds markup from text"
        if isinstance(node, ast.Assign) and _is_bare(node.value, strict=True):
            yield from (f"{source.at(t)} is set to bare text" for t in node.targets if _name(t) in TITLES)


def _is_bare(value: ast.expr, *, strict: bool) -> bool:
    """Text put together on the spot; with `strict`, also an attribute, whose type cannot be seen from here."""
    if isinstance(value, ast.JoinedStr):
        return True
    if isinstance(value, ast.BinOp):
        return not (_passed(value.left) and _passed(value.right))
    if isinstance(value, ast.Call):
        return _name(value.func) in {"format", "str", "join"} and not _passed(value)
    return strict and isinstance(value, ast.Attribute)


def _passed(value: ast.expr) -> bool:
    """Whether it came through the door: content(...), or Content joined to Content."""
    if isinstance(value, ast.BinOp):
        return _passed(value.left) and _passed(value.right)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "join":
        return _passed(value.func.value)
    return isinstance(value, ast.Call) and _name(value.func) in DOORS


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
