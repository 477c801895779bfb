# SPDX-License-Identifier: Apache-2.0
"""Tallies: cases counted from columns, without a copy, or from a file of any size."""
import ctypes
import functools

from ._library import ErrorStruct, SummaryStruct, declared
from ._mappings import document
from ._problems import checked

_HANDLE, _TEXT, _SIZE = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
_INT32, _INT64, _UINT32 = ctypes.c_int32, ctypes.c_int64, ctypes.c_uint32
_OUT, _ERROR = ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ErrorStruct)
_DIMENSIONS = {"grid": 1, "category": 2, "agency": 3, "total": 4}
_TIMES = ("reported_at", "accepted_at", "dispatched_at", "closed_at", "due_at", "dispatch_due_at")
_CODES = ("closed", "overdue", "disposition", "self_handled", "suspended", "closure_doubted")
_NAMES = ("unit", "category", "agency")


class _Columns(ctypes.Structure):
    _fields_ = ([("struct_size", _UINT32), ("opening", _INT32), ("count", _INT64)] +
                [(name, ctypes.c_void_p) for name in _TIMES + _CODES + _NAMES] +
                [(name + "_names", ctypes.POINTER(_TEXT)) for name in _NAMES] +
                [(name + "_name_count", _INT64) for name in _NAMES])


class _Options(ctypes.Structure):
    _fields_ = [("struct_size", _UINT32), ("utc_offset_minutes", _INT32), ("period_from", _INT64),
                ("period_to", _INT64), ("as_of", _INT64), ("known_by", _INT64)]


class _StreamOptions(ctypes.Structure):
    _fields_ = [("struct_size", _UINT32), ("workers", _INT32), ("portable", _INT32), ("found_units", _INT32),
                ("block_size", _INT64), ("max_names", _INT64)]


class _Row(ctypes.Structure):
    _fields_ = [("struct_size", _UINT32), ("known", _INT32), ("unit", _INT64), ("name", _TEXT), ("kind", _INT32),
                ("active", _INT32)]


class _Cell(ctypes.Structure):
    _fields_ = [("struct_size", _UINT32), ("state", _INT32), ("value", _INT64), ("reported", _INT64),
                ("missing", _INT64), ("origin", _INT32), ("reserved", _INT32)]


class _Metric(ctypes.Structure):
    _fields_ = [("struct_size", _UINT32), ("measure", _INT32), ("dimension", _INT32), ("configured", _INT32),
                ("dispositions", _UINT32), ("defects", _UINT32), ("minimum_minutes", _INT64),
                ("minimum_metres", _INT64), ("code", _TEXT)]


_FUNCTIONS = {
    "metrics_load": (_INT32, [_OUT, _TEXT, _SIZE, _HANDLE, _ERROR]),
    "metrics_at": (_INT32, [ctypes.POINTER(_Metric), _HANDLE, _INT64]),
    "metrics_free": (None, [_HANDLE]),
    "mapping_load": (_INT32, [_OUT, _TEXT, _SIZE, _HANDLE, _ERROR]),
    "mapping_free": (None, [_HANDLE]),
    "month_span": (_INT32, [ctypes.POINTER(_INT64), _TEXT, _SIZE, _INT32, _ERROR]),
    "tally_options_init": (None, [ctypes.POINTER(_Options), _SIZE]),
    "tally_new": (_INT32, [_OUT, _HANDLE, _HANDLE, ctypes.POINTER(_Options), _ERROR]),
    "tally_add_columns": (_INT32, [_HANDLE, ctypes.POINTER(_Columns), _HANDLE, _HANDLE, _ERROR]),
    "tally_add_file": (_INT32, [ctypes.POINTER(SummaryStruct), _HANDLE, _TEXT, _HANDLE, ctypes.POINTER(_StreamOptions),
                                _HANDLE, _HANDLE, _ERROR]),
    "tally_finish": (_INT32, [_OUT, _HANDLE, _HANDLE, _HANDLE, _ERROR]),
    "tally_free": (None, [_HANDLE]),
    "facts_row_count": (_INT64, [_HANDLE, _INT32]),
    "facts_row_at": (_INT32, [ctypes.POINTER(_Row), _HANDLE, _INT32, _INT64]),
    "facts_value": (_INT32, [ctypes.POINTER(_Cell), _HANDLE, _INT32, _INT64, _INT64]),
    "facts_free": (None, [_HANDLE]),
}


@functools.lru_cache(maxsize=None)


def _library():
    return declared(_FUNCTIONS)


def _pointer(values, size, name):
    """The address of a contiguous column of integers, and what keeps it alive; no copy is made."""
    view = memoryview(values).cast("B") if not isinstance(values, (list, tuple)) else None
    if view is None or memoryview(values).itemsize != size or not view.c_contiguous:
        raise ValueError(f"{name}: a column is contiguous and of {8 * size}-bit integers")
    if view.readonly:
        view = memoryview(bytearray(view))
    buffer = (ctypes.c_char * len(view)).from_buffer(view) if len(view) else ctypes.create_string_buffer(1)
    return ctypes.addressof(buffer), len(view) // size, buffer


class Tally:
    """Counts of one month (or any span of UTC seconds) by metrics: the name of built-in ones, a dict, JSON text, or a path.

    ``add_columns`` takes buffers (``array``, ``memoryview``, NumPy) as they are: times of 64-bit integers (UTC seconds,
    ``NO_TIME`` for none), codes of 8-bit ones, and ``unit``, ``category``, ``agency`` of 32-bit ones, indexes into
    ``names={"agency": [...]}``, −1 for none. ``add_file`` reads a CSV file with several workers at flat memory. ``counts``
    gives, for a dimension, name → {metric: count, or None where it is unknown}.
    """

    def __init__(self, metrics, month=None, span=None, utc_offset_minutes=480):
        library, err = _library(), ErrorStruct()
        self._tally, self._metrics = ctypes.c_void_p(), ctypes.c_void_p()
        options = _Options()
        library.gridgov_tally_options_init(ctypes.byref(options), ctypes.sizeof(options))
        options.utc_offset_minutes = utc_offset_minutes
        if month is not None:
            text, found = month.encode("utf-8"), (_INT64 * 2)()
            checked(library.gridgov_month_span(found, text, len(text), utc_offset_minutes, ctypes.byref(err)), err)
            span = found
        options.period_from, options.period_to = span
        text = document(metrics, "metrics")
        checked(library.gridgov_metrics_load(ctypes.byref(self._metrics), text, len(text), None, ctypes.byref(err)), err)
        checked(library.gridgov_tally_new(ctypes.byref(self._tally), self._metrics, None, ctypes.byref(options),
                                          ctypes.byref(err)), err)

    def add_columns(self, names=None, opening=False, **columns):
        """Count cases that stand in columns of one length; only ``reported_at`` is required."""
        library, err, kept = _library(), ErrorStruct(), []
        all_columns = _Columns(struct_size=ctypes.sizeof(_Columns), opening=int(opening), count=-1)
        for name, values in columns.items():
            size = 8 if name in _TIMES else 1 if name in _CODES else 4 if name in _NAMES else 0
            if size == 0:
                raise TypeError(f"there is no column {name}")
            address, count, buffer = _pointer(values, size, name)
            if all_columns.count not in (-1, count):
                raise ValueError(f"{name}: {count} values, others have {all_columns.count}")
            all_columns.count = count
            setattr(all_columns, name, address)
            kept.append(buffer)
        for name, texts in (names or {}).items():
            if name not in _NAMES:
                raise TypeError(f"there are no names of {name}")
            listed = (_TEXT * max(len(texts), 1))(*[text.encode("utf-8") for text in texts])
            setattr(all_columns, name + "_names", listed)
            setattr(all_columns, name + "_name_count", len(texts))
            kept.append(listed)
        checked(library.gridgov_tally_add_columns(self._tally, ctypes.byref(all_columns), None, None,
                                                  ctypes.byref(err)), err)

    def add_file(self, path, mapping=None, workers=1):
        """Count the rows of a CSV file; the numbers of rows read, counted, skipped and left out."""
        library, err, found = _library(), ErrorStruct(), ctypes.c_void_p()
        summary = SummaryStruct(struct_size=ctypes.sizeof(SummaryStruct))
        options = _StreamOptions(struct_size=ctypes.sizeof(_StreamOptions), workers=workers, found_units=1)
        if mapping is not None:
            text = document(mapping, "mapping")
            checked(library.gridgov_mapping_load(ctypes.byref(found), text, len(text), None, ctypes.byref(err)), err)
        try:
            checked(library.gridgov_tally_add_file(ctypes.byref(summary), self._tally, str(path).encode("utf-8"), found,
                                                   ctypes.byref(options), None, None, ctypes.byref(err)), err)
        finally:
            library.gridgov_mapping_free(found)
        return {name: getattr(summary, name) for name in ("read", "added", "skipped", "excluded")}

    def counts(self, dimension):
        """name → {metric: count or None} of ``"grid"``, ``"category"``, ``"agency"`` or ``"total"``."""
        library, err, facts = _library(), ErrorStruct(), ctypes.c_void_p()
        checked(library.gridgov_tally_finish(ctypes.byref(facts), self._tally, None, None, ctypes.byref(err)), err)
        number, result = _DIMENSIONS[dimension], {}
        row, cell = _Row(struct_size=ctypes.sizeof(_Row)), _Cell(struct_size=ctypes.sizeof(_Cell))
        metric, metrics = _Metric(struct_size=ctypes.sizeof(_Metric)), {}
        while library.gridgov_metrics_at(ctypes.byref(metric), self._metrics, len(metrics)) == 0:
            metrics[len(metrics)] = (metric.code.decode("utf-8"), metric.dimension)
        for i in range(library.gridgov_facts_row_count(facts, number)):
            library.gridgov_facts_row_at(ctypes.byref(row), facts, number, i)
            values = result.setdefault(row.name.decode("utf-8"), {})
            for index, (code, of) in metrics.items():
                if of == number:
                    library.gridgov_facts_value(ctypes.byref(cell), facts, number, i, index)
                    values[code] = cell.value if cell.state == 2 else None
        library.gridgov_facts_free(facts)
        return result

    def close(self):
        """Give the tally back; calling it again does nothing."""
        _library().gridgov_tally_free(self._tally)
        _library().gridgov_metrics_free(self._metrics)
        self._tally, self._metrics = ctypes.c_void_p(), ctypes.c_void_p()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
