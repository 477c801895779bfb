# SPDX-License-Identifier: Apache-2.0
"""Policies from Python: words, lint and differences are what the command prints."""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from flow_support import COMMAND, ROOT, skip, why_no_library

if why_no_library() is not None:
    skip(why_no_library())
import gridgov


def printed(*words):
    return subprocess.run([COMMAND, *words], capture_output=True, text=True, check=False).stdout


def main():
    policy, other = gridgov.Policy("baiguan-2021"), gridgov.Policy("after-2024")
    assert policy.name == "baiguan-2021" and len(policy.digest) == 64
    found = policy.lint(day="2024-09-01")
    assert any(issue.rule_code == "lint-barred" for issue in found)
    assert other.lint(day="2026-06-01") == []
    assert "低于 85% 时" in gridgov.Policy("baiguan-2021", {"closure_threshold": "85"}).text()
    document = json.loads((ROOT / "docs/policies/poor-months.json").read_text("utf-8"))
    assert gridgov.Policy(document).digest == gridgov.Policy(str(ROOT / "docs/policies/poor-months.json")).digest
    document["groups"][0]["max"] = 99
    try:
        gridgov.Policy(document)
    except gridgov.GridgovError as problem:
        assert "add up to 100" in str(problem)
    else:
        raise AssertionError("a broken policy was taken")
    if COMMAND is not None:
        assert policy.text("en") == printed("policy", "show", "baiguan-2021", "--lang", "en")
        lines = json.loads(printed("lint", "baiguan-2021", "--day", "2024-09-01", "--json"))["findings"]
        assert [(line["code"], line["place"]) for line in lines] == [(i.rule_code, i.field) for i in found]
        changes = json.loads(printed("policy", "diff", "baiguan-2021", "after-2024", "--json"))["changes"]
        assert policy.changes(other) == changes
    units = "单位,网格,网格编码\n甲社区,一网格,1\n"
    with gridgov.Month("2021-08").table("units", units) as before, gridgov.Month("2021-09").table("units", units) as month:
        before.run()
        month.earlier(before).run()
        assert len(month.scorecards()) == 1
    print(f"{len(found)} findings, {len(policy.changes(other))} changes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
