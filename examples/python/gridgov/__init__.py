# SPDX-License-Identifier: Apache-2.0
"""gridgov from Python: rows of a month in, scorecards and a bulletin out.

    from gridgov import Month

    with Month("2021-09") as month:
        month.folder("examples/data/baiguan-2021-09")
        for issue in month.run():
            print(issue)
        for card in month.scorecards():
            print(card)
        page = month.bulletin("html")

The package is a thin layer over ``libgridgov.so`` by way of ctypes and needs nothing but the standard library
(Python 3.8 or later). The library is looked for, in this order, at the path in the environment variable
``GRIDGOV_LIBRARY``, in the build folders of the source tree this file stands in, and where the dynamic
linker finds ``libgridgov.so``. It is loaded at the first call that needs it, not at import.

A :class:`Month` may be used by one thread at a time; different months may be used by different threads at once, and
long calls do not hold Python's lock. What a call returns is a copy and outlives the month.
"""
from ._cases import Cases
from ._library import LibraryNotFound, library_path, version
from ._mappings import header, mappings
from ._month import Month
from ._policies import Policy
from ._problems import GridgovError, Issue
from ._tally import Tally
from ._tracks import OfficerDay, Tracks
from ._why import certificate, explain, replay
from ._worktime import NO_TIME, Roster

__all__ = ["NO_TIME", "Cases", "GridgovError", "Issue", "LibraryNotFound", "Month", "OfficerDay", "Policy", "Roster",
           "Tally", "Tracks", "certificate", "explain", "header", "library_path", "mappings", "replay", "version"]
