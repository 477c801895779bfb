# SPDX-License-Identifier: Apache-2.0
"""Cases: what became of every event of a month, seen from a moment."""
import ctypes
import datetime
import functools
import json

from ._library import ErrorStruct, declared
from ._problems import checked

_HANDLE, _TEXT, _SIZE = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
_INT32, _INT64 = ctypes.c_int32, ctypes.c_int64
_OUT, _ERROR = ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ErrorStruct)
_KIND_FILTER = 39
_NONE = -1
_NO_TIME = -(1 << 63)


class _Options(ctypes.Structure):
    """``gridgov_caselist_options``."""

    _fields_ = [("struct_size", ctypes.c_uint32), ("utc_offset_minutes", _INT32), ("filters", ctypes.c_uint32),
                ("steps", _INT32), ("only", _INT64)]


_FUNCTIONS = {
    "month_cases": (_INT32, [_OUT, _HANDLE, _INT64, _INT64, _HANDLE, _HANDLE, _ERROR]),
    "month_utc_offset": (_INT32, [_HANDLE]),
    "cases_ledger": (_HANDLE, [_HANDLE]),
    "cases_free": (None, [_HANDLE]),
    "case_count": (_INT64, [_HANDLE]),
    "ledger_event_find": (_INT64, [_HANDLE, _TEXT, _SIZE]),
    "caselist_options_init": (None, [ctypes.POINTER(_Options), _SIZE]),
    "caselist_json": (_INT32, [_OUT, _HANDLE, ctypes.POINTER(_Options), _ERROR]),
    "caselist_csv": (_INT32, [_OUT, _HANDLE, ctypes.POINTER(_Options), _ERROR]),
    "time_parse": (_INT32, [ctypes.POINTER(_INT64), _TEXT, _SIZE, _INT32, _ERROR]),
    "day_parse": (_INT32, [ctypes.POINTER(_INT32), _TEXT, _SIZE, _ERROR]),
    "day_start": (_INT64, [_INT32, _INT32]),
}


@functools.lru_cache(maxsize=None)
def _library():
    return declared(_FUNCTIONS)


def _moment(moment, offset):
    """Seconds since 1970: of None none, of a number itself, of a datetime, of text; a date is the end of its day."""
    if moment is None:
        return _NO_TIME
    if isinstance(moment, int):
        return moment
    if isinstance(moment, datetime.datetime) and moment.tzinfo is not None:
        return int(moment.timestamp())
    lib, error, text = _library(), ErrorStruct(), str(moment).encode("utf-8")
    day, seconds = _INT32(), _INT64()
    if lib.gridgov_day_parse(ctypes.byref(day), text, len(text), None) == 0:
        return lib.gridgov_day_start(day.value + 1, offset) - 1
    checked(lib.gridgov_time_parse(ctypes.byref(seconds), text, len(text), offset, ctypes.byref(error)), error)
    return seconds.value


class Cases:
    """The cases of a month; made by :meth:`Month.cases`. It outlives the month.

    Filters are codes: ``"open"``, ``"closed"``, ``"suspended"``, ``"overdue"``, ``"differs"`` (our verdict is not the
    source's), ``"due"`` (an action is due), ``"refused"`` (has a step that is not allowed); several narrow the list
    further.
    """

    def __init__(self, month, at, known_by):
        self._cases, self._lib = None, _library()
        error, out = ErrorStruct(), ctypes.c_void_p()
        self._offset = self._lib.gridgov_month_utc_offset(month)
        checked(self._lib.gridgov_month_cases(ctypes.byref(out), month, _moment(at, self._offset),
                                              _moment(known_by, self._offset), None, None, ctypes.byref(error)), error)
        self._cases = out.value

    def close(self):
        """Free the cases. What they returned stays valid."""
        cases, self._cases = self._cases, None
        if cases is not None:
            self._lib.gridgov_cases_free(cases)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "_cases", None) is not None:
            self.close()

    def __len__(self):
        """Events, those not known yet included."""
        return self._lib.gridgov_case_count(self._open())

    def document(self, *filters):
        """The list as a dict (``gridgov.cases/1``): ``counts``, ``cases``, ``findings``."""
        return json.loads(self._text("json", self._options(filters)))

    def story(self, number):
        """One case as a dict with its ``steps``, ``clocks``, ``stages`` and ``actions``; KeyError if there is none."""
        text = str(number).encode("utf-8")
        index = self._lib.gridgov_ledger_event_find(self._lib.gridgov_cases_ledger(self._open()), text, len(text))
        if index == _NONE:
            raise KeyError(number)
        options = self._options(())
        options.only = index
        return json.loads(self._text("json", options))["cases"][0]

    def csv(self, *filters, steps=False):
        """The list as CSV bytes in the form of opening.csv, or its steps in that of opening_steps.csv."""
        options = self._options(filters)
        options.steps = int(steps)
        return self._text("csv", options)

    def _open(self):
        if self._cases is None:
            raise ValueError("the cases are closed")
        return self._cases

    def _options(self, filters):
        options, value = _Options(), _INT32()
        self._lib.gridgov_caselist_options_init(ctypes.byref(options), ctypes.sizeof(options))
        options.utc_offset_minutes = self._offset
        for name in filters:
            text = str(name).encode("utf-8")
            if self._lib.gridgov_code_value(ctypes.byref(value), _KIND_FILTER, text, len(text)) != 0:
                raise ValueError(f"{name!r} is no filter")
            options.filters |= 1 << value.value
        return options

    def _text(self, form, options):
        error, out, size = ErrorStruct(), ctypes.c_void_p(), _SIZE()
        make = getattr(self._lib, "gridgov_caselist_" + form)
        checked(make(ctypes.byref(out), self._open(), ctypes.byref(options), ctypes.byref(error)), error)
        try:
            data = self._lib.gridgov_bytes_data(out, ctypes.byref(size))
            return ctypes.string_at(data, size.value)
        finally:
            self._lib.gridgov_bytes_free(out)
