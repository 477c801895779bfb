#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write the synthetic rows of baiguan-2021-09/ and flat/.

The results are real: the counts, deductions and totals of the bulletin that 百官街道 published for September
2021 (百办〔2021〕45号). The rows are not: every event, officer, code, time and agency's platform below is made
up so that it adds up to them. Names of units, grids, categories and agencies are the published ones.

    python3 generate.py [FOLDER]      FOLDER: where to write; by default beside this file

The same bytes come out on every machine: one linear congruential generator, no clock, no hash order.
"""
import csv
import io
import json
import os
import sys
from datetime import datetime, timedelta

# Unit, then its grids in published order; `:n` is the number of invalid reports of a grid.
UNITS = """
阳光社区 一号桥网格:1 城东网格:1|星光社区 阳光假日网格:1 星辰首府网格 保驾山路西网格
绿城社区 市民大道北网格 市民大道南网格:1|恒利社区 恒利一网格:1 恒利二网格:2
上源闸社区 江南一品网格:1 南都花园网格|凤山社区 凤山东路网格:1 凤山路西网格
金鱼湾社区 金鱼湾新村网格:2 虹蚌路等网格|高丰社区 一网格 二网格
胜利路社区 江扬南路东网格 江扬南路西网格:3|城南社区 多元银河网格 金色城南网格
西横河社区 西横河小区南网格:1 西横河小区北网格|天祥社区 华维路西网格:1 华维路东网格
半山社区 青春路东网格 青春路西网格:4|平阳山社区 平阳山网格:3|卧龙山庄社区 卧龙山庄网格
文化社区 第一网格 第二网格:2 第三网格|上棉社区 上棉网格:1|大通社区 江华路南网格:2 江华路北网格
九浸畈社区 新河路网格 凤鸣山庄网格|龙山社区 龙山沿塘网格:1 丁界寺网格:1
万和社区 万和一网格 万和二网格:1|高铁新城社区 康居路北网格 康居路南网格
一村居委 一村网格|二村居委 二村网格|三村居委 三村网格|四村居委 四村网格|五村居委 五村网格
大坝居委 大坝网格|星宇社区 星宇网格|盛丰社区 盛丰网格|梁江社区 梁江网格|金家岙村 金家岙网格
路东村 路东网格|外严村 外严网格|南一村 南一网格|南二村 南二网格|南三村 南三网格
新叶家埭村 新叶家埭网格|头甲社区 头甲网格|二甲社区 二甲网格|四甲社区 四甲网格
后村居委 后村网格|新建居委 新建网格|岭光居委 岭光网格
"""
CATEGORIES = [("其他", 519), ("城市管理", 835), ("消防安全", 290), ("食药安全", 320), ("矛盾纠纷", 563),
              ("生态环境", 144), ("交通安全", 33), ("农林水利", 5), ("治安隐患", 240), ("工商监管", 14),
              ("治危拆违", 2), ("自然灾害", 3), ("疫情防控", 7)]
AGENCIES = [("百官国土资源所", "综合执法"), ("百官市场监督管理所", "市场监管"), ("百官派出所", "综治工作"),
            ("百官税务所", "市场监管"), ("交警大队城区中队", "综治工作"), ("综合执法城南中队", "综合执法"),
            ("综合执法城北中队", "综合执法"), ("生态环境局直属分局", "综合执法"),
            ("村镇规划建设管理办公室", "综合执法"), ("农业农村办公室", "便民服务"),
            ("社会事务办公室", "便民服务"), ("安监所", "综合执法"), ("司法所", "综治工作"),
            ("卫生院", "便民服务"), ("政法办", "综治工作"), ("新居民事务所", "综治工作"),
            ("综合执法平台协调组", "综合执法")]
# Workdays of September 2021: 18 and 26 are make-up workdays, 20 and 21 the Mid-Autumn holiday.
WORKDAYS = [1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 18, 22, 23, 24, 26, 27, 28, 29, 30]
# Grids with one case held past its limit: closed a day late, and still open at the cut-off.
LATE, OPEN = "平阳山社区/平阳山网格", "梁江社区/梁江网格"
MISSED_VISIT = ("高丰社区/一网格", "天祥社区/华维路西网格")
# The bulletin gives no reason for any of the three, and none is invented here.
ADJUSTMENTS = [("上源闸社区/江南一品网格", "-20"), ("高丰社区/一网格", "-20"), ("天祥社区/华维路东网格", "+10")]
# The three cases that were passed on, and the agency that took each over.
PASSED_ON = [("城南社区/金色城南网格", "综合执法城南中队"), ("胜利路社区/江扬南路东网格", "综合执法城南中队"),
             ("高铁新城社区/康居路北网格", "综合执法城北中队")]
# Officer, first and last day, approved; the second spans the holiday, the last stayed on patrol.
LEAVES = [(4, 6, 8, "是"), (17, 16, 22, "是"), (40, 27, 27, "是"), (52, 10, 10, "否")]
STREET_EVENTS = 90    # events without a grid: reported by the street itself or by agencies
EVENTS_AT_LEAST = 30  # of each grid
LIMIT = timedelta(days=7)
PARAMETERS = {
    "schema": "gridgov.parameters/1", "version": "1", "office": "百官街道",
    "issuer": "绍兴市上虞区百官街道办事处文件", "document_number": "百办〔2021〕45号",
    "title": "百官街道九月份“基层治理四平台”事件数据分析研判报告",
    "addressees": "各村（居）、社区、平台、派驻机构，街道各办线：",
    "preamble": "为进一步深化“四个平台”实际应用，切实提升“四个平台”建设成效，根据《关于深入推进基层治理“四个平台”有效运行的通知》"
                "（虞政法委关于调整“基层治理四平台”有效运行综合评价指标）的文件精神。现将九月份各村（居）、社区、平台和派驻机构"
                "上报的事件进行了分析研判，现将有关情况作如下通报：",
    "cc": "区府办，区委政法委", "printed_by": "百官街道党政综合办公室", "printed_on": "2021-10-14",
    "taxonomy": "zhejiang-2021", "calendar": "china", "policy": "baiguan-2021",
    "policy_parameters": {"daily_distance_km": "2"},
    "next_steps": [
        {"rule": "total_below", "threshold": "95"},
        {"rule": "invalid_reports_at_least", "threshold": "3"},
        {"rule": "category_share_above", "category": "城市管理", "threshold": "25"},
        {"rule": "group_points_lost_at_least", "group": "app", "threshold": "1"},
        {"rule": "closure_rate_below", "threshold": "90"},
        {"rule": "unexplained_adjustments"}]}


class Random:
    """Knuth's MMIX generator; the high bits are used."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]


def grids():
    """(unit, grid, code, invalid reports) in published order. The codes are made up."""
    for number, unit in enumerate(UNITS.strip().replace("\n", "|").split("|"), 1):
        name, *parts = unit.split()
        for index, part in enumerate(parts, 1):
            grid, _, invalid = part.partition(":")
            yield name, grid, f"330604001{number:03}{index:03}", int(invalid or 0)


def september(day, minute=0, second=0):
    return datetime(2021, 9, day) + timedelta(minutes=minute, seconds=second)


def text(time):
    return "" if time is None else time.strftime("%Y-%m-%d %H:%M:%S")


def make_events(random):
    """2975 dicts in order of report, with times as datetime."""
    keys = [f"{unit}/{grid}" for unit, grid, _, _ in grids()]
    categories = [name for name, count in CATEGORIES for _ in range(count)]
    holders = [""] * STREET_EVENTS + keys * EVENTS_AT_LEAST
    holders += [keys[random.below(len(keys))] for _ in range(len(categories) - len(holders))]
    random.shuffle(categories)
    random.shuffle(holders)
    times = sorted(september(1 + random.below(30), 450 + random.below(690), random.below(60))
                   for _ in categories)
    events = []
    for number, (category, grid, reported) in enumerate(zip(categories, holders, times), 1):
        self_handled = random.below(10) < 7
        took = 5 + random.below(115) if self_handled else 120 + random.below(9000)
        closed = reported + timedelta(minutes=took)
        if reported >= september(25) and not self_handled and random.below(4) == 0:
            closed = None
        events.append({"id": f"SJ{reported:%Y%m%d}{number:05}", "category": category, "grid": grid,
                       "agency": "", "reported": reported, "closed": closed, "due": reported + LIMIT,
                       "pass_on": None, "disposition": "有效", "self": "是" if self_handled else "否"})
    return events


def mark_events(events):
    """Make the events say what the bulletin says about grids and agencies; returns the steps."""
    steps = []
    for unit, grid, _, invalid in grids():
        own = [event for event in events if event["grid"] == f"{unit}/{grid}"]
        for event, found in zip(own[3:3 + invalid], ("无效", "垃圾", "重复", "无效")):
            event["disposition"] = found
    by_hand = [event for event in events if event["self"] == "否" and event["disposition"] == "有效" and
               september(2) <= event["reported"] < september(21)]
    late = next(event for event in by_hand if event["grid"] == LATE)
    late["closed"] = late["due"] + timedelta(hours=26)
    next(event for event in by_hand if event["grid"] == OPEN)["closed"] = None
    for grid, agency in PASSED_ON:
        event = next(e for e in by_hand if e["grid"] == grid)
        other = next(e for e in events if e["category"] == "城市管理" and e["agency"] == "")
        event["category"], other["category"] = other["category"], event["category"]
        at = event["reported"]
        event["agency"], event["pass_on"] = agency, at + timedelta(hours=24)
        event["closed"] = at + timedelta(days=2, hours=3)
        if agency == "综合执法城北中队":  # closed late, but by the agency: the grid answers for nothing
            event["closed"] = event["due"] + timedelta(hours=5)
        for kind, time in (("派遣", at + timedelta(minutes=40)), ("签收", at + timedelta(hours=2)),
                           ("处置", at + timedelta(days=1, hours=22)), ("结案", event["closed"])):
            steps.append((event["id"], kind, text(time), agency))
    return steps


def make_patrol(random, count):
    """Every officer on every workday that is not approved leave; one day exactly at both minima."""
    away = {(officer, day) for officer, first, last, approved in LEAVES if approved == "是"
            for day in range(first, last + 1)}
    for officer in range(1, count + 1):
        for day in WORKDAYS:
            if (officer, day) not in away:
                minutes, metres = 60 + random.below(240), 2000 + 10 * random.below(400)
                if (officer, day) == (1, 1):
                    minutes, metres = 60, 2000
                yield (f"WG{officer:03}", f"2021-09-{day:02}", minutes, f"{metres // 1000}.{metres % 1000 // 10:02}")


def make_flat(random):
    """An export as another office might write it: a title row, slashes in dates, one category the taxonomy
    does not know, open and overdue cases, a case of the month before."""
    names = ["矛盾纠纷", "城市管理", "消防安全", "食药安全", "治安隐患", "生态环境", "其他"]
    offices = ["综合执法中队", "市场监管所", "派出所", "社会事务办", ""]
    yield ("某街道事件办理情况导出表",)
    yield ("事件编号", "上报时间", "职能科室", "办结时间", "是否超时", "事件类型", "地点")
    for number in range(1, 61):
        reported = september((number + 1) // 2, 480 + number % 2 * 300 + random.below(280))
        if number == 1:
            reported = datetime(2021, 8, 31, 16, 5)
        closed = reported + timedelta(minutes=30 + random.below(14000))
        late = "是" if closed - reported > LIMIT else "否"
        kind = "市容环卫" if number == 30 else names[random.below(len(names))]
        office = offices[random.below(len(offices))]
        done = "" if number % 17 == 0 else f"{closed:%Y}/{closed.month}/{closed.day} {closed.hour}:{closed:%M}"
        yield (f"2021{number:06}", f"{reported:%Y}/{reported.month}/{reported.day} {reported.hour}:{reported:%M}",
               office, done, "" if done == "" else late, kind, f"人民路{1 + random.below(200)}号")


def write(folder, name, rows):
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        file.write(buffer.getvalue())


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    month, flat = os.path.join(root, "baiguan-2021-09"), os.path.join(root, "flat")
    os.makedirs(month, exist_ok=True)
    os.makedirs(flat, exist_ok=True)
    random = Random(20210930)
    all_grids = list(grids())
    keys = [f"{unit}/{grid}" for unit, grid, _, _ in all_grids]
    events = make_events(random)
    steps = mark_events(events)
    write(month, "units.csv", [("单位", "网格", "网格编码")] + [grid[:3] for grid in all_grids])
    write(month, "agencies.csv", [("基层站所", "平台")] + AGENCIES)
    write(month, "officers.csv", [("工号", "姓名", "网格")] +
          [(f"WG{i:03}", f"网格员{i:02}", key) for i, key in enumerate(keys, 1)])
    write(month, "leave.csv", [("工号", "开始日期", "结束日期", "是否批准")] +
          [(f"WG{o:03}", f"2021-09-{a:02}", f"2021-09-{b:02}", yes) for o, a, b, yes in LEAVES])
    write(month, "patrol_days.csv", [("工号", "日期", "在线时长(分钟)", "巡查里程(公里)"),
                                     *make_patrol(random, len(keys))])
    write(month, "events.csv",
          [("事件编号", "类型", "网格", "职能科室", "上报时间", "应流转时限", "办结时间", "办结时限", "认定结果", "自处置")] +
          [(e["id"], e["category"], e["grid"], e["agency"], text(e["reported"]), text(e["pass_on"]),
            text(e["closed"]), text(e["due"]), e["disposition"], e["self"]) for e in events])
    write(month, "steps.csv", [("事件编号", "环节", "时间", "承办单位")] + steps)
    required = [(key, f"走访户{n:02}") for key in keys for n in range(1, 3 + random.below(3))]
    missed = [next(pair for pair in required if pair[0] == key) for key in MISSED_VISIT]
    write(month, "required_visits.csv", [("网格", "走访对象")] + required)
    write(month, "visits.csv", [("网格", "走访对象", "走访时间")] +
          [(*pair, text(september(1 + random.below(29), 540 + random.below(450))))
           for pair in required if pair not in missed])
    write(month, "dispute_reports.csv", [("网格", "报送时间", "报送时限")] +
          [(key, text(september(26 + random.below(4), 540 + random.below(480))), "2021-09-30 17:00:00")
           for key in keys])
    write(month, "maintenance.csv", [("网格", "检查日期", "问题")] +
          [(key, "2021-09-28", "无") for key in keys])
    write(month, "adjustments.csv", [("网格", "分值", "理由", "批准人", "编号")] +
          [(key, points, "UNEXPLAINED", "百办〔2021〕45号", f"FJ{i}")
           for i, (key, points) in enumerate(ADJUSTMENTS, 1)])
    with open(os.path.join(month, "parameters.json"), "w", encoding="utf-8", newline="") as file:
        file.write(json.dumps(PARAMETERS, ensure_ascii=False, indent=2) + "\n")
    write(flat, "events.csv", make_flat(random))


if __name__ == "__main__":
    main()
