# SPDX-License-Identifier: Apache-2.0
"""gridgov tracks against a recount in Python with Vincenty's geodesics; late rows, a folder to sort in, datums, a month folder with
fixes.csv, and what is refused."""
import collections
import csv
import datetime as dt
import json
import math
import os
import random
import signal
import subprocess
import tempfile

COMMAND = os.environ["GRIDGOV_COMMAND"]
ZONE = dt.timezone(dt.timedelta(hours=8))
failures = 0
random.seed(20240301)


def check(truth, text):
    global failures
    if not truth:
        failures += 1
        print("FAIL:", text)


def run(*words, status=0):
    done = subprocess.run([COMMAND, *words], capture_output=True, text=True, env={**os.environ, "LANG": "C", "LC_ALL": "C"})
    check(done.returncode == status, f"{words} gave {done.returncode}, not {status}: {done.stderr}")
    return done


def vincenty(lat1, lon1, lat2, lon2):
    a, f = 6378137.0, 1 / 298.257223563
    b = a * (1 - f)
    u1, u2 = (math.atan((1 - f) * math.tan(math.radians(x))) for x in (lat1, lat2))
    turn = lam = math.radians(lon2 - lon1)
    for _ in range(100):
        x, y = math.cos(u2) * math.sin(lam), math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam)
        sin_s = math.hypot(x, y)
        if sin_s == 0:
            return 0.0
        cos_s = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        s = math.atan2(sin_s, cos_s)
        sin_a = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_s
        c2 = 1 - sin_a * sin_a
        m = cos_s - 2 * math.sin(u1) * math.sin(u2) / c2 if c2 else 0
        c = f / 16 * c2 * (4 + f * (4 - 3 * c2))
        before = lam
        lam = turn + (1 - c) * f * sin_a * (s + c * sin_s * (m + c * cos_s * (2 * m * m - 1)))
        if abs(lam - before) < 1e-14:
            break
    v = c2 * (a * a - b * b) / (b * b)
    k1 = (math.sqrt(1 + v) - 1) / (math.sqrt(1 + v) + 1)
    big_a, big_b = (1 + k1 * k1 / 4) / (1 - k1), k1 * (1 - 3 * k1 * k1 / 8)
    d = big_b * sin_s * (m + big_b / 4 * (cos_s * (2 * m * m - 1) - big_b / 6 * m * (4 * sin_s**2 - 3) * (4 * m * m - 3)))
    return b * big_a * (s - d)


def make(officers, days):
    """(arrival, officer, seconds local, lat, lon), at most ten minutes late."""
    rows = []
    for i in range(officers):
        lat, lon = 30.0 + i / 100, 120.87
        for day in range(days):
            t = 8 * 3600 + random.randrange(3600)
            while t < 11 * 3600:
                late = random.randrange(601) if random.random() < 0.1 else 0
                rows.append((day * 86400 + t + late, f"WG{i:03}", day * 86400 + t, round(lat, 6), round(lon, 6)))
                t += random.choice([20, 60, 60, 60, 290, 300, 301, 1200])
                lat += random.uniform(-2e-4, 2e-4)
                lon += random.uniform(-2e-4, 2e-4)
    rows.sort()
    return rows


def recount(rows):
    tracks = collections.defaultdict(list)
    for _, officer, t, lat, lon in rows:
        tracks[officer].append((t, lat, lon))
    days = {}
    for officer, fixes in tracks.items():
        fixes.sort()
        for i, (t, lat, lon) in enumerate(fixes):
            day = days.setdefault((officer, t // 86400), [0, 0, 0.0, 0])
            day[0] += 1
            if i and t - fixes[i - 1][0] <= 300 and t // 86400 == fixes[i - 1][0] // 86400:
                day[1] += t - fixes[i - 1][0]
                day[2] += 1000 * vincenty(*fixes[i - 1][1:], lat, lon)
                day[3] += 1
    return days


def stamp(t):
    return (dt.datetime(2021, 9, 6) + dt.timedelta(seconds=t)).strftime("%Y-%m-%d %H:%M:%S")


def write(path, rows, header="工号,定位时间,经度,纬度"):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(header + "\n")
        for _, officer, t, lat, lon in rows:
            file.write(f"{officer},{stamp(t)},{lon:.6f},{lat:.6f}\n")


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compare(path, expected):
    got = read(path)
    check([(r["officer"], r["day"]) for r in got] == sorted((o, stamp(d * 86400)[:10]) for o, d in expected), "officers and days")
    for row in got:
        key = (row["officer"], (dt.date.fromisoformat(row["day"]) - dt.date(2021, 9, 6)).days)
        fixes, seconds, mm, segments = expected[key]
        check(int(row["fixes"]) == fixes and int(row["online_s"]) == seconds, f"{row} is not {expected[key]}")
        check(abs(int(row["distance_mm"]) - mm) <= 0.51 * segments + 0.01, f"{row}: {mm} mm")


with tempfile.TemporaryDirectory() as folder:
    def at(name):
        return os.path.join(folder, name)

    rows = make(12, 3)
    expected = recount(rows)
    write(at("fixes.csv"), rows)
    for workers in "1", "2", "3":
        done = run("tracks", at("fixes.csv"), "--workers", workers, "-o", at(f"days{workers}.csv"))
        check("officer-days" in done.stderr, done.stderr)
    compare(at("days1.csv"), expected)
    whole = open(at("days1.csv"), "rb").read()
    for name in "days2.csv", "days3.csv":
        check(open(at(name), "rb").read() == whole, name)
    check(run("tracks", at("fixes.csv")).stdout.encode() == whole, "stdout")

    # Two files are one, and any order with a folder gives the same bytes.
    write(at("a.csv"), rows[:500])
    write(at("b.csv"), rows[500:], "officer,at,lon,lat")
    run("tracks", at("a.csv"), at("b.csv"), "-o", at("two.csv"))
    check(open(at("two.csv"), "rb").read() == whole, "two files")
    shuffled = rows[:]
    random.shuffle(shuffled)
    write(at("shuffled.csv"), shuffled)
    os.mkdir(at("spill"))
    run("tracks", at("shuffled.csv"), "--spill", at("spill"), "-o", at("sorted.csv"))
    check(open(at("sorted.csv"), "rb").read() == whole, "sorted in a folder")
    check(os.listdir(at("spill")) == [], "the folder is empty afterwards")
    done = run("tracks", at("shuffled.csv"), "--strict", "-o", at("none.csv"), status=1)
    check("too" not in done.stdout and "600 s late" in done.stderr and not os.path.exists(at("none.csv")), done.stderr)

    # The same fixes as other systems write them: delimiters, encodings, quotes, clocks, names and units of columns.
    def local(t):
        return dt.datetime(2021, 9, 6) + dt.timedelta(seconds=t)

    def epoch(t):
        return int(local(t).replace(tzinfo=ZONE).timestamp())

    def other(name, header, cells, delimiter=",", encoding="utf-8", mapping=None, quote=""):
        lines = [delimiter.join(quote + cell + quote for cell in header)] if header else []
        lines += [delimiter.join(quote + cell + quote for cell in cells(*row[1:])) for row in rows]
        with open(at(name), "w", encoding=encoding, newline="") as file:
            file.write("\n".join(lines) + "\n")
        words = ["tracks", at(name)]
        if mapping is not None:
            with open(at("mapping.json"), "w", encoding="utf-8") as file:
                json.dump({"schema": "gridgov.mapping/1", "table": "fixes", **mapping}, file)
            words += ["--mapping", at("mapping.json")]
        check(run(*words).stdout.encode() == whole, f"{name} gives other days")

    def plain(officer, t, lat, lon):
        return officer, stamp(t), f"{lon:.6f}", f"{lat:.6f}"

    other("semicolon.csv", ["巡查员", "采集时间", "经度(度)", "纬度(°)"], plain, ";", "gb18030")
    other("tab.tsv", ["taxi_id", "date_time", "Longitude", "Latitude"], plain, "\t")
    other("bar.csv", ["device_id", "timestamp", "lng", "lat"], plain, "|", quote='"')
    other("utc.csv", ["lat", "LON", "user_id", "note", "time"], lambda o, t, y, x: (
        f"{y:+.12f}", f"{x:.15f}", o, '"a, ""b"" c"', (local(t) - dt.timedelta(hours=8)).isoformat() + ".75Z"))
    other("units.csv", ["officer", "at", "lon", "lat", "accuracy", "速度(m/s)"], lambda o, t, y, x: (
        *plain(o, t, y, x)[:2], f"{x:.6f}°", f"{y:.6f}", "", "1.25"))
    other("hemisphere.csv", ["officer", "at", "lon", "lat"], lambda o, t, y, x: (o, stamp(t), f"{x:.6f}E", f"N {y:.6f}"))
    other("unix.csv", ["officer", "at", "lon", "lat"], lambda o, t, y, x: (o, f"{epoch(t)}.999", f"{x:.6f}", f"{y:.6f}"),
          mapping={"time_forms": ["unix"]})
    other("milliseconds.csv", ["k", "ms", "x7", "y7"], lambda o, t, y, x: (
        o, str(epoch(t) * 1000 + 999), str(round(x * 10**7)), str(round(y * 10**7))), mapping={
            "time_forms": ["unix_ms"], "columns": {
                "officer": "k", "at": "ms", "lon": {"column": "x7", "unit": "e7"}, "lat": {"column": "y7", "unit": "e7"}}})
    other("american.csv", ["id", "when", "x", "y"], lambda o, t, y, x: (
        o, local(t).strftime("%m/%d/%Y %I:%M:%S %p"), f"{x:.6f}", f"{y:.6f}"), mapping={
            "time_forms": ["%m/%d/%Y %I:%M:%S %p"], "columns": {"officer": 1, "at": 2, "lon": 3, "lat": 4}})

    numbered = {"columns": {"officer": 1, "at": 2, "lon": 3, "lat": 4}}
    other("headless.csv", None, plain, mapping=numbered)
    other("headed.csv", ["a", "b", "c", "d"], plain, mapping=numbered)
    with open(at("south.csv"), "w", encoding="utf-8") as file:
        file.write("officer,at,lon,lat\n1,2021-09-06 08:00:00,58.4W,S34.6\n1,2021-09-06 08:01:00,-58.4,-34.601\n"
                   "1,2021-09-06 08:02:00,58.4N,34.6S\n1,2021-09-06 08:02:00,58.4W,-34.6S\n1,2021-09-06 08:02:00,W,1\n")
    done = run("tracks", at("south.csv"))
    check(done.stdout.splitlines()[1:] == ["1,2021-09-06,2,60,110933"], done.stdout)
    check(done.stderr.count("error:") == 3, done.stderr)

    # A datum shifts places by hundreds of metres, but lengths hardly.
    run("tracks", at("fixes.csv"), "--datum", "高德", "-o", at("gcj.csv"))
    for plain, moved in zip(read(at("days1.csv")), read(at("gcj.csv"))):
        a, b = int(plain["distance_mm"]), int(moved["distance_mm"])
        check(plain["online_s"] == moved["online_s"] and (a == b == 0 or 0 < abs(a - b) < a / 50 + 100), f"{plain} {moved}")

    # Refused, and nothing written.
    open(at("rules.json"), "w").write('{"schema": "gridgov.tracks/1", "gap": 5}')
    run("tracks", at("fixes.csv"), "--policy", at("rules.json"), status=3)
    run("tracks", at("fixes.csv"), "--datum", "mars", status=2)
    run("tracks", at("fixes.csv"), "--spill", at("nowhere"), status=3)
    run("tracks", at("fixes.csv"), "-o", at("no/such/folder.csv"), status=4)
    run("tracks", status=2)
    open(at("bad.csv"), "wb").write(b"officer,at,lon,lat\n1,2021-09-05T08:00:00,1,\xff\n")
    run("tracks", at("fixes.csv"), at("bad.csv"), "-o", at("none.csv"), status=3)
    check(not os.path.exists(at("none.csv")) and not os.path.exists(at("none.csv.gridgov-tmp")), "nothing written")

    # A month folder: raw fixes give the bulletin that patrol_days.csv made of them gives.
    for month in "raw", "given":
        os.mkdir(at(month))
        open(os.path.join(at(month), "units.csv"), "w", encoding="utf-8").write(
            "单位,网格\n甲社区,一网格\n" + "".join(f"甲社区,{i}网格\n" for i in range(2, 13)))
        open(os.path.join(at(month), "officers.csv"), "w", encoding="utf-8").write(
            "工号,网格\n" + "".join(f"WG{i:03},{'一' if i == 0 else i + 1}网格\n" for i in range(12)))
    write(os.path.join(at("raw"), "fixes.csv"), shuffled)
    with open(os.path.join(at("given"), "patrol_days.csv"), "w", encoding="utf-8") as file:
        file.write("工号,日期,在线时长(分钟),巡查里程(公里)\n")
        for row in read(at("days1.csv")):
            metres = (int(row["distance_mm"]) + 500) // 1000
            file.write(f"{row['officer']},{row['day']},{int(row['online_s']) // 60},{metres // 1000}.{metres % 1000:03}\n")
    both = [run("score", at(month), "--month", "2021-09", "--csv").stdout for month in ("raw", "given")]
    check(both[0] == both[1] and "甲社区" in both[0], "fixes.csv and patrol_days.csv differ")

    # Ctrl-C in the middle of a source that never ends.
    os.mkfifo(at("pipe.csv"))
    endless = subprocess.Popen([COMMAND, "tracks", at("pipe.csv"), "-o", at("cut.csv")], stderr=subprocess.DEVNULL)
    with open(at("pipe.csv"), "w", encoding="utf-8") as pipe:
        pipe.write("工号,定位时间,经度,纬度\n")
        try:
            for i in range(3_000_000):
                pipe.write(f"7,{stamp(i % 86400)},120.87,30.01\n")
                if i == 20000:
                    pipe.flush()
                    endless.send_signal(signal.SIGINT)
        except BrokenPipeError:
            pass
        try:
            pipe.close()
        except BrokenPipeError:
            pass
    check(endless.wait() == 130, f"Ctrl-C gave {endless.returncode}")
    check(not [name for name in os.listdir(folder) if name.startswith("cut.csv")], "something was left behind")

    # GPX, where the command reads it; else it says what it cannot do.
    with open(at("WG9.gpx"), "w", encoding="utf-8") as file:
        file.write('<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>' + "".join(
            f'<trkpt lat="30.{i:04}" lon="120.87"><time>2021-09-06T00:0{i}:00Z</time></trkpt>' for i in range(5)) +
            "</trkseg></trk></gpx>")
    done = subprocess.run([COMMAND, "tracks", at("WG9.gpx")], capture_output=True, text=True)
    lines = done.stdout.splitlines()
    check(done.returncode == 3 or (len(lines) == 2 and lines[1].startswith("WG9,2021-09-06,5,240,443")), done.stdout + done.stderr)

raise SystemExit(1 if failures else 0)
