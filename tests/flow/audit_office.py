#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The published bulletin as DOCX and XLSX, made here from its text with merged cells, numbers and percent formats: an audit
finds in them what it finds in the text, and says in which table or sheet, row and column."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import COMMAND, SHARED, skip

BULLETIN = SHARED / "bulletins" / "baiguan-2021-09.txt"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def blocks():
    """The text as paragraphs (str) and tables (list of rows of cells)."""
    found, table = [], []
    for line in BULLETIN.read_text("utf-8").splitlines() + [""]:
        if "\t" in line:
            table.append(line.split("\t"))
            continue
        if table:
            found.append(table)
            table = []
        if line.strip():
            found.append(line.strip())
    return found


def spans(rows):
    """{(row, column): (rows, columns)} of merged cells: headers over several columns, units over several grids."""
    merged, covered = {}, set()
    if len(rows[0]) < 6 or rows[0][0] != "单位":
        return merged, covered
    for column in range(len(rows[0])):  # 单位, 网格, 附加分 and 总分 stand over both header rows
        if rows[0][column] and not rows[1][column]:
            merged[0, column] = (2, 1)
            covered.add((1, column))
    column = 0
    while column < len(rows[0]):
        wide = column + 1
        while rows[0][column] and rows[1][column] and wide < len(rows[0]) and not rows[0][wide] and rows[1][wide]:
            wide += 1
        if wide > column + 1:
            merged[0, column] = (1, wide - column)
            covered.update((0, c) for c in range(column + 1, wide))
        column = wide
    row = 2
    while row < len(rows):
        deep = row + 1
        while deep < len(rows) and not rows[deep][0]:
            deep += 1
        if deep > row + 1:
            merged[row, 0] = (deep - row, 1)
            covered.update((r, 0) for r in range(row + 1, deep))
        row = deep
    return merged, covered


def package(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, HEAD + text)


def docx(path):
    def paragraph(text):
        return '<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>' % escape(text)

    body = []
    for block in blocks():
        if isinstance(block, str):
            half = len(block) // 2  # a sentence in two runs, with deleted text between
            body.append('<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r><w:del><w:r><w:delText>9999</w:delText></w:r>'
                        '</w:del><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>' % (escape(block[:half]), escape(block[half:])))
            continue
        merged, covered = spans(block)
        rows = []
        for r, cells in enumerate(block):
            row = []
            for c, text in enumerate(cells):
                if (r, c) in covered and r == 0:
                    continue  # inside a gridSpan
                deep, wide = merged.get((r, c), (1, 1))
                props = '<w:gridSpan w:val="%d"/>' % wide if wide > 1 else ""
                props += '<w:vMerge w:val="restart"/>' if deep > 1 else "<w:vMerge/>" if (r, c) in covered else ""
                row.append("<w:tc><w:tcPr>%s</w:tcPr>%s</w:tc>" % (props, paragraph(text)))
            rows.append("<w:tr>%s</w:tr>" % "".join(row))
        body.append("<w:tbl>%s</w:tbl>" % "".join(rows))
    package(path, {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                       'Id="r" Type="%s/officeDocument" Target="word/document.xml"/></Relationships>' % REL,
        "word/document.xml": '<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (W, "".join(body))})


def name_of(column):
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def xlsx(path, parts):
    rows, merges, number = [], [], 0
    for block in parts:
        number += 2  # an empty row between blocks
        if isinstance(block, str):
            rows.append('<row r="%d"><c r="A%d" t="str"><v>%s</v></c></row>' % (number, number, escape(block)))
            merges.append("A%d:N%d" % (number, number))
            continue
        merged, _ = spans(block)
        for (r, c), (deep, wide) in merged.items():
            merges.append("%s%d:%s%d" % (name_of(c), number + r, name_of(c + wide - 1), number + r + deep - 1))
        for r, cells in enumerate(block):
            row = []
            for c, text in enumerate(cells):
                place = "%s%d" % (name_of(c), number + r)
                if re.fullmatch(r"[+-]?\d+", text):
                    row.append('<c r="%s" s="%d"><v>%d</v></c>' % (place, 2 if text[0] == "+" else 0, int(text)))
                elif re.fullmatch(r"\d+\.\d\d%", text):  # as Excel keeps it: 0.28109999999999996
                    row.append('<c r="%s" s="1"><v>%.17g</v></c>' % (place, float(text[:-1]) / 100))
                elif text:
                    row.append('<c r="%s" t="str"><v>%s</v></c>' % (place, escape(text)))
            rows.append('<row r="%d">%s</row>' % (number + r, "".join(row)))
        number += len(block) - 1
    package(path, {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                       'Id="r" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % REL,
        "xl/workbook.xml": '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="通报" sheetId="1" r:id="s"/></sheets>'
                           '</workbook>' % (S, REL),
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                                      '<Relationship Id="s" Type="%s/worksheet" Target="sheet.xml"/><Relationship Id="y" '
                                      'Type="%s/styles" Target="styles.xml"/></Relationships>' % (REL, REL),
        "xl/styles.xml": '<styleSheet xmlns="%s"><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="0"/></cellXfs>'
                         '</styleSheet>' % S,
        "xl/sheet.xml": '<worksheet xmlns="%s"><sheetData>%s</sheetData><mergeCells>%s</mergeCells></worksheet>'
                        % (S, "".join(rows), "".join('<mergeCell ref="%s"/>' % m for m in merges))})


def audit(path, *more):
    return subprocess.run([COMMAND, "audit", str(path), *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          encoding="utf-8")


def facts(output):
    """What was found and counted, without the places."""
    document = json.loads(output)
    return ([(f["code"], f["printed"], f.get("expected"), [(c["name"], c["printed"]) for c in f["place"]["cells"]])
             for f in document["findings"]], document["checked"])


class Office(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.docx, cls.xlsx = (pathlib.Path(cls.folder.name) / name for name in ("bulletin.docx", "bulletin.xlsx"))
        cls.prose_docx, cls.prose_xlsx, cls.prose_text = (pathlib.Path(cls.folder.name) / name for name in
                                                          ("prose.docx", "prose.xlsx", "prose.txt"))
        docx(cls.docx)
        xlsx(cls.xlsx, blocks())
        if audit(cls.docx).returncode == 2:
            skip("the command was built without gridgov::office")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_findings_are_those_of_the_text(self):
        text = audit(BULLETIN, "--json")
        self.assertEqual(len(facts(text.stdout)[0]), 4)
        for path in (self.docx, self.xlsx):
            done = audit(path, "--json")
            self.assertEqual((done.returncode, done.stderr), (1, ""))
            found, checked = facts(done.stdout)
            expected, counts = facts(text.stdout)
            if path is self.xlsx:  # a number cell does not keep the plus of "+10"
                expected = json.loads(json.dumps(expected).replace('"+10"', '"10"'))
                found = json.loads(json.dumps(found))
            self.assertEqual(found, expected)
            self.assertEqual(checked, counts)

    def test_places_are_those_of_the_file(self):
        lines = audit(self.docx, "--lang", "en").stdout
        self.assertIn("table 1, row 2, column 3", lines)
        # 江南一品网格 stands in the third table of the printed page, the fifth of the file.
        self.assertRegex(lines, r"adjustment-without-reason-printed\] table \d+, row \d+, column 13")
        sheet = audit(self.xlsx, "--lang", "en").stdout
        self.assertRegex(sheet, r"share-denominator\] sheet 通报, cell C\d+")
        self.assertRegex(sheet, r"column-shift\] sheet 通报, cell L\d+")
        chinese = audit(self.xlsx).stdout
        self.assertRegex(chinese, r"工作表“通报”单元格 C\d+")

    def test_places_in_json_are_those_of_the_text_output(self):
        for path in (self.docx, self.xlsx):
            lines = [line for line in audit(path, "--lang", "en").stdout.splitlines() if not line.startswith("    ")]
            findings = json.loads(audit(path, "--json").stdout)["findings"]
            self.assertEqual(len(findings), len(lines) - 1)  # the last line is the summary
            for finding, line in zip(findings, lines):
                for place in [finding["place"]] + finding["place"]["cells"]:
                    self.assertEqual("sheet" in place, path is self.xlsx)
                    self.assertEqual(place.get("cell"), place.get("sheet") and "%s%d" % (name_of(place["column"] - 1), place["row"]))
                place = finding["place"]
                if path is self.docx:
                    self.assertIn("table %(table)d, row %(row)d, column %(column)d:" % place, line)
                else:
                    self.assertIn("sheet %(sheet)s, cell %(cell)s:" % place, line)

    def test_prose_in_json(self):
        package(self.prose_docx, {"word/document.xml": '<w:document xmlns:w="%s"><w:body><w:p><w:r><w:t>结案数截止9月31日。</w:t>'
                                  '</w:r></w:p></w:body></w:document>' % W})
        self.assertEqual([f["place"]["table"] for f in json.loads(audit(self.prose_docx, "--json").stdout)["findings"]], [None])
        xlsx(self.prose_xlsx, ["结案数截止9月31日。"])
        place, = (f["place"] for f in json.loads(audit(self.prose_xlsx, "--json").stdout)["findings"])
        self.assertEqual((place["sheet"], place["row"]), ("通报", 2))

    def test_a_document_without_text_is_not_clean(self):
        package(self.prose_docx, {"word/document.xml": '<w:document xmlns:w="%s"><w:body><w:p/></w:body></w:document>' % W})
        xlsx(self.prose_xlsx, [])
        self.prose_text.write_text(" \n\n")
        for path in (self.prose_docx, self.prose_xlsx, self.prose_text):
            for done in (audit(path), audit(path, "--json"), audit(self.docx, "--previous", str(path))):
                self.assertEqual((done.returncode, done.stdout), (3, ""))
                self.assertIn(path.name, done.stderr)

    def test_the_bulletin_before_may_be_of_another_kind(self):
        done = audit(self.docx, "--previous", str(self.xlsx))
        self.assertEqual((done.returncode, done.stderr), (1, ""))


if __name__ == "__main__":
    if COMMAND is None:
        skip("GRIDGOV_COMMAND is not set")
    if not BULLETIN.is_file():
        skip("there is no ../shared")
    unittest.main()
