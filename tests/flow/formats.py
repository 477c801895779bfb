# SPDX-License-Identifier: Apache-2.0
"""docs/formats.md against what is written: every member, word and column of real documents stands in that page, with the
types it promises."""
import csv
import io
import json
import os
import re
import subprocess
import tempfile

COMMAND = os.environ["GRIDGOV_COMMAND"]
PAGE = open("docs/formats.md", encoding="utf-8").read()
STATES = {"value", "blank", "unknown", "not_applicable"}


def run(*arguments):
    done = subprocess.run([COMMAND, *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8")


def section(title):
    """The text of one chapter of the page."""
    return re.search(rf"\n## {re.escape(title)}\n(.*?)(?=\n## |\Z)", PAGE, re.S)[1]


def members(text):
    """Names that the page writes as code."""
    return set(re.findall(r"`([a-z_]+)`", text)) | set(re.findall(r'"([a-z_]+)"', text))


def keys(value, found):
    if isinstance(value, dict):
        found.update(value)
        for item in value.values():
            keys(item, found)
    elif isinstance(value, list):
        for item in value:
            keys(item, found)
    return found


def no_fractions(value):
    if isinstance(value, float):
        raise AssertionError(value)
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        no_fractions(item)


def check_bulletin(document):
    text = section("gridgov.bulletin/1")
    known = members(text)
    pins = document.pop("pins")
    assert list(pins) == sorted(pins)
    for name in pins:
        family = re.sub(r"^(input|mapping)\..*", r"\1.<table>", name)
        assert f"`{family}`" in text, name
    assert keys(document, set()) <= known, keys(document, set()) - known
    assert document["schema"] == "gridgov.bulletin/1"
    codes = set()
    for figure in document["figures"]:
        assert figure["code"] not in codes
        codes.add(figure["code"])
        assert figure["state"] in STATES and figure["kind"] in known
        assert ("numerator" in figure) == ("denominator" in figure) == (figure["state"] == "value")
        assert ("base" in figure) == (figure["kind"] == "total")
        parts = figure["code"].split(".")
        last = "." + parts[-1]
        assert f"`{figure['code']}`" in text or last in text or parts[0] == "grid", figure["code"]
    texts = {figure["code"]: figure["text"] for figure in document["figures"]}

    def check_runs(runs):
        for item in runs:
            assert "figure" not in item or texts[item["figure"]] == item["text"]

    for block in document["blocks"]:
        assert f"`{block['kind']}`" in text and (block["code"] == "" or f"`{block['code']}`" in text), block["code"]
        assert ("rows" in block) == (block["kind"] == "table")
        check_runs(block["runs"])
        for row in block.get("rows", []):
            for cell in row:
                check_runs(cell["runs"])


def check_scores(document):
    known = members(section("gridgov.scorecards/1"))
    assert keys(document, set()) <= known, keys(document, set()) - known
    for card in document["grids"]:
        milli = card["out_of_milli"] + (card["bonus_milli"] or 0)
        for line in card["lines"]:
            assert line["state"] in STATES
            assert (line["points_milli"] is None) == (line["state"] in ("unknown", "not_applicable"))
            assert ("origin" in line) == (line["points_milli"] is not None)
            given = line.get("origin") == "deduction"
            assert ("reason" in line) == ("source" in line) == given
            assert ("numerator" in line) == ("missing" in line) == ("origin" in line and not given)
            milli += line["points_milli"] or 0
        assert card["total_milli"] in (milli, None)


def check_csv(folder):
    text = section("The CSV files")
    for name in ("categories", "agencies", "grids"):
        path = os.path.join(folder, name + ".csv")
        if not os.path.exists(path):
            continue
        data = open(path, "rb").read()
        assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\n") == data.count(b"\r\n")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        columns = ",".join(rows[0])
        if name == "grids":
            assert columns.startswith("单位,网格,") and columns.endswith(",附加分,总分") and "单位,网格," in text
        else:
            assert f"| {columns} |" in text, columns
        assert all(len(row) == len(rows[0]) for row in rows)


def main():
    month = ["examples/data/baiguan-2021-09", "--month", "2021-09"]
    flat = ["examples/data/flat/events.csv", "--mapping", "examples/data/flat/mapping.json", "--month", "2021-09"]
    with tempfile.TemporaryDirectory() as folder:
        holed = os.path.join(folder, "holed")  # deductions for some, nothing for most
        os.mkdir(holed)
        with open(os.path.join(holed, "units.csv"), "w", encoding="utf-8") as file:
            file.write("单位,网格\n甲,一\n,二\n")
        with open(os.path.join(holed, "deductions.csv"), "w", encoding="utf-8") as file:
            file.write("网格,指标,分值,来源,理由\n甲/一,走访记录,-5,抽查,缺少\n")
        with open(os.path.join(holed, "facts.csv"), "w", encoding="utf-8") as file:
            file.write("网格,指标口径,数值,来源\n甲/一,invalid_reports,2,台账\n甲/二,invalid_reports,/,台账\n")
        for source in (month, flat, [holed, "--month", "2021-09"]):
            out = os.path.join(folder, "out")
            run("bulletin", *source, "-o", out)
            with open(os.path.join(out, "bulletin.json"), encoding="utf-8") as file:
                document = json.load(file)
            no_fractions(document)
            check_bulletin(document)
            check_csv(out)
        for source in (month, [holed, "--month", "2021-09"]):
            document = json.loads(run("score", *source, "--json"))
            no_fractions(document)
            check_scores(document)
            assert not run("score", *source).startswith("\ufeff")


main()
