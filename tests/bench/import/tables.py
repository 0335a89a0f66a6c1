"""The repository and a folder → tables of 10,000 units in it, as .csv and .xlsx, and some that were made to harm."""

import pathlib
import sys
import zipfile
from xml.sax.saxutils import escape

repository, folder = map(pathlib.Path, sys.argv[1:])
ROWS = 10_000
HEADINGS = ["No", "Kelurahan/Desa", "Kecamatan", "Kab/Kota", "Provinsi", "Kode Wilayah", "Program", "Status", "Per", "Sumber"]
# Provinces that an office of the starter site serves.
SERVED = ["16", "31", "74"]


def places():
    """Code and names of every desa and kelurahan, from the list of areas."""
    code, names = [], []
    for line in (repository / "site/data/areas.txt").read_text().splitlines():
        level = len(line) - len(line.lstrip("\t"))
        last, name = line.strip().split(" ", 1)
        code[level:], names[level:] = [last], [name]
        if level == 3:
            yield ".".join(code), list(names)


def rows():
    all_places = list(places())
    served = [place for place in all_places if place[0][:2] in SERVED]
    yield HEADINGS
    # The starter site has one page for both programs of Ancol, and two rows about one page are refused.
    again = [place for place in served if place[1][-1] != "Ancol"]
    for number, (code, names) in enumerate((served + again)[:ROWS], 1):
        program = "IBM" if number <= len(served) else "Bersinar"
        yield [str(number), *reversed(names), code, program, "Dilaporkan", "19/02/2021", "monitorindonesia-2021"]


def package(path, sheet, strings="<sst/>"):
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": '<workbook><sheets><sheet name="Data" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/sharedStrings.xml": strings,
        "xl/worksheets/sheet1.xml": sheet,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def letters(column):
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]


table = list(rows())
(folder / "unit.csv").write_text("".join(";".join(row) + "\r\n" for row in table), encoding="utf-8-sig")
shared = {}
cells = []
for number, row in enumerate(table, 1):
    line = "".join(
        f'<c r="{letters(column)}{number}" t="s"><v>{shared.setdefault(text, len(shared))}</v></c>' for column, text in enumerate(row)
    )
    cells.append(f'<row r="{number}">{line}</row>')
strings = "<sst>" + "".join(f"<si><t>{escape(text)}</t></si>" for text in shared) + "</sst>"
package(folder / "unit.xlsx", f"<worksheet><sheetData>{''.join(cells)}</sheetData></worksheet>", strings)

hostile = folder / "hostile"
hostile.mkdir()
package(hostile / "bomb.xlsx", " " * 300_000_000)
package(hostile / "strings.xlsx", "<row><c t='s'><v>0</v></c></row>", "<sst>" + "<si/>" * 12_700_000 + "</sst>")
package(hostile / "cells.xlsx", "<row>" + "<c><v>1</v></c>" * 4_000_000 + "</row>")
package(hostile / "empty-cells.xlsx", "<row>" + "<c/>" * 15_000_000 + "</row>")
package(hostile / "deep.xlsx", "<x>" * 21_000_000)
package(hostile / "attribute.xlsx", "<row " + "a='' " * 12_000_000 + "/>")
(hostile / "line.csv").write_text("x" * 100_000_000)
(hostile / "commas.csv").write_text("," * 19_999_999)
(hostile / "wide.csv").write_text("\n".join(",".join("x" for _ in range(200)) for _ in range(49_000)))
(hostile / "rows.csv").write_text("Kelurahan,Status\n" + "Ancol,Dilaporkan\n" * 49_990)
(hostile / "misspelt.csv").write_text("Kelurahan,Status\n" + "".join(f"Xqzwancolx{n},Dilaporkan\n" for n in range(49_990)))
