#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""gridgov slips: one a community, together they hold every grid of the published table once with its total, and every point
that a grid loses stands on the slip of its community beside its evidence, as gridgov explain has it."""
import csv
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import COMMAND, DATA, ROOT, skip

MONTH = str(DATA / "baiguan-2021-09")


def run(*words, status=0):
    done = subprocess.run([COMMAND, *words, "--month", "2021-09"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False)
    assert done.returncode == status, done.stderr.decode("utf-8")
    return done.stdout


class Slips(unittest.TestCase):
    def test_every_grid_once(self):
        with open(ROOT / "tests" / "golden" / "baiguan-2021-09" / "grids.csv", encoding="utf-8-sig", newline="") as file:
            table = list(csv.DictReader(file))
        units = list(dict.fromkeys(row["单位"] for row in table))
        with tempfile.TemporaryDirectory() as folder:
            run("slips", MONTH, "-o", folder, "--format", "md")
            files = sorted(pathlib.Path(folder).iterdir())
            self.assertEqual(len(files), 44)
            for unit, file in zip(units, files):
                text = file.read_text(encoding="utf-8")
                self.assertTrue(text.startswith(f"# {unit}网格考核核对单\n"), unit)
                self.assertIn("核对人（签字）", text)
                rows = [row for row in table if row["单位"] == unit]
                heads = [line for line in text.split("\n") if line.startswith("## ")]
                self.assertEqual(heads, [f"## {row['网格']}：拟得 {row['总分']} 分（满分 100）" for row in rows])
                lost = sum(bool(row[key]) for row in rows for key in row if key not in ("单位", "网格", "总分"))
                self.assertEqual(sum(line.endswith("| □ |") for line in text.split("\n")), lost, unit)

    def test_evidence(self):
        slip = run("slips", MONTH, "--grid", "高丰社区/一网格", "--format", "json").decode("utf-8")
        why = json.loads(run("explain", MONTH, "--grid", "高丰社区/一网格", "--json"))
        for line in why["lines"]:
            for item in line["evidence"]:
                self.assertIn(item["text"], slip)
        self.assertIn("□ 无异议", slip)
        self.assertIn("signature", run("slips", MONTH, "--grid", "高丰社区/一网格", "--lang", "en").decode("utf-8"))

    def test_all_in_one_file(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            run("slips", MONTH, "-o", str(root / "each"), "--format", "md")
            self.assertEqual(run("slips", MONTH, "-o", str(root / "all.md")).decode("utf-8"), f"{root / 'all.md'}\n")
            each = [file.read_text(encoding="utf-8") for file in sorted((root / "each").iterdir())]
            self.assertEqual((root / "all.md").read_text(encoding="utf-8"), "\n".join(each))
            page = run("slips", MONTH, "--grid", "高丰社区/一网格", "--lang", "en").decode("utf-8")
            self.assertIn('<html lang="en">', page)
            done = subprocess.run([COMMAND, "slips", MONTH, "--month", "2021-09", "-o", str(root / "all.docx")], cwd=ROOT,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
            if done.returncode == 2:
                self.assertIn(b"gridgov::office", done.stderr)
                return
            self.assertEqual(done.returncode, 0)
            with zipfile.ZipFile(root / "all.docx") as file:
                document = file.read("word/document.xml").decode("utf-8")
            # every slip but the first begins a page, and its five lines to sign stay on one
            self.assertEqual(document.count('<w:pStyle w:val="Title"/>'), 44)
            self.assertEqual(document.count('<w:pStyle w:val="Title"/><w:pageBreakBefore/>'), 43)
            self.assertEqual(document.count('<w:pStyle w:val="Normal"/><w:keepNext/>'), 44 * 4)
            words = re.sub(r"[#|\\\s*-]", "", "".join(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", document)))
            plain = re.sub(r"[#|\\\s*-]", "", "".join(each))
            self.assertEqual(html.unescape(words), html.unescape(plain))

    def test_a_month_without_grids(self):
        done = subprocess.run([COMMAND, "slips", str(DATA / "flat" / "events.csv"), "--mapping", str(DATA / "flat" / "mapping.json"),
                               "--month", "2021-09", "-o", "none", "--lang", "en"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False)
        self.assertEqual((done.returncode, done.stdout), (3, b""))
        self.assertIn(b"the month has no grids", done.stderr)
        self.assertFalse(pathlib.Path("none").exists())

    def test_usage(self):
        run("slips", MONTH, "--format", "csv", status=2)
        run("slips", MONTH, "--format", "xlsx", status=2)
        run("slips", MONTH, "--format", "html", "-o", "slips.docx", status=2)
        run("slips", MONTH, "--grid", "没有", status=2)


if COMMAND is None:
    skip("GRIDGOV_COMMAND names no command")
unittest.main()
