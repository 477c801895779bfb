# SPDX-License-Identifier: Apache-2.0
"""Working time: how much a limit counts between two moments, and when it runs out."""
import array
import ctypes
import datetime
import functools
import os

from ._library import ErrorStruct, declared
from ._problems import checked

_HANDLE, _TEXT, _SIZE = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
_INT32, _INT64 = ctypes.c_int32, ctypes.c_int64
_OUT, _ERROR, _COLUMN = ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ErrorStruct), ctypes.POINTER(ctypes.c_int64)
_KIND_LIMIT, _KIND_START = 27, 28
NO_TIME = -(1 << 63)

_FUNCTIONS = {
    "calendar_open": (_INT32, [_OUT, _TEXT, _SIZE, _ERROR]),
    "calendar_load": (_INT32, [_OUT, _TEXT, _SIZE, _HANDLE, _ERROR]),
    "calendar_new": (_INT32, [_OUT, _TEXT, _SIZE, _ERROR]),
    "calendar_seal": (_INT32, [_HANDLE, _ERROR]),
    "calendar_free": (None, [_HANDLE]),
    "calendar_load_notices": (_INT32, [_OUT, _TEXT, _SIZE, ctypes.POINTER(_TEXT), ctypes.POINTER(_SIZE), _INT64, _HANDLE, _ERROR]),
    "rows_open_csv_bytes": (_INT32, [_OUT, _TEXT, _SIZE, _HANDLE, _ERROR]),
    "rows_free": (None, [_HANDLE]),
    "ingest_calendar": (_INT32, [_HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _ERROR]),
    "roster_open": (_INT32, [_OUT, _HANDLE, _TEXT, _SIZE, _ERROR]),
    "roster_load": (_INT32, [_OUT, _HANDLE, _TEXT, _SIZE, _HANDLE, _ERROR]),
    "roster_digest": (_TEXT, [_HANDLE]),
    "roster_utc_offset": (_INT32, [_HANDLE]),
    "roster_free": (None, [_HANDLE]),
    "worktime_between": (_INT32, [_COLUMN, _HANDLE, _INT32, _INT64, _INT64, _ERROR]),
    "worktime_add": (_INT32, [_COLUMN, _HANDLE, _INT32, _INT64, _INT64, _ERROR]),
    "worktime_due": (_INT32, [_COLUMN, _HANDLE, _INT32, _INT64, _INT32, _INT64, _ERROR]),
    "worktime_between_column": (_INT32, [_COLUMN, _COLUMN, _HANDLE, _INT32, _COLUMN, _COLUMN, _INT64, _ERROR]),
    "worktime_add_column": (_INT32, [_COLUMN, _COLUMN, _HANDLE, _INT32, _COLUMN, _COLUMN, _INT64, _ERROR]),
}


@functools.lru_cache(maxsize=None)
def _library():
    return declared(_FUNCTIONS)


def _code(kind, text):
    value, data = _INT32(), str(text).encode("utf-8")
    if _library().gridgov_code_value(ctypes.byref(value), kind, data, len(data)) != 0:
        raise ValueError(f"{text!r} is no such code")
    return value.value


def _data(document):
    """The bytes of a document: text, bytes, or the file at a path."""
    if isinstance(document, bytes):
        return document
    if isinstance(document, str) and ("{" in document or "\n" in document):
        return document.encode("utf-8")
    with open(document, "rb") as file:
        return file.read()


def _column(values):
    """An int64 column, without a copy where the values are one already (array("q"), a NumPy int64 array)."""
    view = memoryview(values if hasattr(values, "__buffer__") or isinstance(values, (array.array, memoryview)) or
                      hasattr(values, "__array_interface__") else array.array("q", values))
    if view.itemsize != 8 or view.format not in ("q", "l") or not view.c_contiguous:
        raise ValueError("a column is contiguous and of 64-bit integers")
    if view.readonly:
        view = memoryview(array.array("q", view))
    return (_INT64 * len(view)).from_buffer(view) if len(view) else (_INT64 * 0)()


class Roster:
    """When somebody works: a calendar and the slots of each kind of day.

    ``calendar``: a built-in one (``"china"``, ``"weekends"``), the path or text of a ``gridgov.calendar/1`` document or of a table
    ``calendar.csv``, or a list of yearly notices in the form of holiday-cn. ``roster``: ``"office"``, ``"duty"``, or the path or
    text of a ``gridgov.roster/1`` document. Moments are aware :class:`datetime.datetime`, naive ones in the roster's zone, or UTC
    seconds; a roster is immutable and may be used by several threads.
    """

    def __init__(self, roster="office", calendar="china"):
        self._roster = None
        self._lib = _library()
        handle = self._open_calendar(calendar)
        try:
            self._roster = self._open_roster(handle, roster)
        finally:
            self._lib.gridgov_calendar_free(handle)

    def _made(self, function, *arguments):
        error, out = ErrorStruct(), ctypes.c_void_p()
        checked(function(ctypes.byref(out), *arguments, ctypes.byref(error)), error)
        return out.value

    def _open_calendar(self, calendar):
        lib = self._lib
        if isinstance(calendar, (list, tuple)):
            texts = [_data(notice) for notice in calendar]
            return self._made(lib.gridgov_calendar_load_notices, b"notices", 7, (_TEXT * len(texts))(*texts),
                              (_SIZE * len(texts))(*map(len, texts)), len(texts), None)
        if isinstance(calendar, str) and "\n" not in calendar and "{" not in calendar and not os.path.exists(calendar):
            name = calendar.encode("utf-8")
            return self._made(lib.gridgov_calendar_open, name, len(name))
        data = _data(calendar)
        if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
            return self._made(lib.gridgov_calendar_load, data, len(data), None)
        return self._read_table(data)

    def _read_table(self, data):
        """A calendar with a row that cannot be read would have a hole, so the first such row raises."""
        lib, error, issue = self._lib, ErrorStruct(), ErrorStruct()
        handle = self._made(lib.gridgov_calendar_new, b"table", 5)
        rows = issues = None
        try:
            rows = self._made(lib.gridgov_rows_open_csv_bytes, data, len(data), None)
            issues = self._made(lib.gridgov_issues_new, 0)
            checked(lib.gridgov_ingest_calendar(None, handle, rows, None, issues, None, ctypes.byref(error)), error)
            for index in range(lib.gridgov_issues_count(issues)):
                lib.gridgov_issues_at(ctypes.byref(issue), issues, index)
                if lib.gridgov_rule_severity(issue.rule) == 2:
                    checked(issue.status, issue)
            checked(lib.gridgov_calendar_seal(handle, ctypes.byref(error)), error)
        except BaseException:
            lib.gridgov_calendar_free(handle)
            raise
        finally:
            lib.gridgov_rows_free(rows)
            lib.gridgov_issues_free(issues)
        return handle

    def _open_roster(self, calendar, roster):
        if isinstance(roster, str) and "{" not in roster and not os.path.exists(roster):
            name = roster.encode("utf-8")
            return self._made(self._lib.gridgov_roster_open, calendar, name, len(name))
        data = _data(roster)
        return self._made(self._lib.gridgov_roster_load, calendar, data, len(data), None)

    def close(self):
        """Free the roster; twice does no harm."""
        roster, self._roster = self._roster, None
        if roster is not None:
            self._lib.gridgov_roster_free(roster)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "_lib", None) is not None:
            self.close()

    @property
    def digest(self):
        """SHA-256 over calendar, zone and slots."""
        return self._lib.gridgov_roster_digest(self._roster).decode()

    @property
    def zone(self):
        """The roster's zone."""
        return datetime.timezone(datetime.timedelta(minutes=self._lib.gridgov_roster_utc_offset(self._roster)))

    def _seconds(self, moment):
        if isinstance(moment, datetime.datetime):
            aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=self.zone)
            return (aware - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) // datetime.timedelta(seconds=1)
        return int(moment)

    def _asked(self, function, limit, *numbers):
        error, out = ErrorStruct(), _INT64()
        checked(function(ctypes.byref(out), self._roster, _code(_KIND_LIMIT, limit), *numbers, ctypes.byref(error)), error)
        return out.value

    def _moment(self, seconds):
        return datetime.datetime.fromtimestamp(0, self.zone) + datetime.timedelta(seconds=seconds)

    def between(self, start, end, limit="work_hours"):
        """Seconds that a limit counts between two moments; below zero if the second is the earlier one."""
        return self._asked(self._lib.gridgov_worktime_between, limit, self._seconds(start), self._seconds(end))

    def add(self, start, seconds, limit="work_hours"):
        """The earliest moment that lies so many counted seconds after another."""
        return self._moment(self._asked(self._lib.gridgov_worktime_add, limit, self._seconds(start), seconds))

    def due(self, start, count, limit="workdays", begins="moment"):
        """When a limit of so many units runs out; ``begins``: ``"moment"``, ``"same_day"`` or ``"next_day"``."""
        return self._moment(self._asked(self._lib.gridgov_worktime_due, limit, count, _code(_KIND_START, begins),
                                        self._seconds(start)))

    def between_column(self, starts, ends, limit="work_hours"):
        """:meth:`between` for columns of UTC seconds: an ``array("q")``, :data:`NO_TIME` where it is not evaluable."""
        return self._columns(self._lib.gridgov_worktime_between_column, limit, starts, ends)

    def add_column(self, starts, seconds, limit="work_hours"):
        """:meth:`add` for columns: UTC seconds, :data:`NO_TIME` where it is not evaluable."""
        return self._columns(self._lib.gridgov_worktime_add_column, limit, starts, seconds)

    def _columns(self, function, limit, first, second):
        first, second = _column(first), _column(second)
        if len(first) != len(second):
            raise ValueError("columns are of one length")
        result, error = array.array("q", bytes(8 * len(first))), ErrorStruct()
        checked(function(_column(result), None, self._roster, _code(_KIND_LIMIT, limit), first, second, len(first),
                         ctypes.byref(error)), error)
        return result
