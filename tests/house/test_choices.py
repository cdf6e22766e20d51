"""A choice whose words can change while it is chosen has them from `steady`: `pages/shared/choices.py` says why."""

import ast
from collections.abc import Iterator
from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "pages"
KINDS = ("selectbox", "segmented_control", "pills")
LASTING = {
    # What is chosen of is the same for everybody at all times.
    "assess/comparing.py": "lambda name: FILTERS[name].label",
    "assess/evidence.py": "lambda kind: words.EVIDENCE[kind]",
    "assess/rate.py": "titles.__getitem__",
    "improve/measures.py": "words.day",
    "improve/weighing.py": "scale.__getitem__",
    "insight/pictures.py": "lambda domain: words.plain(titles[domain])",
    "insight/ratings.py": "choices.__getitem__",
    "assess/guide.py": "titles.__getitem__",
    "assess/standards.py": "",
    "setup/loading.py": "lambda domain: titles[domain]",
    "setup/people_invited.py": "lambda days: words.count(days, 'day')",
    "shared/settings.py": "",
    "plans/choosing.py": "titles.__getitem__",
    "plans/offline.py": "lambda one: f'{one} of {many}'",
    "plans/record_forms.py": "words_of.__getitem__",
    "plans/results_course.py": "names.__getitem__",
    "staff/competencies.py": "lambda name: VIEWS[name][0]",
    "staff/course_form.py": "lambda level: f'to {level}'",
    "together/counts_together_given.py": "lambda one: f'{one} · {in_words(one)}'",
    "together/sites_domains.py": "lambda domain: words.plain(told.titles[domain])",
    # A form that is open: what it was opened with comes back, and is seen before it is sent.
    "assess/assessments.py": "",
    "improve/targets.py": "names.__getitem__",
    "plans/partner_forms.py": "lambda one: sites.get(one, said.EVERY_SITE)",
    "plans/record_start.py": "",
    "plans/team.py": "names.__getitem__",
    "setup/trail.py": "",
    "staff/roster_fields.py": "",
    "staff/roster_rarely.py": "",
    "staff/session_list.py": "names.__getitem__",
    "together/peers_offered.py": "",
}
"""By the path: the words of the choice, or "" where all of its choices are meant."""


def words_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Of each choice that says how its options are called, by a constant or otherwise."""
    steady = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and "choices.steady(" in ast.unparse(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in KINDS:
            named = [keyword.value for keyword in node.keywords if keyword.arg == "format_func"]
            for said in map(ast.unparse, [*named, *node.args[3:4]]):
                if said not in steady and not said.startswith("choices.steady("):
                    yield node.lineno, said


def is_constant(said: str) -> bool:
    name = said.removesuffix(".__getitem__").rpartition(".")[2]
    return said.endswith(".__getitem__") and name.isupper()


def may_change(path: str, tree: ast.AST) -> list[str]:
    lasting = LASTING.get(path)
    return [
        f"{path}:{line} {said}"
        for line, said in words_of(tree)
        if not is_constant(said) and (lasting is None or lasting not in ("", said))
    ]


def test_words_that_can_change_are_steady() -> None:
    files = sorted(PAGES.rglob("*.py"))
    trees = {str(path.relative_to(PAGES)): ast.parse(path.read_text(encoding="utf-8")) for path in files}
    assert [found for path, tree in trees.items() for found in may_change(path, tree)] == []
    needless = {path for path in LASTING if path not in trees or not any(words_of(trees[path]))}
    assert not needless, "no choice stands there any more"


def test_control_words_of_rows_are_found() -> None:
    choice = "chosen = st.selectbox('Person', list(by_id), format_func=lambda one: by_id[one].name, key='person')"
    assert may_change("staff/new.py", ast.parse(choice)) == ["staff/new.py:1 lambda one: by_id[one].name"]
    by_place = "st.selectbox('Person', list(by_id), 0, lambda one: by_id[one].name)"
    assert may_change("staff/new.py", ast.parse(by_place)) == ["staff/new.py:1 lambda one: by_id[one].name"]
    steady = "say = choices.steady('person', by_id, name)\nst.selectbox('Person', by_id, format_func=say, key='person')"
    assert may_change("staff/new.py", ast.parse(steady)) == []
