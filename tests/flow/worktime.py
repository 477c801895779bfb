# SPDX-License-Identifier: Apache-2.0
"""gridgov worktime against a count of its own: day by day, slot by slot, over the days that the documents themselves list. Official
notices (GRIDGOV_SHARED, by default beside the source tree) are used where they are there."""
import csv
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile

COMMAND = os.environ["GRIDGOV_COMMAND"]
SHARED = os.environ.get("GRIDGOV_SHARED", "../shared")
ZONE = dt.timezone(dt.timedelta(hours=8))
SLOTS = [(8 * 3600, 12 * 3600), (14 * 3600, 18 * 3600)]
failures = 0


def fail(text):
    global failures
    failures += 1
    print("FAIL:", text)


def ask(*words, status=0):
    done = subprocess.run([COMMAND, "worktime", *words], capture_output=True, text=True, env={**os.environ, "LANG": "C", "LC_ALL": "C"})
    if done.returncode != status:
        fail(f"worktime {words} gave {done.returncode}, not {status}: {done.stderr}")
    return done.stdout.strip()


def listed_days(documents):
    days = {}
    for document in documents:
        for year in document.get("years", [document]):
            for day in year["days"]:
                days[dt.date.fromisoformat(day["date"])] = day["off"] if "off" in day else day["isOffDay"]
    return days


def is_working(day, days):
    return not days[day] if day in days else day.weekday() < 5


def seconds_of(moment, day):
    """Seconds of the day's slots that lie before a moment."""
    midnight = dt.datetime(day.year, day.month, day.day)
    at = int((moment - midnight).total_seconds())
    return sum(max(0, min(at, to) - start) for start, to in SLOTS)


def between(start, end, days):
    if end < start:
        return -between(end, start, days)
    total, day = 0, start.date()
    while day <= end.date():
        if is_working(day, days):
            total += seconds_of(end, day) - seconds_of(start, day)
        day += dt.timedelta(1)
    return total


def add(start, seconds, days):
    """The earliest moment: walk the slots."""
    if seconds == 0:
        return start
    day = start.date()
    while True:
        midnight = dt.datetime(day.year, day.month, day.day)
        for begin, end in SLOTS if is_working(day, days) else []:
            first = max(start, midnight + dt.timedelta(seconds=begin))
            room = int((midnight + dt.timedelta(seconds=end) - first).total_seconds())
            if room >= seconds > 0:
                return first + dt.timedelta(seconds=seconds)
            seconds -= max(0, room)
        day += dt.timedelta(1)


def check_random(days, first, last, words, rounds):
    chance = random.Random(20210918)
    span = int((last - first).total_seconds())
    for _ in range(rounds):
        start = first + dt.timedelta(seconds=chance.randrange(span))
        end = first + dt.timedelta(seconds=chance.randrange(span)) if chance.random() < 0.5 else \
            start + dt.timedelta(seconds=chance.randrange(-400000, 400000))
        end = min(max(end, first), last)
        got = ask("between", str(start), end.isoformat() + "+08:00", "--seconds", *words)
        if got != str(between(start, end, days)):
            fail(f"between {start} {end}: {got}, not {between(start, end, days)}")
        seconds = chance.choice([0, 1, 3600, 4 * 3600, 8 * 3600, 15 * 28800, chance.randrange(1, 1000000)])
        wanted = add(start, seconds, days)
        if wanted < last:
            got = ask("add", start.isoformat(), str(seconds), *words)
            if got != wanted.isoformat() + "+08:00":
                fail(f"add {start} {seconds}: {got}, not {wanted}")


def check_built_in():
    with open("lib/refdata/data/calendar-china.json", encoding="utf-8") as file:
        days = listed_days([json.load(file)])
    check_random(days, dt.datetime(2021, 1, 1), dt.datetime(2026, 12, 31), [], 100)
    # The four odd days of September 2021, each by itself.
    for day, seconds in (("18", 28800), ("19", 0), ("20", 0), ("21", 0), ("22", 28800), ("25", 0), ("26", 28800)):
        got = ask("between", f"2021-09-{day}", f"2021-09-{int(day) + 1}", "--seconds")
        if got != str(seconds):
            fail(f"2021-09-{day}: {got}")


def check_questions():
    def expect(wanted, *words):
        got = ask(*words)
        if got != wanted:
            fail(f"{words}: {got}, not {wanted}")
    expect("2021-09-28T18:00:00+08:00", "due", "2021-09-17T17:00", "7", "--limit-kind", "workdays", "--start", "next_day")
    expect("2021-09-28T17:00:00+08:00", "due", "2021-09-17T17:00", "7", "--limit-kind", "工作日")
    expect("2021-09-17T19:00:00+08:00", "due", "2021-09-17T17:00", "2", "--limit-kind", "urgent_hours")
    expect("2021-09-17T15:00:00+08:00", "add", "2021-09-17 17:00", "-7200")
    expect("345600", "between", "2022-12-30", "2023-01-03", "--roster", "duty", "--seconds")
    expect("工作时：2:00:00（7200 秒）", "between", "2021-09-17 17:00", "2021-09-18 9:00")
    expect("Work hours: -2:00:00 (-7200 seconds)".lower(), "between", "2021-09-18 9:00", "2021-09-17 17:00", "--lang", "en")
    ask("between", "2030-01-01", "2030-02-01", status=3)
    ask("between", "2030-01-01", "2030-02-01", "--calendar", "weekends")
    ask("add", "2026-12-31", "99999999", status=3)
    for words in (["between", "2021-01-01"], ["between", "x", "y"], ["add", "2021-01-01", "5s"], ["sum", "1", "2"], ["add", "1", "2", "3"],
                  ["due", "2021-01-01", "-1"], ["add", "2021-01-01", "5", "--start", "moment"], ["add", "2021-01-01", "5", "--roster", "night"],
                  ["add", "2021-01-01", "5", "--calendar", "mars"], ["add", "2021-01-01", "5", "--limit-kind", "weeks"],
                  ["add", "2021-01-01", "5", "--json"], ["add", "2021-01-01", "99999999999999999999"]):
        ask(*words, status=2)


def check_files(work):
    def write(name, text):
        path = os.path.join(work, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path
    table = write("days.csv", "\ufeff日期,类别\n2031-10-01,休\n2031-10-11,班\n")
    if ask("between", "2031-10-01", "2031-10-12", "--calendar", table, "--seconds") != str(28800 * 8):
        fail("a calendar as a table")
    broken = write("broken.csv", "日期,类别\n2031-10-01,休\n2031-10-32,班\n")
    ask("between", "2031-10-01", "2031-10-12", "--calendar", broken, status=3)
    ask("between", "2031-10-01", "2031-10-12", "--calendar", write("none.json", "{}"), status=3)
    ask("between", "2031-10-01", "2031-10-12", "--calendar", table, "--calendar", os.path.join(work, "none.json"), status=2)
    ask("between", "2031-10-01", "2031-10-12", "--calendar", work, status=3)  # no file is named after a year
    folder = os.path.join(work, "years")
    os.mkdir(folder)
    write("years/2031.json", '{"year": 2031, "papers": [], "days": [{"name": "n", "date": "2031-10-01", "isOffDay": true}]}')
    write("years/2032.json", '{"year": 2032, "papers": [], "days": [{"name": "n", "date": "2031-12-31", "isOffDay": true}]}')
    write("years/schema.json", "{}")
    if ask("between", "2031-12-29", "2032-01-03", "--calendar", folder, "--seconds") != str(28800 * 4):
        fail("a folder of notices: the neighbour's day")
    night = write("night.json", '{"schema": "gridgov.roster/1", "name": "night", "slots": {"workday": ["20:00-24:00"], "makeup": []}}')
    if ask("between", "2021-09-17", "2021-09-20", "--roster", night, "--seconds") != str(4 * 3600):
        fail("a roster of one's own")
    ask("between", "2021-09-17", "2021-09-20", "--roster", write("bad.json", '{"schema": "gridgov.roster/1"}'), status=3)


def check_notices():
    folder = os.path.join(SHARED, "data", "holiday-cn")
    if not os.path.isdir(folder):
        print("skipped: official notices are not here")
        return
    names = [name for name in os.listdir(folder) if name[:4].isdigit() and name.endswith(".json")]
    documents = []
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            documents.append(json.load(file))
    days = listed_days(documents)
    check_random(days, dt.datetime(2020, 1, 1), dt.datetime(2026, 12, 31), ["--calendar", folder], 40)
    ask("between", "2012-05-01", "2012-06-01", "--calendar", folder, status=3)  # a year without a notice
    table = os.path.join(folder, "effective_days_2008_2026.csv")
    with open(table, encoding="utf-8") as file:
        truth = {dt.date.fromisoformat(row["date"]): row["is_workday"] == "1" for row in csv.DictReader(file)}
    for year in range(2008, 2027):
        for month in (1 + year % 3, 4 + year % 4, 9, 10 + year % 3):
            first = dt.date(year, month, 1)
            after = dt.date(year + month // 12, month % 12 + 1, 1)
            if after > dt.date(2026, 12, 31):
                continue
            wanted = sum(truth[first + dt.timedelta(i)] for i in range((after - first).days))
            got = ask("between", first.isoformat(), after.isoformat(), "--calendar", table, "--seconds")
            if got != str(wanted * 28800):
                fail(f"{first}: {got}, not {wanted} days")


check_built_in()
check_questions()
with tempfile.TemporaryDirectory() as work:
    check_files(work)
check_notices()
sys.exit(1 if failures else 0)
