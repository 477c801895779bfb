#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Certificates of the example month and of months made to need every kind of fact, checked by examples/checker, which shares no
code with the library: all hold; any single change of a value, any missing or added member, and the exchange of two items is
refused; and where somebody who changed a figure also makes the chain of digests anew, the arithmetic still refuses it."""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "examples" / "checker"))

from flow_support import COMMAND, DATA, ROOT, skip
import check_certificate

MONTH = DATA / "baiguan-2021-09"


def certify(*words):
    done = subprocess.run([COMMAND, "certificate", *map(str, words)], cwd=ROOT, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stdout


def of_grid(grid):
    status, data = certify(MONTH, "--month", "2021-09", "--grid", grid)
    assert status == 0
    return data


def dump(document):
    return json.dumps(document, ensure_ascii=False).encode("utf-8")


def holds(data):
    try:
        check_certificate.check(data)
        return True
    except check_certificate.Refused:
        return False


def leaves(value, path=()):
    """The path of every text, number, truth value and null."""
    if isinstance(value, dict):
        for key in value:
            yield from leaves(value[key], path + (key,))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from leaves(item, path + (i,))
    else:
        yield path


def at(document, path):
    for step in path:
        document = document[step]
    return document


def put(document, path, value):
    at(document, path[:-1])[path[-1]] = value


def others(value):
    """Other values that a forger might write."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1, -value if value else 7]
    if value is None:
        return [0]
    return [value + "x", value[:-1] if value else "0", "0" * len(value) if value.strip("0") else value + "1"]


def seal_again(document):
    """Make the chain anew, as a forger would who knows the format."""
    links, link = [], ""
    for section in check_certificate.SECTIONS:
        items = [(section, document[section])]
        if isinstance(document[section], list):
            items = [(f"{section}/{i}", item) for i, item in enumerate(document[section])]
        for name, value in items:
            text = f"{link}\n{name}\n{check_certificate.canonical(value)}"
            link = check_certificate.hashlib.sha256(text.encode("utf-8")).hexdigest()
            links.append([name, link])
    document["links"], document["seal"] = links, link


class Certificates(unittest.TestCase):
    def test_all_hold_and_are_published(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(certify(MONTH, "--month", "2021-09", "--all", "-o", folder)[0], 0)
            files = sorted(pathlib.Path(folder).glob("[0-9]*.json"))
            self.assertEqual(len(files), 65)
            seals = json.loads((pathlib.Path(folder) / "seals.json").read_text(encoding="utf-8"))
            self.assertEqual(seals["schema"], "gridgov.seals/1")
            totals = 0
            for file, entry in zip(files, seals["seals"]):
                document = check_certificate.check(file.read_bytes())
                self.assertEqual((entry["file"], entry["seal"]), (file.name, document["seal"]))
                self.assertEqual({key: entry[key] for key in ("unit", "grid", "code")}, document["subject"])
                totals += document["total"]["total_milli"]
            self.assertEqual(totals, 6425000)  # as printed
            call = [sys.executable, str(ROOT / "examples" / "checker" / "check_certificate.py"), "--seals",
                    str(pathlib.Path(folder) / "seals.json")]
            self.assertEqual(subprocess.run(call + [str(files[0])], stdout=subprocess.DEVNULL, check=False).returncode, 0)
            document = json.loads(files[0].read_bytes())
            document["subject"]["grid"] = "别的网格"
            seal_again(document)
            forged = pathlib.Path(folder) / "forged.json"
            forged.write_bytes(dump(document))
            self.assertTrue(holds(forged.read_bytes()))  # nothing in it tells; its seal does
            self.assertEqual(subprocess.run(call + [str(forged)], stdout=subprocess.DEVNULL, check=False).returncode, 1)

    def test_every_leaf(self):
        document = json.loads(of_grid("高丰社区/一网格"))
        self.assertTrue(holds(dump(document)))
        changed = 0
        for path in list(leaves(document)):
            value = at(document, path)
            for other in others(value)[:1 if path[0] in ("links", "facts") else 3]:
                put(document, path, other)
                self.assertFalse(holds(document), (path, value, other))
                changed += 1
            put(document, path, value)
        self.assertTrue(holds(dump(document)))
        self.assertGreater(changed, 3000)

    def test_members_and_order(self):
        document = json.loads(of_grid("上源闸社区/江南一品网格"))
        for path in [(), ("subject",), ("policy",), ("indicators", 0), ("indicators", 3, "rules", 0), ("facts", 0),
                     ("facts", 0, "atoms", 0), ("given", 0), ("lines", 0), ("total",)]:
            for key in list(at(document, path)):
                other = copy.deepcopy(document)
                del at(other, path)[key]
                self.assertFalse(holds(dump(other)), path + (key,))
            other = copy.deepcopy(document)
            at(other, path)["note"] = "x"
            self.assertFalse(holds(dump(other)), path)
            seal_again(other)
            self.assertFalse(holds(dump(other)), path)
        for name in ("indicators", "facts", "lines", "links"):
            other = copy.deepcopy(document)
            other[name][0], other[name][1] = other[name][1], other[name][0]
            self.assertFalse(holds(dump(other)), name)
        text = dump(document).decode("utf-8")
        self.assertFalse(holds(text.replace('"schema"', '"seal": "x", "schema"', 1).encode("utf-8")))  # twice
        self.assertFalse(holds(text.replace('"total_milli": ', '"total_milli": 1.0e0', 1).encode("utf-8")))
        for data in (b"", b"{", b"[]", b"null", b"\xff", b"{}", text[:-2].encode("utf-8"), b"[" * 100000):
            self.assertFalse(holds(data))

    def test_arithmetic_beneath_the_seal(self):
        """Each figure changed alone, the chain made anew: counts, rules, lines, bonus and total do not agree any more."""
        document = json.loads(of_grid("高丰社区/一网格"))
        paths = [path for path in leaves(document) if path[0] in ("facts", "lines", "total", "given")
                 and path[-1] in ("count", "value", "reported", "missing", "state", "points_milli", "uncut_milli",
                                  "bonus_milli", "total_milli", "out_of_milli", "bonus_uncut_milli", "group_cut_milli",
                                  "rescaled_milli", "total_of_milli", "unexplained", "has_data")]
        # The state of an atom is judged only where its metric asks for dispositions or defects.
        paths = [path for path in paths if not (len(path) == 5 and path[-1] == "state"
                                                and at(document, path[:2])["measure"] not in ("events_disposed",))]
        self.assertGreater(len(paths), 200)
        text = dump(document)
        for path in paths:
            other = json.loads(text)
            value = at(other, path)
            wrong = {"valid": "invalid", "invalid": "valid"}.get(value) or others(value)[0]
            put(other, path, wrong)
            seal_again(other)
            self.assertFalse(holds(other), (path, value, wrong))

    def test_prices_beneath_the_seal(self):
        """A rule that would have cost something else, where the grid lost points by it."""
        document = json.loads(of_grid("高丰社区/一网格"))
        visits = next(i for i, item in enumerate(document["indicators"]) if item["code"] == "visits")
        for path, wrong in [((visits, "rules", 0, "points_milli"), 4000), ((visits, "rules", 0, "kind"), "below"),
                            ((visits, "floor_milli"), -4000), ((visits, "max_milli"), 6000),
                            ((visits, "rules", 0, "configured"), False), ((visits, "rules", 0, "span"), 0)]:
            other = copy.deepcopy(document)
            put(other["indicators"], path, wrong)
            seal_again(other)
            self.assertFalse(holds(dump(other)), path)

    def test_a_month_of_every_kind(self):
        """Late cases, days short of time and way, figures, deductions, points for all, an officer without rows."""
        tables = {
            "units": "单位,网格\n甲社区,一网格\n,二网格\n乙社区,三网格\n",
            "officers": "工号,网格\nA1,甲社区/一网格\nA2,甲社区/二网格\nA3,乙社区/三网格\n",
            "leave": "工号,开始日期,结束日期,是否批准\nA1,2021-09-03,2021-09-03,是\nA1,2021-09-22,2021-09-22,\n",
            "patrol_days": "工号,日期,在线时长(分钟),巡查里程(公里)\n" + "".join(
                f"A1,2021-09-{day:02},{'' if day == 10 else 59 if day % 7 == 0 else 61},{'1.5' if day % 5 == 0 else 2}\n"
                for day in range(1, 31) if day != 6),
            "events": "事件编号,类型,网格,职能科室,上报时间,办结时间,办结时限,应流转时限,认定结果\n"
                      "E1,城市管理,甲社区/一网格,,2021-09-01 08:00,2021-09-09 08:00,2021-09-08 08:00,,重复\n"
                      "E2,城市管理,甲社区/一网格,,2021-09-02 08:00,,2021-09-09 08:00,2021-09-03 08:00,有效\n"
                      "E3,城市管理,甲社区/一网格,派出所,2021-09-03 08:00,2021-09-20 08:00,2021-09-09 08:00,"
                      "2021-09-03 12:00,有效\n"
                      "E4,城市管理,甲社区/二网格,,2021-09-03 08:00,2021-09-04 08:00,2021-09-10 08:00,,有效\n",
            "steps": "事件编号,环节,时间,承办单位\nE3,派遣,2021-09-03 13:00,派出所\n",
            "required_visits": "网格,走访对象\n甲社区/一网格,张三\n甲社区/一网格,李四\n",
            "visits": "网格,走访对象,走访时间\n甲社区/一网格,张三,2021-09-10\n",
            "dispute_reports": "网格,报送时间,报送时限\n甲社区/一网格,2021-09-29,2021-09-28\n甲社区/二网格,,2021-09-28\n",
            "maintenance": "网格,检查日期,问题,数量\n甲社区/一网格,2021-09-15,错误,3\n甲社区/一网格,2021-09-16,无,1\n",
            "adjustments": "编号,网格,分值,理由,批准人\nJ1,,2.5,全员演练,街道办\nJ2,甲社区/二网格,-20,UNEXPLAINED,街道办\n",
            "deductions": "网格,指标,分值,来源,理由\n乙社区/三网格,走访记录,-2,通报,不实\n乙社区/三网格,走访记录,-9,通报,再次\n",
            "facts": "网格,指标口径,数值,来源\n乙社区/三网格,short_days,4,平台月报\n乙社区/三网格,cases_due,10,平台月报\n"
                     "乙社区/三网格,cases_due_closed,7,平台月报\n",
        }
        with tempfile.TemporaryDirectory() as folder:
            month, out = pathlib.Path(folder) / "month", pathlib.Path(folder) / "out"
            month.mkdir()
            for name, text in tables.items():
                (month / (name + ".csv")).write_text(text, encoding="utf-8")
            for parameters in ({}, {"daily_distance_km": "2"}, {"daily_distance_km": "2", "closure_points": "0.123"}):
                (month / "parameters.json").write_text(json.dumps(
                    {"schema": "gridgov.parameters/1", "policy": "baiguan-2021", "policy_parameters": parameters}),
                    encoding="utf-8")
                self.assertEqual(certify(month, "--month", "2021-09", "--all", "-o", out)[0], 0)
                for file in out.glob("0*.json"):
                    check_certificate.check(file.read_bytes())

    def test_policies(self):
        """Every built-in policy and the ones of docs/, with their quotas, tasks, bands, sums and grids of part of a month."""
        policies = ["after-2024", "jinhua-cityops"] + sorted((ROOT / "docs" / "policies").glob("*.json"))
        with tempfile.TemporaryDirectory() as folder:
            parameters = pathlib.Path(folder) / "parameters.json"
            parameters.write_text(json.dumps({"schema": "gridgov.parameters/1"}), encoding="utf-8")
            for policy in policies:
                out = pathlib.Path(folder) / pathlib.Path(str(policy)).stem
                status = certify(MONTH, "--month", "2021-09", "--policy", policy, "--parameters", parameters, "--all", "-o", out)[0]
                self.assertEqual(status, 0, policy)
                files = sorted(out.glob("0*.json"))[::8]
                self.assertEqual(len(files), 9)
                for file in files:
                    check_certificate.check(file.read_bytes())

    def test_several_months(self):
        """Two poor months in a row: the evidence of the month before is in the certificate, and each change of it is refused."""
        policy = ROOT / "docs" / "policies" / "poor-months.json"
        with tempfile.TemporaryDirectory() as folder:
            months = [pathlib.Path(folder) / name for name in ("2022-09", "2022-08", "2022-07")]
            for month, still_open in zip(months, ((1, 1, 1), (1, 0, 1), (0, 0, None))):
                month.mkdir()
                units, events = "单位,网格,网格编码\n", "事件编号,类型,网格,上报时间,办结时间\n"
                for grid, number in enumerate(still_open, 1):
                    if number is None:  # no such grid in that month
                        continue
                    units += f"甲社区,{grid}网格,{grid}\n"
                    events += "".join(f"{month.name}-{grid}-{case},其他,{grid},{month.name}-02 08:00,"
                                      + ("" if case <= number else f"{month.name}-03 08:00") + "\n" for case in range(1, 6))
                (month / "units.csv").write_text(units, encoding="utf-8")
                (month / "events.csv").write_text(events, encoding="utf-8")
            out = pathlib.Path(folder) / "out"
            for earlier, closings in ((months[1:2], (-30000, -20000, -30000)), (months[1:], (-30000, -20000, -30000)),
                                      ((), (-20000, -20000, -20000))):
                words = [word for month in earlier for word in ("--earlier", month)]
                self.assertEqual(certify(months[0], "--month", "2022-09", "--policy", policy, *words, "--all", "-o", out)[0], 0)
                files = sorted(out.glob("0*.json"))
                for file, points in zip(files, closings):
                    document = check_certificate.check(file.read_bytes())
                    line = next(line for line in document["lines"] if line["indicator"] == "closure")
                    self.assertEqual(line["points_milli"], points)
                    self.assertEqual(len(document["earlier"]), min(len(earlier), 1))  # the policy looks at two months
                if earlier:
                    self.refuse_changes(json.loads(files[0].read_bytes()))

    def refuse_changes(self, document):
        """The month before, made better and taken away, with the chain made anew."""
        month = document["earlier"][0]
        self.assertEqual([fact["metric"] for fact in month["facts"]], ["due", "closed"])
        better = copy.deepcopy(document)
        for fact in better["earlier"][0]["facts"]:
            if fact["metric"] == "closed":
                fact["value"] = 5
        without = copy.deepcopy(document)
        without["earlier"] = []
        gone = copy.deepcopy(document)
        gone["earlier"][0].update(facts=[], found=False, grid_days=0)
        gap = copy.deepcopy(document)
        gap["earlier"][0]["to"] = gap["earlier"][0]["to"].replace("2022-09-01", "2022-08-31")
        atoms = copy.deepcopy(document)
        atoms["earlier"][0]["facts"][0]["atoms"].pop()
        for forged in (better, without, gone, gap, atoms):
            seal_again(forged)
            self.assertFalse(holds(dump(forged)))
        seal_again(document)
        self.assertTrue(holds(dump(document)))

    def test_usage(self):
        for words in ([], ["--all"], ["--grid", "高丰社区/一网格", "--all", "-o", "x"]):
            self.assertEqual(certify(MONTH, "--month", "2021-09", *words)[0], 2)


if COMMAND is None:
    skip("GRIDGOV_COMMAND names no command")
unittest.main()
