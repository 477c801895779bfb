# SPDX-License-Identifier: Apache-2.0
"""Patrol tracks: position fixes in columns to seconds online and millimetres per officer and day."""
import array
import collections
import ctypes
import datetime
import functools

from ._library import ErrorStruct, declared
from ._problems import checked

_HANDLE, _TEXT, _SIZE = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
_INT32, _INT64 = ctypes.c_int32, ctypes.c_int64
_OUT, _ERROR = ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ErrorStruct)
_DATUMS = {"wgs84": 1, "cgcs2000": 1, "gcj02": 2, "bd09": 3}
_EPOCH = datetime.date(1970, 1, 1)

OfficerDay = collections.namedtuple("OfficerDay", "officer day fixes online_s distance_mm online fast_segments long_segments")
OfficerDay.__doc__ = "One officer and local day, as gridgov_track_day."


class _Options(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32)] + [(name, _INT32) for name in (
        "datum", "utc_offset_minutes", "gap_s", "lateness_s", "speed_max_mm_s", "accuracy_max_mm", "jitter_mm", "jump_mm",
        "minimum_online_s", "day_from", "day_to")] + [
        ("window_from", _INT32 * 4), ("window_to", _INT32 * 4), ("workers", _INT32), ("reserved", _INT32),
        ("spill_memory", _INT64), ("spill_folder", _TEXT)]


class _Columns(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("datum", _INT32), ("count", _INT64)] + [(name, ctypes.c_void_p) for name in (
        "officer_u32", "officer_i64", "officer_text", "officer_from", "officer_to", "at")] + [("time_add", _INT64)] + [
        (name, ctypes.c_void_p) for name in ("lat_e7", "lon_e7", "lat_degrees", "lon_degrees", "accuracy_mm", "speed_mm_s")]


class _Day(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("day", _INT32), ("officer", _TEXT), ("fixes", _INT64), ("online_s", _INT64),
                ("distance_mm", _INT64), ("fast_segments", _INT64), ("long_segments", _INT64), ("online", _INT32),
                ("reserved", _INT32)]


class _Summary(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("reserved", _INT32)] + [(name, _INT64) for name in (
        "read", "kept", "duplicates", "invalid", "inaccurate", "too_fast", "outside", "too_late", "late", "fast_segments",
        "long_segments", "officers", "days")]


_FUNCTIONS = {
    "track_options_init": (None, [ctypes.POINTER(_Options), _SIZE]),
    "track_options_load": (_INT32, [ctypes.POINTER(_Options), _TEXT, _SIZE, _HANDLE, _ERROR]),
    "tracks_new": (_INT32, [_OUT, ctypes.POINTER(_Options), _ERROR]),
    "tracks_add_columns": (_INT32, [_HANDLE, ctypes.POINTER(_Columns), _HANDLE, _ERROR]),
    "tracks_seal": (_INT32, [_HANDLE, _HANDLE, _HANDLE, _ERROR]),
    "tracks_summary": (_INT32, [ctypes.POINTER(_Summary), _HANDLE]),
    "tracks_day_count": (_INT64, [_HANDLE]),
    "tracks_day_at": (_INT32, [ctypes.POINTER(_Day), _HANDLE, _INT64]),
    "tracks_free": (None, [_HANDLE]),
}


@functools.lru_cache(maxsize=None)
def _library():
    return declared(_FUNCTIONS)


def _call(function, *arguments):
    error = ErrorStruct()
    checked(function(*arguments, ctypes.byref(error)), error)


def _address(values, formats, kept):
    """The address of a column that lies in memory as one of the formats, and which; nothing is copied."""
    view = memoryview(values)
    if view.ndim != 1 or not view.c_contiguous or view.format not in formats:
        raise ValueError(f"a column is contiguous and of the format {' or '.join(formats)}, not {view.format}")
    kept.append(view)
    if len(view) == 0:
        return None, view.format, 0
    whole = ctypes.c_char * view.nbytes
    buffer = whole.from_buffer_copy(view) if view.readonly else whole.from_buffer(view)
    kept.append(buffer)
    return ctypes.addressof(buffer), view.format, len(view)


class Tracks:
    """Fixes on their way to officer-days.

    ``rules``: text of a ``gridgov.tracks/1`` document, or None. Add columns (``array.array``, NumPy arrays, any contiguous
    buffer: nothing is copied from those that may be written to), then ask :meth:`days`.

        with Tracks() as tracks:
            tracks.add(array("I", [7, 7]), array("q", [1630888200, 1630888260]), lat=array("d", ...), lon=array("d", ...))
            for day in tracks.days():
                print(day.officer, day.day, day.online_s, day.distance_mm)
    """

    def __init__(self, rules=None, datum=None, workers=1, spill_folder=None):
        library = _library()
        options, self._handle, self._sealed = _Options(), _HANDLE(), False
        library.gridgov_track_options_init(ctypes.byref(options), ctypes.sizeof(options))
        if rules is not None:
            data = rules.encode("utf-8") if isinstance(rules, str) else rules
            _call(library.gridgov_track_options_load, ctypes.byref(options), data, len(data), None)
        if datum is not None:
            options.datum = _DATUMS[datum]
        options.workers = workers
        options.spill_folder = None if spill_folder is None else str(spill_folder).encode("utf-8")
        _call(library.gridgov_tracks_new, ctypes.byref(self._handle), ctypes.byref(options))

    def add(self, officer, at, lat, lon, time_add=0):
        """Add fixes. ``officer``: uint32 or int64 numbers, or a list of codes; ``at``: int64 seconds, to which ``time_add`` is
        added (−28800 for stamps in +08:00); ``lat``, ``lon``: both float64 degrees or both int32 in 1e-7 degrees."""
        kept, columns = [], _Columns(struct_size=ctypes.sizeof(_Columns), time_add=time_add)
        if isinstance(officer, (list, tuple)):
            codes = [str(code).encode("utf-8") for code in officer]
            text, bounds, end = b"".join(codes), array.array("I", [0]), 0
            for code in codes:
                end += len(code)
                bounds.append(end)
            buffer = ctypes.create_string_buffer(text, len(text) + 1)
            start, _, _ = _address(bounds, "I", kept)
            kept.append(buffer)
            columns.officer_text, columns.officer_from, columns.officer_to = ctypes.addressof(buffer), start, start + 4
            count = len(codes)
        else:
            address, form, count = _address(officer, "IqlL" if array.array("l").itemsize == 8 else "Iq", kept)
            setattr(columns, "officer_u32" if form == "I" else "officer_i64", address)
        columns.at, _, times = _address(at, "ql" if array.array("l").itemsize == 8 else "q", kept)
        for name, values in ("lat", lat), ("lon", lon):
            address, form, places = _address(values, "di", kept)
            setattr(columns, f"{name}_{'degrees' if form == 'd' else 'e7'}", address)
            if places != count:
                raise ValueError("columns of different lengths")
        if times != count:
            raise ValueError("columns of different lengths")
        columns.count = count
        _call(_library().gridgov_tracks_add_columns, self._handle, ctypes.byref(columns), None)

    def _seal(self):
        if not self._sealed:
            _call(_library().gridgov_tracks_seal, self._handle, None, None)
            self._sealed = True

    def days(self):
        """All officer-days, by officer and day. No fixes can be added after it."""
        self._seal()
        day, library = _Day(struct_size=ctypes.sizeof(_Day)), _library()
        for i in range(library.gridgov_tracks_day_count(self._handle)):
            library.gridgov_tracks_day_at(ctypes.byref(day), self._handle, i)
            yield OfficerDay(day.officer.decode("utf-8"), _EPOCH + datetime.timedelta(days=day.day), day.fixes, day.online_s,
                             day.distance_mm, bool(day.online), day.fast_segments, day.long_segments)

    def summary(self):
        """What became of all fixes, as a dictionary."""
        summary = _Summary(struct_size=ctypes.sizeof(_Summary))
        _library().gridgov_tracks_summary(ctypes.byref(summary), self._handle)
        return {name: getattr(summary, name) for name, _ in _Summary._fields_[2:]}

    def close(self):
        """Free the tracks; nothing can be asked afterwards."""
        handle, self._handle = self._handle, _HANDLE()
        _library().gridgov_tracks_free(handle)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "_handle", None):
            self.close()
