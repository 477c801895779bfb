# SPDX-License-Identifier: Apache-2.0
"""ctypes_smoke.py LIBRARY: the library as a host without a C compiler meets it: loaded by name, structs declared from
the manual, a failure read back."""
import ctypes
import sys


class Error(ctypes.Structure):
    _fields_ = [
        ("status", ctypes.c_int32),
        ("detail", ctypes.c_int32),
        ("row", ctypes.c_int64),
        ("column", ctypes.c_int32),
        ("rule", ctypes.c_int32),
        ("field", ctypes.c_char * 64),
        ("source", ctypes.c_char * 160),
        ("value", ctypes.c_char * 96),
        ("message", ctypes.c_char * 168),
    ]


def main():
    lib = ctypes.CDLL(sys.argv[1])
    lib.gridgov_version_text.restype = ctypes.c_char_p
    lib.gridgov_calendar_open.argtypes = [
        ctypes.POINTER(ctypes.c_void_p), ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(Error)]
    lib.gridgov_calendar_workdays.argtypes = [
        ctypes.POINTER(ctypes.c_int64), ctypes.c_void_p, ctypes.c_int32, ctypes.c_int32,
        ctypes.POINTER(Error)]
    lib.gridgov_calendar_free.argtypes = [ctypes.c_void_p]

    assert ctypes.sizeof(Error) == 512
    assert lib.gridgov_version_text().count(b".") == 2
    err = Error()
    calendar = ctypes.c_void_p(1)
    assert lib.gridgov_calendar_open(ctypes.byref(calendar), b"mars", 4, ctypes.byref(err)) == -22
    assert err.status == -22 and err.value == b"mars" and not calendar
    assert lib.gridgov_calendar_open(ctypes.byref(calendar), b"china", 5, ctypes.byref(err)) == 0
    days = ctypes.c_int64()
    september = 18871  # 2021-09-01
    assert lib.gridgov_calendar_workdays(
        ctypes.byref(days), calendar, september, september + 30, ctypes.byref(err)) == 0
    assert days.value == 22
    lib.gridgov_calendar_free(calendar)


main()
