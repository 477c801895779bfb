# SPDX-License-Identifier: Apache-2.0
"""Find libgridgov.so, load it once, and declare the functions the package calls."""
import ctypes
import ctypes.util
import functools
import glob
import os

_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))


class LibraryNotFound(OSError):
    """No libgridgov.so was found, or the one found is not loadable or of another major version."""


class ErrorStruct(ctypes.Structure):
    """``gridgov_error``, whose layout of 512 bytes is a promise of the library."""

    _fields_ = [("status", ctypes.c_int32), ("detail", ctypes.c_int32), ("row", ctypes.c_int64),
                ("column", ctypes.c_int32), ("rule", ctypes.c_int32), ("field", ctypes.c_char * 64),
                ("source", ctypes.c_char * 160), ("value", ctypes.c_char * 96),
                ("message", ctypes.c_char * 168)]


class SummaryStruct(ctypes.Structure):
    """``gridgov_ingest_summary``."""

    _fields_ = [("struct_size", ctypes.c_uint32), ("table", ctypes.c_int32), ("read", ctypes.c_int64),
                ("added", ctypes.c_int64), ("replaced", ctypes.c_int64), ("skipped", ctypes.c_int64),
                ("excluded", ctypes.c_int64), ("digest", ctypes.c_char * 72)]


class RenderOptions(ctypes.Structure):
    """``gridgov_render_options``."""

    _fields_ = [("struct_size", ctypes.c_uint32), ("bom", ctypes.c_int32), ("table", ctypes.c_char_p)]


PROGRESS = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int64, ctypes.c_int64)

_HANDLE = ctypes.c_void_p
_OUT = ctypes.POINTER(ctypes.c_void_p)
_TEXT = ctypes.c_char_p
_SIZE = ctypes.c_size_t
_INT32 = ctypes.c_int32
_INT64 = ctypes.c_int64
_ERROR = ctypes.POINTER(ErrorStruct)

# Name without its prefix: result, arguments. A result of _INT32 named in STATUS below is a status.
_FUNCTIONS = {
    "version_text": (_TEXT, []),
    "version_number": (_INT32, []),
    "status_name": (_TEXT, [_INT32]),
    "rule_code": (_TEXT, [_INT32]),
    "rule_severity": (_INT32, [_INT32]),
    "error_text": (_SIZE, [_TEXT, _SIZE, _ERROR, _INT32]),
    "code_text": (_TEXT, [_INT32, _INT32]),
    "code_value": (_INT32, [ctypes.POINTER(_INT32), _INT32, _TEXT, _SIZE]),
    "issues_new": (_INT32, [_OUT, _INT64, _ERROR]),
    "issues_count": (_INT64, [_HANDLE]),
    "issues_dropped": (_INT64, [_HANDLE]),
    "issues_at": (_INT32, [_ERROR, _HANDLE, _INT64]),
    "issues_free": (None, [_HANDLE]),
    "bytes_data": (ctypes.c_void_p, [_HANDLE, ctypes.POINTER(_SIZE)]),
    "bytes_free": (None, [_HANDLE]),
    "job_new": (_INT32, [_OUT, _ERROR]),
    "job_on_progress": (_INT32, [_HANDLE, PROGRESS, ctypes.c_void_p]),
    "job_free": (None, [_HANDLE]),
    "month_new": (_INT32, [_OUT, _TEXT, _SIZE, _ERROR]),
    "month_set_table": (_INT32, [_HANDLE, _INT32, _TEXT, _SIZE, _TEXT, _ERROR]),
    "month_set_folder": (_INT32, [_HANDLE, _TEXT, _HANDLE, _ERROR]),
    "month_set_flat_file": (_INT32, [_HANDLE, _TEXT, _TEXT, _SIZE, _HANDLE, _ERROR]),
    "month_set_parameters": (_INT32, [_HANDLE, _TEXT, _SIZE, _HANDLE, _ERROR]),
    "month_set_policy": (_INT32, [_HANDLE, _TEXT, _SIZE, _HANDLE, _ERROR]),
    "month_set_view": (_INT32, [_HANDLE, _TEXT, _INT32, _ERROR]),
    "month_add_earlier": (_INT32, [_HANDLE, _HANDLE, _ERROR]),
    "month_run": (_INT32, [_HANDLE, _HANDLE, _HANDLE, _ERROR]),
    "month_excluded": (_INT64, [_HANDLE]),
    "month_summary": (_INT32, [ctypes.POINTER(SummaryStruct), _HANDLE, _INT32]),
    "month_bulletin": (_HANDLE, [_HANDLE]),
    "month_score_json": (_INT32, [_OUT, _HANDLE, _INT64, _ERROR]),
    "month_agencies_json": (_INT32, [_OUT, _HANDLE, _TEXT, _SIZE, _ERROR]),
    "month_find_grid": (_INT32, [ctypes.POINTER(_INT64), _HANDLE, _TEXT, _SIZE, _ERROR]),
    "month_compare": (_INT32, [ctypes.POINTER(_INT64), _HANDLE, _TEXT, _SIZE, _HANDLE, _ERROR]),
    "month_free": (None, [_HANDLE]),
    "render_bytes": (_INT32, [_OUT, _HANDLE, _INT32, ctypes.POINTER(RenderOptions), _ERROR]),
    "render_options_init": (None, [ctypes.POINTER(RenderOptions), _SIZE]),
}


def _candidates():
    """Where to look, best first."""
    named = os.environ.get("GRIDGOV_LIBRARY")
    if named:
        return [named]  # named outright: looking elsewhere would load something the user did not ask for
    found = []
    for pattern in ("build/lib", "build/*/lib", "build*/lib"):
        found += sorted(glob.glob(os.path.join(_ROOT, pattern, "libgridgov.so")))
    found = [path for path in found if "sanit" not in path]  # a sanitizer's runtime would end the process
    installed = ctypes.util.find_library("gridgov")
    if installed:
        found.append(installed)
    return found + ["libgridgov.so.0.1", "libgridgov.so"]


@functools.lru_cache(maxsize=None)
def library():
    """The loaded library with every function of the table above declared."""
    reasons = []
    for path in _candidates():
        try:
            loaded = ctypes.CDLL(path)
            for name, (result, arguments) in _FUNCTIONS.items():
                function = getattr(loaded, "gridgov_" + name)
                function.restype = result
                function.argtypes = arguments
        except (OSError, AttributeError) as problem:
            reasons.append(f"{path}: {problem}")
            continue
        if loaded.gridgov_version_number() // 1000000 != 0:
            reasons.append(f"{path}: version {loaded.gridgov_version_text().decode()} is not 0.x")
            continue
        return loaded
    raise LibraryNotFound("libgridgov.so was not found; set GRIDGOV_LIBRARY to its path\n  " +
                          "\n  ".join(reasons))


def declared(functions):
    """The loaded library, with the functions of a module's own table declared: the same form as ``_FUNCTIONS``."""
    loaded = library()
    for name, (result, arguments) in functions.items():
        function = getattr(loaded, "gridgov_" + name)
        function.restype = result
        function.argtypes = arguments
    return loaded


@functools.lru_cache(maxsize=None)
def office():
    """The component for Office files, from beside the library; :class:`LibraryNotFound` where it was not built."""
    core, reasons = library_path(), []
    folder, name = os.path.split(core)
    beside = os.path.join(folder, name.replace("libgridgov", "libgridgov-office", 1))
    for path in [os.environ.get("GRIDGOV_OFFICE_LIBRARY"), beside, "libgridgov-office.so.0.1", "libgridgov-office.so"]:
        try:
            if path:
                loaded = ctypes.CDLL(path)
                function = loaded.gridgov_month_set_workbook
                function.restype, function.argtypes = _INT32, [_HANDLE, _TEXT, ctypes.c_void_p, _HANDLE, _ERROR]
                function = loaded.gridgov_render_office_bytes
                function.restype, function.argtypes = _INT32, [_OUT, _HANDLE, _INT32, _ERROR]
                return loaded
        except (OSError, AttributeError) as problem:
            reasons.append(f"{path}: {problem}")
    raise LibraryNotFound("libgridgov-office.so was not found\n  " + "\n  ".join(reasons))


def library_path():
    """Path (or bare name) of the library in use."""
    return library()._name


def version():
    """Version of the library in use, ``"0.1.0"``."""
    return library().gridgov_version_text().decode()
