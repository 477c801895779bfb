#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Exports in the manner of other cities, made here from a seed and recounted here with nothing but the csv module: American
stamps with thousands of closures before the report, blank and impossible dates; a hotline's table in GB18030 with title
rows, a total below and its own words for yes and no; a status without dates in a TSV; days alone, separated by semicolons;
and a table wrapped, padded, ragged and in full-width digits."""
import collections
import csv
import datetime
import json
import pathlib
import random
import re
import sys
import tempfile
import unicodedata
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from flow_support import make_files, percent, read_csv

START, END = datetime.datetime(2021, 7, 1), datetime.datetime(2021, 8, 1)
WIDE = str.maketrans("0123456789-:/", "０１２３４５６７８９－：／")
AGENCIES = ["派出所", "综合执法中队", "市场监管所", "城建办", "民政办", "司法所", "卫生院", "税务所", "交警中队", "国土所"]


def key(text):
    """Blanks and width make no difference."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


class Export:
    """Rows as they are written, and beside them what they mean."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.rows, self.meant, self.left_out = [], [], 0

    def reported(self):
        month = self.random.choice([6, 7, 7, 7, 8])
        return datetime.datetime(2021, month, 1) + datetime.timedelta(seconds=self.random.randrange(30 * 86400))

    def add(self, row, reported, closed, category, agency):
        """closed: a time, None, or a yes or no without a time."""
        self.rows.append(row)
        self.meant.append((reported, closed, key(category), key(agency)))


def nyc(export, r):
    def stamp(time):
        return time.strftime("%m/%d/%Y %I:%M:%S %p") if time else ""
    for i in range(3000):
        reported, closed, known = export.reported(), None, None
        choice = r.random()
        if choice < 0.2:
            closed = reported - datetime.timedelta(seconds=r.randrange(1, 900000))
            if closed.date() == reported.date() and closed.time() == datetime.time():
                closed -= datetime.timedelta(seconds=1)
        elif choice < 0.25:
            closed = datetime.datetime(1900, 1, 1)
        elif choice < 0.8:
            closed = known = reported + datetime.timedelta(seconds=r.randrange(40 * 86400))
        agency, kind = r.choice(["NYPD", "HPD", "DOT"]), r.choice(["Noise - Residential", 'Food, "Safety"', ""])
        row = [50000000 + i, stamp(reported), stamp(closed), agency, kind, "BRONX"]
        if r.random() < 0.01:
            row[1] = ""
            export.rows.append(row)
            export.left_out += 1
        else:
            export.add(row, reported, known, kind, agency)
    return {"header": ["Unique Key", "Created Date", "Closed Date", "Agency", "Complaint Type", "Borough"],
            "mapping": {"utc_offset_minutes": -240, "time_forms": ["%m/%d/%Y %I:%M:%S %p"],
                        "columns": {"id": "Unique Key", "reported_at": "Created Date", "closed_at": "Closed Date",
                                    "agency": "Agency", "category": "Complaint Type", "place": "Borough"},
                        "parameters": {"utc_offset_minutes": -240}}}


def chicago(export, r):
    def stamp(time):
        return time.strftime("%Y-%m-%dT%H:%M:%S.000") if time else ""
    for i in range(1500):
        reported = export.reported()
        closed = reported + datetime.timedelta(seconds=r.randrange(30 * 86400)) if r.random() < 0.7 else None
        kind, agency = r.choice(["Pothole", "Graffiti Removal"]), r.choice(["CDOT", "Streets and Sanitation"])
        export.add([f"SR21-{i:08}", kind, agency, stamp(reported), stamp(closed)], reported, closed, kind, agency)
    return {"header": ["SR_NUMBER", "SR_TYPE", "OWNER", "CREATED_DATE", "CLOSED_DATE"],
            "mapping": {"utc_offset_minutes": -300,
                        "columns": {"id": "SR_NUMBER", "reported_at": "CREATED_DATE", "closed_at": "CLOSED_DATE",
                                    "agency": "OWNER", "category": "SR_TYPE"},
                        "parameters": {"utc_offset_minutes": -300}}}


def hotline(export, r):
    def stamp(time):
        return f"{time.year}/{time.month}/{time.day} {time.hour}:{time.minute:02}" if time else r.choice(["", "/", "无"])
    for i in range(900):
        reported = export.reported().replace(second=0)
        closed = reported + datetime.timedelta(minutes=r.randrange(20 * 1440)) if r.random() < 0.8 else None
        kind, agency = r.choice(["城市管理", "噪音扰民", "畈埭岙㙟纠纷", ""]), r.choice(AGENCIES + ["/"])
        export.add([i + 1, f"GD{i:05}", kind, agency, stamp(reported), stamp(closed), r.choice(["超时", "未超时", ""])],
                   reported, closed, kind, "" if agency == "/" else agency)
    export.rows.append(["合计", 900, "", "", "", "", ""])
    return {"encoding": "gb18030", "title": [["2021年7月工单明细", "", "", "", "", "", ""], ["制表单位：某街道", "", "", "", "", "", ""]],
            "header": ["序号", "工单编号", "诉求类别", "承办单位", "受理时间", "办结时间", "是否超时"],
            "mapping": {"encoding": "gb18030", "header_row": 3,
                        "columns": {"id": "工单编号", "reported_at": "受理时间", "closed_at": "办结时间",
                                    "agency": "承办单位", "category": "诉求类别",
                                    "overdue": {"column": "是否超时", "values": {"超时": "yes", "未超时": "no"}}}}}


def status_only(export, r):
    for _ in range(600):
        reported = export.reported().replace(hour=0, minute=0, second=0)
        kind, agency = r.choice(["城市管理", '某某"引号']), r.choice(["甲所", "丙 所", "丙所", ""])
        state = r.choice(["已办结", "办理中", "已结案", "挂起", ""])
        export.add([reported.strftime("%Y年%m月%d日"), kind, agency, state], reported, state in ("已办结", "已结案"), kind, agency)
    return {"delimiter": "\t", "quoting": csv.QUOTE_NONE, "header": ["上报日期", "大类", "责任部门", "状态"],
            "mapping": {"delimiter": "\t",
                        "columns": {"reported_at": "上报日期", "category": "大类", "agency": "责任部门",
                                    "closed": {"column": "状态", "values": {"已办结": "yes", "已结案": "yes", "办理中": "no",
                                                                          "挂起": "no"}}}}}


def semicolons(export, r):
    def stamp(time):
        return time.strftime("%d.%m.%Y") if time else ""
    for i in range(500):
        reported = export.reported().replace(hour=0, minute=0, second=0)
        closed = reported + datetime.timedelta(days=r.randrange(60)) if r.random() < 0.6 else None
        kind, agency = r.choice(["Müll", "Lärm, nachts"]), r.choice(["Ordnungsamt", "Tiefbauamt"])
        export.add([i, kind, agency, stamp(reported), stamp(closed), f"{r.randrange(999)},{r.randrange(99):02}"],
                   reported, closed, kind, agency)
    return {"delimiter": ";", "header": ["Id", "Art", "Amt", "Eingang", "Erledigt", "Kosten"],
            "mapping": {"delimiter": ";", "time_forms": ["%d.%m.%Y"],
                        "columns": {"id": "Id", "category": "Art", "agency": "Amt", "reported_at": "Eingang",
                                    "closed_at": "Erledigt"}}}


def wrapped(export, r):
    def stamp(time):
        return time.strftime(r.choice(["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d\u3000%H:%M:%S"])) if time else ""
    for i in range(900):
        reported = export.reported()
        closed = reported + datetime.timedelta(hours=r.randrange(500)) if r.random() < 0.7 else None
        kind, agency = r.choice(["城市管理", "城市\u00a0管理", "消防安全 ", "\u3000", "违法\r\n建设"]), r.choice(["城管\n中队", "\u00a0司法所"])
        text = stamp(reported).translate(WIDE) if r.random() < 0.3 else "\u00a0" + stamp(reported)
        row = [i, f"SJ{i:06}", kind, agency, text, stamp(closed)]
        if i % 100 == 99:
            export.rows.append(["", f"SJ{i - 1:06}"] + row[2:])  # its number stands already
            export.left_out += 1
        else:
            export.add(row[:5] if closed is None and i % 2 else row, reported, closed, kind, agency)
    return {"encoding": "utf-8-sig", "header": ["序号", "事件\r\n编号", "事件类型", "承办部门", "上报\n时间", "办结时间"],
            "mapping": {"columns": {"id": "事件编号", "category": "事件类型", "agency": "承办部门", "reported_at": "上报时间",
                                    "closed_at": "办结时间"}}}


def recount(meant):
    """Expected cells of both tables by key of the name."""
    inside = [case for case in meant if START <= case[0] < END]
    count = collections.Counter(case[2] or "未分类" for case in inside)
    handled, closed = collections.Counter(), collections.Counter()
    for _, end, _, agency in inside:
        handled[agency] += 1
        closed[agency] += end is True or (isinstance(end, datetime.datetime) and end < END)
    categories = {name: [str(n), percent(n, len(inside))] for name, n in count.items()}
    agencies = {name: [str(n), "/", str(closed[name]), percent(closed[name], n, trim=True)]
                for name, n in handled.items() if name}
    return len(inside), categories, agencies


class Exports(unittest.TestCase):
    maxDiff = None

    def compare(self, make, seed):
        export = Export(seed)
        how = make(export, export.random)
        mapping = {"schema": "gridgov.mapping/1", **how["mapping"]}
        mapping["parameters"] = {"schema": "gridgov.parameters/1", "taxonomy": "as-found", **mapping.get("parameters", {})}
        with tempfile.TemporaryDirectory() as folder:
            table, notes = pathlib.Path(folder) / "export.csv", pathlib.Path(folder) / "mapping.json"
            notes.write_text(json.dumps(mapping, ensure_ascii=False), encoding="utf-8")
            with open(table, "w", encoding=how.get("encoding", "utf-8"), newline="") as file:
                writer = csv.writer(file, delimiter=how.get("delimiter", ","), quotechar=None if "quoting" in how else '"',
                                    quoting=how.get("quoting", csv.QUOTE_MINIMAL))
                writer.writerows(how.get("title", []) + [how["header"]] + export.rows)
            files = make_files("2021-07", table, notes, None)
        total, categories, agencies = recount(export.meant)
        _, *rows, last = read_csv(files["categories.csv"])
        self.assertEqual(last[1], str(total))
        self.assertEqual({key(row[0].replace("（待核）", "")): row[1:] for row in rows}, categories)
        self.assertEqual({key(row[0]): row[1:] for row in read_csv(files["agencies.csv"])[1:]}, agencies)
        page = files["bulletin.md"].decode("utf-8")
        self.assertEqual(f"有 {export.left_out} 行" in page, export.left_out > 0)
        self.assertEqual("草稿" in page, export.left_out > 0)
        for text in (files["categories.csv"], files["agencies.csv"]):  # names are printed on one line
            self.assertNotIn(b'\n', text.replace(b"\r\n", b""))

    def test_exports(self):
        for seed, make in enumerate([nyc, chicago, hotline, status_only, semicolons, wrapped]):
            with self.subTest(export=make.__name__):
                self.compare(make, seed)


if __name__ == "__main__":
    unittest.main()
