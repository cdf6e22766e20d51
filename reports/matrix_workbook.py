"""Staff by competency as a workbook: the matrix, the same as a list with dates and targets, and what the signs say."""

from collections.abc import Iterator

from reports.competencies import LEGEND, PURPOSE, Exported, Heat
from reports.workbook_cells import Book, Column, Value

LISTED = ("Competency", "State", "Level", "Target", "Rated by themselves", "Rated on", "Holds until")


def matrix_workbook(told: Exported) -> bytes:
    book, found = Book(told.say(told.matrix.checklist.title)), told.heat
    _matrix(book, told, found)
    leaf = book.leaf("List", _columns(told, *(Column(name, 14) for name in LISTED)))
    leaf.rows(_listed(told, found))
    known = book.leaf("Competencies", [Column("Competency", 14), Column("What it is", 100)])
    known.rows(found.competencies)
    _read_me(book, told)
    return book.content()


def _matrix(book: Book, told: Exported, found: Heat) -> None:
    columns = _columns(told, *(Column(name, 8) for name, _ in found.competencies))
    leaf = book.leaf("Matrix", columns, frozen="C2" if told.named else "B2")
    leaf.rows([*_who(told, line.code, line.name), *(cell.sign for cell in line.cells)] for line in found.lines)
    leaf.row([])
    leaf.across([PURPOSE])


def _listed(told: Exported, found: Heat) -> Iterator[list[Value]]:
    for one, line in zip(told.members, found.lines, strict=True):
        for name, _ in found.competencies:
            standing = told.matrix.standing(one.id, name)
            record, own = standing.record, standing.self_rated
            yield [
                *_who(told, line.code, line.name),
                name,
                standing.state,
                record.level if record else None,
                standing.target,
                own.level if own else None,
                record.on if record else None,
                record.holds_until if record else None,
            ]


def _read_me(book: Book, told: Exported) -> None:
    leaf = book.page("Read me", (14, 100))
    leaf.row([PURPOSE], "strong")
    leaf.row([told.about])
    leaf.row([f"Made {told.made:%Y-%m-%d}"], "label")
    leaf.row([])
    leaf.rows(LEGEND.values())


def _columns(told: Exported, *more: Column) -> list[Column]:
    return [Column("Code", 12), *([Column("Name", 24)] if told.named else []), *more]


def _who(told: Exported, code: str, name: str) -> list[Value]:
    return [code, name] if told.named else [code]
