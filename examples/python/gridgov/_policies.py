# SPDX-License-Identifier: Apache-2.0
"""Policies as documents: in words, what is doubtful in one, what differs between two."""
import ctypes
import functools
import json

from ._library import ErrorStruct, declared
from ._problems import Issue, checked, language

_HANDLE, _TEXT, _SIZE = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
_INT32, _INT64 = ctypes.c_int32, ctypes.c_int64
_OUT, _ERROR = ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ErrorStruct)


class _LintOptions(ctypes.Structure):
    """``gridgov_lint_options``."""

    _fields_ = [("struct_size", ctypes.c_uint32), ("day", ctypes.c_int32), ("bars", _TEXT), ("bars_size", _SIZE)]


_FUNCTIONS = {
    "policy_open": (_INT32, [_OUT, _TEXT, _SIZE, _TEXT, _SIZE, _ERROR]),
    "policy_load": (_INT32, [_OUT, _TEXT, _SIZE, _TEXT, _SIZE, _HANDLE, _ERROR]),
    "policy_name": (_TEXT, [_HANDLE]),
    "policy_digest": (_TEXT, [_HANDLE]),
    "policy_text": (_INT32, [_OUT, _HANDLE, _INT32, _ERROR]),
    "policy_lint": (_INT32, [ctypes.POINTER(_INT64), _HANDLE, ctypes.POINTER(_LintOptions), _HANDLE, _ERROR]),
    "lint_options_init": (None, [ctypes.POINTER(_LintOptions), _SIZE]),
    "policy_compare": (_INT32, [_OUT, _HANDLE, _HANDLE, _INT32, _ERROR]),
    "policy_diff_json": (_INT32, [_OUT, _HANDLE, _ERROR]),
    "policy_diff_free": (None, [_HANDLE]),
    "policy_free": (None, [_HANDLE]),
    "day_parse": (_INT32, [ctypes.POINTER(_INT32), _TEXT, _SIZE, _ERROR]),
    "issues_new": (_INT32, [_OUT, _INT64, _ERROR]),
    "issues_at": (_INT32, [_ERROR, _HANDLE, _INT64]),
    "issues_free": (None, [_HANDLE]),
    "bytes_data": (_HANDLE, [_HANDLE, ctypes.POINTER(_SIZE)]),
    "bytes_free": (None, [_HANDLE]),
}


@functools.lru_cache(maxsize=None)
def _library():
    return declared(_FUNCTIONS)


def _taken(handle):
    """The text of an owned buffer, which is freed."""
    size = _SIZE()
    data = _library().gridgov_bytes_data(handle, ctypes.byref(size))
    text = ctypes.string_at(data, size.value).decode("utf-8")
    _library().gridgov_bytes_free(handle)
    return text


class Policy:
    """A policy: the name of a built-in one, a dict, JSON text, or the path of a file.

        policy = Policy("baiguan-2021", {"daily_distance_km": "2.5"})
        print(policy.text())
        for finding in policy.lint(day="2024-03-01"):
            print(finding.rule_code, finding.field, finding.text("zh"))
        for change in policy.changes(Policy("after-2024")):
            print(change["title"], change["before"], change["after"])
    """

    def __init__(self, policy, parameters=None):
        lib, handle, error = _library(), ctypes.c_void_p(), ErrorStruct()
        values = b"" if parameters is None else json.dumps(parameters).encode("utf-8")
        self._handle = None
        if isinstance(policy, str) and "{" not in policy:
            name = policy.encode("utf-8")
            status = lib.gridgov_policy_open(ctypes.byref(handle), name, len(name), values, len(values),
                                             ctypes.byref(error))
            if status == 0:
                self._handle = handle
                return
            try:
                with open(policy, "rb") as file:
                    data = file.read()
            except FileNotFoundError:
                checked(status, error)
                raise
        else:
            data = (policy if isinstance(policy, str) else json.dumps(policy, ensure_ascii=False)).encode("utf-8")
        checked(lib.gridgov_policy_load(ctypes.byref(handle), data, len(data), values, len(values), None,
                                        ctypes.byref(error)), error)
        self._handle = handle

    def __del__(self):
        if getattr(self, "_handle", None):
            _library().gridgov_policy_free(self._handle)

    @property
    def name(self):
        """Its short name."""
        return _library().gridgov_policy_name(self._handle).decode("utf-8")

    @property
    def digest(self):
        """SHA-256 over what it says, as hexadecimal digits."""
        return _library().gridgov_policy_digest(self._handle).decode("ascii")

    def text(self, lang="zh"):
        """The whole policy in words, as Markdown."""
        out, error = ctypes.c_void_p(), ErrorStruct()
        checked(_library().gridgov_policy_text(ctypes.byref(out), self._handle, language(lang), ctypes.byref(error)),
                error)
        return _taken(out)

    def lint(self, day=None, bars=None):
        """What is doubtful in it, as issues; ``day`` as ``"2024-03-01"``, ``bars`` a dict (gridgov.bars/1)."""
        lib, options, error = _library(), _LintOptions(), ErrorStruct()
        issues, count, found = ctypes.c_void_p(), _INT64(), []
        lib.gridgov_lint_options_init(ctypes.byref(options), ctypes.sizeof(options))
        if day is not None:
            number, word = _INT32(), str(day).encode("ascii")
            checked(lib.gridgov_day_parse(ctypes.byref(number), word, len(word), ctypes.byref(error)), error)
            options.day = number.value
        if bars is not None:
            data = json.dumps(bars, ensure_ascii=False).encode("utf-8")
            options.bars, options.bars_size = data, len(data)
        checked(lib.gridgov_issues_new(ctypes.byref(issues), 0, ctypes.byref(error)), error)
        try:
            checked(lib.gridgov_policy_lint(ctypes.byref(count), self._handle, ctypes.byref(options), issues,
                                            ctypes.byref(error)), error)
            while lib.gridgov_issues_at(ctypes.byref(error), issues, len(found)) == 0:
                found.append(Issue(error))
        finally:
            lib.gridgov_issues_free(issues)
        return found

    def changes(self, other, lang="zh"):
        """What differs in ``other``, clause by clause: dicts of change, place, title, before, after."""
        lib, diff, out, error = _library(), ctypes.c_void_p(), ctypes.c_void_p(), ErrorStruct()
        checked(lib.gridgov_policy_compare(ctypes.byref(diff), self._handle, other._handle, language(lang),
                                           ctypes.byref(error)), error)
        try:
            checked(lib.gridgov_policy_diff_json(ctypes.byref(out), diff, ctypes.byref(error)), error)
        finally:
            lib.gridgov_policy_diff_free(diff)
        return json.loads(_taken(out))["changes"]
