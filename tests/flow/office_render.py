#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The bulletin as DOCX and XLSX: every table, cell by cell, is the one of bulletin.json, read here from the parts and by
python-docx and openpyxl where they are installed; an audit finds in them what it finds in bulletin.md; one changed digit in the
DOCX is found where it stands."""
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import COMMAND, DATA, SHARED, skip, why_no_library

try:
    import docx
except ImportError:
    docx = None
try:
    import openpyxl
except ImportError:
    openpyxl = None

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BOSTON = SHARED / "data" / "boston311" / "boston311_2011-07_09.csv"
MUTATIONS = 120
# Children that an element may have, in the order that ECMA-376 part 1 (transitional) wants: Word and Excel offer a repair where
# one stands elsewhere. Only what a bulletin needs; whatever else turns up is to be looked up and added.
ORDER = {
    W + "document": "body", W + "tbl": "tblPr tblGrid tr", W + "tr": "trPr tc", W + "tc": "tcPr p",
    W + "p": "pPr r", W + "r": "rPr br t fldChar instrText",
    W + "pPr": "pStyle keepNext keepLines pageBreakBefore framePr pBdr spacing ind jc outlineLvl sectPr",
    W + "pBdr": "top left bottom right between", W + "rPr": "rFonts b color spacing sz szCs lang",
    W + "tcPr": "tcW gridSpan vMerge shd vAlign", W + "trPr": "cantSplit tblHeader",
    W + "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar", W + "tblCellMar": "top left bottom right",
    W + "tblBorders": "top left bottom right insideH insideV", W + "tblGrid": "gridCol",
    W + "sectPr": "footerReference pgSz pgMar docGrid", W + "styles": "docDefaults style",
    W + "docDefaults": "rPrDefault pPrDefault", W + "rPrDefault": "rPr", W + "pPrDefault": "pPr",
    W + "style": "name next qFormat pPr rPr tblPr", W + "fonts": "font", W + "font": "altName panose1 charset family",
    W + "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang",
    W + "compat": "balanceSingleByteDoubleByteWidth useFELayout compatSetting", W + "ftr": "p",
    S + "worksheet": "sheetPr sheetViews sheetFormatPr cols sheetData mergeCells printOptions pageMargins pageSetup headerFooter",
    S + "sheetPr": "pageSetUpPr", S + "sheetViews": "sheetView", S + "sheetView": "pane", S + "cols": "col", S + "sheetData": "row",
    S + "row": "c", S + "c": "is v", S + "is": "t", S + "mergeCells": "mergeCell", S + "headerFooter": "oddFooter",
    S + "workbook": "sheets definedNames", S + "sheets": "sheet", S + "definedNames": "definedName",
    S + "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles", S + "xf": "alignment",
    S + "numFmts": "numFmt", S + "fonts": "font", S + "font": "sz color name charset", S + "fills": "fill", S + "fill": "patternFill",
    S + "patternFill": "fgColor", S + "borders": "border", S + "border": "left right top bottom diagonal", S + "left": "color",
    S + "right": "color", S + "top": "color", S + "bottom": "color", S + "cellStyleXfs": "xf", S + "cellXfs": "xf",
    S + "cellStyles": "cellStyle",
}


def sources():
    """Name and arguments of every bulletin."""
    street = [str(DATA / "baiguan-2021-09"), "--month", "2021-09"]
    yield "street", street
    yield "street-en", street + ["--lang", "en"]
    yield "flat", [str(DATA / "flat" / "events.csv"), "--mapping", str(DATA / "flat" / "mapping.json"), "--month", "2021-09"]
    if BOSTON.exists():
        yield "boston-en", [str(BOSTON), "--mapping", str(DATA / "boston311" / "mapping.json"), "--month", "2011-08", "--lang", "en"]


def run(*arguments):
    return subprocess.run([COMMAND, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, encoding="utf-8")


def squeeze(text):
    return re.sub(r"\s+", "", text or "")


def model_tables(document):
    """{(row, column): (text, rows, columns, is a number)} of each table of bulletin.json, and its caption."""
    states = {f["code"]: f["state"] for f in document["figures"]}
    for block in document["blocks"]:
        if block["kind"] == "table":
            cells = {}
            for r, row in enumerate(block["rows"]):
                for cell in row:
                    runs = cell["runs"]
                    figure = len(runs) == 1 and states.get(runs[0].get("figure")) == "value"
                    cells[r, cell["column"]] = (squeeze("".join(run["text"] for run in runs)), cell["row_span"], cell["column_span"], figure)
            yield "".join(run["text"] for run in block["runs"]), cells


def docx_tables(path):
    """The same from word/document.xml."""
    with zipfile.ZipFile(path) as file:
        root = ElementTree.fromstring(file.read("word/document.xml"))
    for table in root.iter(W + "tbl"):
        cells, open_at = {}, {}
        for r, row in enumerate(table.findall(W + "tr")):
            c = 0
            for tc in row.findall(W + "tc"):
                props = tc.find(W + "tcPr")
                span = props.find(W + "gridSpan")
                wide = int(span.get(W + "val")) if span is not None else 1
                merge = props.find(W + "vMerge")
                text = squeeze("".join(t.text or "" for t in tc.iter(W + "t")))
                if merge is not None and merge.get(W + "val") != "restart":
                    first = open_at[c]
                    old = cells[first]
                    cells[first] = (old[0], r - first[0] + 1, old[2])
                else:
                    cells[r, c] = (text, 1, wide)
                    open_at[c] = (r, c)
                c += wide
        yield cells


def without_figures(cells):
    return {place: cell[:3] for place, cell in cells.items() if cell[0] or cell[1] > 1 or cell[2] > 1}


def printed(value, form):
    """What a spreadsheet prints for a number cell."""
    percent = form.endswith("%")
    decimals = len(form.rstrip("%").split(";")[0].partition(".")[2])
    # the decimal digits as they stand in the file, not the double
    scaled = round(float(value) * (100 if percent else 1) * 10 ** decimals)
    sign = "-" if scaled < 0 else "+" if form.startswith("+") and scaled > 0 else ""
    whole, part = divmod(abs(scaled), 10 ** decimals)
    return sign + str(whole) + ("." + str(part).zfill(decimals) if decimals else "") + ("%" if percent else "")


def column_of(name):
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def xlsx_sheets(path):
    """Name, {(row, column): (text, is a number)}, merged areas, frozen rows and print titles of each sheet."""
    with zipfile.ZipFile(path) as file:
        book = ElementTree.fromstring(file.read("xl/workbook.xml"))
        styles = ElementTree.fromstring(file.read("xl/styles.xml"))
        codes = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(S + "numFmt")}
        forms = [codes.get(xf.get("numFmtId"), "") for xf in styles.find(S + "cellXfs")]
        titles = {int(n.get("localSheetId")): n.text for n in book.iter(S + "definedName")}
        for i, sheet in enumerate(book.iter(S + "sheet")):
            root = ElementTree.fromstring(file.read("xl/worksheets/sheet%d.xml" % (i + 1)))
            cells = {}
            for c in root.iter(S + "c"):
                name, row = re.fullmatch(r"([A-Z]+)(\d+)", c.get("r")).groups()
                place = int(row) - 1, column_of(name)
                value = c.find(S + "v")
                if value is not None:
                    cells[place] = (printed(value.text, forms[int(c.get("s"))]), True)
                elif c.find(S + "is") is not None:
                    cells[place] = (squeeze("".join(t.text or "" for t in c.iter(S + "t"))), False)
            merges = [m.get("ref") for m in root.iter(S + "mergeCell")]
            pane = root.find(".//" + S + "pane")
            yield sheet.get("name"), cells, merges, int(pane.get("ySplit")) if pane is not None else 0, titles.get(i)


def found(output):
    """Findings without their places, and the counted identities, of an audit's JSON."""
    document = json.loads(output)
    return [[f["code"], f["printed"], f["expected"], f["explanation"]] for f in document["findings"]], document["checked"]


class Rendered(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.temporary.name)
        cls.names = []
        for name, arguments in sources():
            done = run("bulletin", *arguments, "--format", "md,json,docx,xlsx", "-o", cls.root / name)
            if done.returncode == 2 and "gridgov::office" in done.stderr:
                skip("the command was built without gridgov::office")
            assert done.returncode == 0, done.stderr
            cls.names.append(name)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def each(self):
        for name in self.names:
            with self.subTest(name):
                folder = self.root / name
                yield folder, json.loads((folder / "bulletin.json").read_text("utf-8"))

    def test_every_cell_of_the_docx(self):
        for folder, model in self.each():
            tables = list(docx_tables(folder / "bulletin.docx"))
            wanted = list(model_tables(model))
            self.assertEqual(len(tables), len(wanted))
            for cells, (_, expected) in zip(tables, wanted):
                self.assertEqual({p: c for p, c in cells.items() if c[0] or c[1] > 1 or c[2] > 1}, without_figures(expected))

    def test_every_cell_of_the_xlsx(self):
        for folder, model in self.each():
            front, *sheets = xlsx_sheets(folder / "bulletin.xlsx")
            wanted = list(model_tables(model))
            self.assertEqual(len(sheets), len(wanted))
            for (name, cells, merges, frozen, titles), (caption, expected) in zip(sheets, wanted):
                self.assertEqual(cells[0, 0], (squeeze(caption), False))
                body = {(r - 1, c): cell for (r, c), cell in cells.items() if r > 0}
                for place, (text, rows, columns, figure) in expected.items():
                    self.assertEqual(body.pop(place, ("", False))[0], text, (name, place))
                    if figure and "（" not in text:
                        self.assertTrue(cells[place[0] + 1, place[1]][1], (name, place))
                for (row, column), cell in body.items():  # what is left stands below the table
                    self.assertTrue(row >= max(r + c[1] for (r, _), c in expected.items()) and column == 0, (name, row, column, cell))
                heads = titles.rpartition("$")[2]
                self.assertEqual(int(heads), frozen)
                self.assertEqual(len(merges), sum(c[1] > 1 or c[2] > 1 for c in expected.values()) + 1
                                 + len({r for (r, _), _ in body.items()}))

    def test_every_line_of_prose(self):
        for folder, model in self.each():
            lines = [squeeze(line) for block in model["blocks"] for line in "".join(r["text"] for r in block["runs"]).split("\n")]
            lines = [line for line in lines if line]
            with zipfile.ZipFile(folder / "bulletin.docx") as file:
                body = ElementTree.fromstring(file.read("word/document.xml")).find(W + "body")
            found_lines = [squeeze("".join(t.text or "" for t in p.iter(W + "t"))) for p in body.findall(W + "p")]
            self.assertEqual([line for line in found_lines if line], lines)

    def test_other_readers(self):
        if docx is None and openpyxl is None:
            self.skipTest("neither python-docx nor openpyxl is installed")
        for folder, model in self.each():
            wanted = list(model_tables(model))
            if docx is not None:
                document = docx.Document(str(folder / "bulletin.docx"))
                self.assertEqual(len(document.tables), len(wanted))
                for table, (_, expected) in zip(document.tables, wanted):
                    rows = [[squeeze(cell.text) for cell in row.cells] for row in table.rows]
                    for (row, column), (text, deep, wide, _) in expected.items():
                        for r in range(row, row + deep):
                            self.assertEqual(rows[r][column:column + wide], [text] * wide)
                self.assertEqual(document.styles["Heading 1"].name, "Heading 1")
            if openpyxl is not None:
                book = openpyxl.load_workbook(folder / "bulletin.xlsx")
                for sheet, (_, expected) in zip(book.worksheets[1:], wanted):
                    self.assertEqual((sheet.page_setup.paperSize, sheet.page_setup.fitToHeight), (9, 0))
                    self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
                    for (row, column), (text, _, _, figure) in expected.items():
                        cell = sheet.cell(row + 2, column + 1)
                        value = printed(cell.value, cell.number_format) if cell.data_type == "n" and cell.value is not None else squeeze(cell.value)
                        self.assertEqual(value, text)
                        self.assertTrue(not figure or "（" in text or isinstance(cell.value, (int, float)))

    def test_an_audit_finds_the_same(self):
        for folder, _ in self.each():
            text = run("audit", folder / "bulletin.md", "--json")
            for name in ("bulletin.docx", "bulletin.xlsx"):
                done = run("audit", folder / name, "--json")
                self.assertEqual((done.returncode, done.stderr), (text.returncode, ""))
                self.assertEqual(found(done.stdout), found(text.stdout))

    def test_the_same_bytes_again(self):
        name, arguments = next(sources())
        for ending in ("docx", "xlsx"):
            path = self.root / ("again." + ending.upper())  # as some systems write it
            done = run("bulletin", *arguments, "-o", path)
            self.assertEqual((done.returncode, done.stdout), (0, str(path) + "\n"))
            self.assertEqual(path.read_bytes(), (self.root / name / ("bulletin." + ending)).read_bytes())
            with zipfile.ZipFile(path) as file:
                self.assertIsNone(file.testzip())
                self.assertEqual({info.date_time for info in file.infolist()}, {(1980, 1, 1, 0, 0, 0)})
                for info in file.infolist():
                    ElementTree.fromstring(file.read(info))
        self.assertEqual(run("bulletin", *arguments, "--format", "html", "-o", self.root / "x.docx").returncode, 2)

    def test_elements_stand_in_the_order_of_the_schema(self):
        for folder, _ in self.each():
            for name in ("bulletin.docx", "bulletin.xlsx"):
                with zipfile.ZipFile(folder / name) as file:
                    types = file.read("[Content_Types].xml").decode("utf-8")
                    for part in file.namelist():
                        self.assertTrue(part.endswith(".rels") or part == "[Content_Types].xml" or f'"/{part}"' in types, part)
                        for parent in ElementTree.fromstring(file.read(part)).iter():
                            if parent.tag.startswith((W, S)) and parent.tag != W + "body":
                                space, known = parent.tag.partition("}")[0] + "}", ORDER.get(parent.tag, "").split()
                                places = [known.index(child.tag[len(space):]) for child in parent]
                                self.assertEqual(places, sorted(places), (part, parent.tag))

    def test_python_makes_the_same(self):
        if why_no_library():
            self.skipTest(why_no_library())
        from gridgov import Month
        with Month("2021-09") as month:
            month.folder(DATA / "baiguan-2021-09").run()
            for ending in ("docx", "xlsx"):
                self.assertEqual(month.bulletin(ending), (self.root / "street" / ("bulletin." + ending)).read_bytes())
            self.assertRaises(ValueError, month.bulletin, "pdf")

    def test_a_changed_digit_is_found_where_it_stands(self):
        """Every figure of the street's tables stands in an identity but 流转数, which only has to be no more than 办理数."""
        source = self.root / "street" / "bulletin.docx"
        with zipfile.ZipFile(source) as file:
            parts = {info.filename: file.read(info) for info in file.infolist()}
        document = parts["word/document.xml"].decode("utf-8")
        model = json.loads((self.root / "street" / "bulletin.json").read_text("utf-8"))
        # Where each figure of a table stands: (table, row, column), in the order of the file.
        places = [(t + 1, r + 1, c + 1) for t, (_, cells) in enumerate(model_tables(model))
                  for (r, c), cell in sorted(cells.items()) if cell[3]]
        spots = [m for m in re.finditer(r'<w:pStyle w:val="(?:Wide)?TableFigure"/>.*?<w:t xml:space="preserve">([^<]*)</w:t>', document)]
        self.assertEqual(len(spots), len(places))
        chooser = random.Random(1)
        before = run("audit", source, "--json", "--lang", "en").stdout
        known = {json.dumps(f) for f in json.loads(before)["findings"]}
        bound = [n for n, (table, _, column) in enumerate(places) if (table, column) != (2, 3)]
        for n in sorted(chooser.sample(bound, min(MUTATIONS, len(bound)))):
            start, end = spots[n].span(1)
            text = document[start:end]
            at = start + chooser.choice([i for i, letter in enumerate(text) if letter.isdigit()])
            digit = chooser.choice([d for d in "0123456789" if d != document[at]])
            changed = document[:at] + digit + document[at + 1:]
            path = self.root / "changed.docx"
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
                for part, data in parts.items():
                    file.writestr(part, changed.encode("utf-8") if part == "word/document.xml" else data)
            done = run("audit", path, "--json", "--lang", "en")
            fresh = [f for f in json.loads(done.stdout)["findings"] if json.dumps(f) not in known]
            cells = {(c["table"], c["row"], c["column"]) for f in fresh for c in f["place"]["cells"]}
            with self.subTest(place=places[n], was=text, now=changed[start:end]):
                self.assertEqual(done.returncode, 1)
                self.assertIn(places[n], cells)


if __name__ == "__main__":
    if COMMAND is None:
        skip("GRIDGOV_COMMAND is not set")
    unittest.main()
