"""卷内目录: the papers of the file in their order; page numbers are there once it is bound."""

from papers.blocks import Cell, Paper, Table, Title, head
from papers.matter import Matter, Pen

NAME = "卷内目录"
ROWS = 16


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    names = [*matter.listed, *("" for _row in range(ROWS - len(matter.listed)))]
    pages = [*matter.page_ranges, *("" for _row in range(len(names) - len(matter.page_ranges)))]
    rows = tuple((Cell(str(place) if name else ""), Cell(name, tall=9), Cell(pages[place - 1]), Cell(""))
                 for place, name in enumerate(names, 1))  # fmt: skip
    pen.write(Title(NAME, matter.number or matter.dispute.number),
              Table((head("序号", "文书名称", "页号", "备注"), *rows), (12, 52, 16, 20), heads=1))  # fmt: skip
    return pen.done(NAME)
