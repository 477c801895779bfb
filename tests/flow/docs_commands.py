#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""README*.md and docs/*.md: every command line of gridgov that is printed there runs as printed, in the root of a tree, and
what a page shows of its output is what comes out: line by line in that order, where … stands for any number of lines. Lines
that name files which only stand for a reader's own are listed, and no others are left out."""
import collections
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import COMMAND, ROOT, SHARED

READERS_OWN = {"export.csv", "register.xls", "bulletin.docx", "bulletin.md", "2021-10.txt", "events.csv", "fixes.csv",
               "scores.csv", "days.csv", "notices/"}
PAGES = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*.md"))]
Line = collections.namedtuple("Line", "place words comment")


def blocks_of(page):
    """The blocks of command lines of a page, each with the output that the block behind it shows, or None."""
    blocks = []
    for fence in re.finditer(r"^```(\w*)\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S):
        if fence.group(1) == "sh":
            lines = []
            at = fence.string.count("\n", 0, fence.start()) + 2
            for number, text in enumerate(fence.group(2).splitlines(), at):
                words = shlex.split(text, comments=True)
                if words and words[0] in ("gridgov", "build/examples/gridgov"):
                    lines.append(Line(f"{page.relative_to(ROOT)}:{number}", words[1:], text.partition(" # ")[2].strip()))
            blocks.append([lines, None])
        elif fence.group(1) == "text" and blocks and blocks[-1][0] and blocks[-1][1] is None:
            blocks[-1][1] = [text.rstrip() for text in fence.group(2).splitlines()]
    return blocks


def first_missing(shown, output):
    """The first shown line that the output lacks at its place; None if it has them all. A line that ends in … needs to
    begin so."""
    at = 0
    gap = True
    for line in shown:
        if line.strip() == "…":
            gap = True
            continue
        here = at
        while here < len(output) and not (output[here] == line or
                                          (line.endswith("…") and output[here].startswith(line[:-1]))):
            here += 1
            if not gap:
                break
        if here == len(output) or (not gap and here != at):
            return line
        at = here + 1
        gap = False
    return None


def tree_in(folder):
    """The root of a tree to write into, with the examples and, beside it, the shared data."""
    tree = folder / "tree"
    tree.mkdir()
    for name in ("examples", "docs"):
        (tree / name).symlink_to(ROOT / name)
    if SHARED.is_dir():
        (folder / "shared").symlink_to(SHARED.resolve())
    return tree


class Commands(unittest.TestCase):
    def run_line(self, line, tree):
        done = subprocess.run([COMMAND, *line.words], cwd=tree, env={**os.environ, "LC_ALL": "zh_CN.UTF-8"},
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertIn(done.returncode, (0, 1), (line.place, done.stderr.decode("utf-8")))
        return done.stdout.decode("utf-8")

    def run_block(self, lines, shown, tree):
        """What each line says; one of them says what is shown."""
        missing = []
        for line in lines:
            output = self.run_line(line, tree)
            if line.words[0] == "worktime":
                self.assertEqual(output.strip(), line.comment, line.place)
            missing.append(first_missing(shown or [], [text.rstrip() for text in output.splitlines()]))
        self.assertIn(None, missing, lines[0].place)

    def test_blocks(self):
        left_out = set()
        ran = shown = 0
        for page in PAGES:
            with tempfile.TemporaryDirectory() as folder:
                tree = tree_in(pathlib.Path(folder))
                for lines, output in blocks_of(page):
                    left_out |= READERS_OWN.intersection(word for line in lines for word in line.words)
                    lines = [line for line in lines if not READERS_OWN.intersection(line.words) and
                             (SHARED.is_dir() or not any("../shared" in word for word in line.words))]
                    if lines:
                        self.run_block(lines, output, tree)
                        ran += len(lines)
                        shown += output is not None
        self.assertGreater(ran, 40)
        self.assertGreaterEqual(shown, 4)
        self.assertEqual(left_out, READERS_OWN)


if __name__ == "__main__":
    unittest.main()
