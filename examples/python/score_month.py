#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Score a month folder: python3 score_month.py ../data/baiguan-2021-09 2021-09"""
import sys

from gridgov import GridgovError, Month

folder, period = sys.argv[1:3]
try:
    with Month(period) as month:
        for issue in month.folder(folder).run():
            print(issue.text("zh"), file=sys.stderr)
        for card in month.scorecards():
            print(card["unit"], card["grid"], card["total"])
        with open("bulletin.html", "wb") as page:
            page.write(month.bulletin("html"))
except GridgovError as problem:
    sys.exit(problem.text("zh"))
