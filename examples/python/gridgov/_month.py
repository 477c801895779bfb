# SPDX-License-Identifier: Apache-2.0
"""The month: tables in, scorecards and a bulletin out."""
import ctypes
import json
import os

from ._cases import Cases
from ._library import PROGRESS, ErrorStruct, RenderOptions, SummaryStruct, library, office
from ._mappings import document
from ._problems import Issue, checked, language

_KIND_TABLE = 16
_NONE = -1
_FORMATS = {"md": 1, "markdown": 1, "html": 2, "json": 3}
_CSV = 4
_OFFICE_FORMATS = {"docx": 5, "xlsx": 6}
_ISSUES_KEPT = 100000


def _bytes(text):
    """UTF-8 bytes of text; bytes stay as they are."""
    return text if isinstance(text, bytes) else str(text).encode("utf-8")


def _document(document):
    """JSON bytes of a dict, of JSON text, or of the file at a path."""
    if isinstance(document, dict):
        return json.dumps(document, ensure_ascii=False).encode("utf-8")
    if isinstance(document, bytes):
        return document
    if isinstance(document, str) and document.lstrip().startswith("{"):
        return document.encode("utf-8")
    with open(document, "rb") as file:
        return file.read()


class Month:
    """One month of one office.

    Give it rows (:meth:`folder`, :meth:`flat` or :meth:`table`), perhaps a policy, parameters and a view,
    :meth:`run` it once, then ask. The setters return the month, so they chain. Every failure raises
    :class:`~gridgov.GridgovError`; after a failed run a month cannot be run again. Use it as a context
    manager, or call :meth:`close`; both may happen more than once.
    """

    def __init__(self, month):
        """``month``: ``"2021-09"``."""
        self._month = self._issues = None
        self._lib = library()
        error, out, text = ErrorStruct(), ctypes.c_void_p(), _bytes(month)
        checked(self._lib.gridgov_month_new(ctypes.byref(out), text, len(text), ctypes.byref(error)), error)
        self._month = out.value
        checked(self._lib.gridgov_issues_new(ctypes.byref(out), _ISSUES_KEPT, ctypes.byref(error)), error)
        self._issues = out.value

    # Life

    def close(self):
        """Free the month. What it returned stays valid."""
        month, self._month = self._month, None
        issues, self._issues = self._issues, None
        if month is not None:
            self._lib.gridgov_month_free(month)
        if issues is not None:
            self._lib.gridgov_issues_free(issues)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "_lib", None) is not None:
            self.close()

    # Rows in

    def folder(self, path):
        """Every table of a month folder, with its parameters.json and policy.json."""
        return self._set("set_folder", os.fsencode(path), self._issues)

    def workbook(self, path):
        """Every table of one XLSX or XLS workbook, and its sheet 总览 as the parameters; needs libgridgov-office.so."""
        error = ErrorStruct()
        checked(office().gridgov_month_set_workbook(self._open(), os.fsencode(path), None, self._issues,
                                                    ctypes.byref(error)), error)
        return self

    def table(self, name, csv, source=None):
        """One table as CSV text or UTF-8 bytes with a header row.

        ``name`` is its code (``"events"``) or Chinese title; ``source`` names it in messages.
        """
        data = _bytes(csv)
        label = None if source is None else _bytes(source)
        return self._set("set_table", self._code(_KIND_TABLE, name), data, len(data), label)

    def flat(self, path, mapping):
        """One flat export of events and the mapping that reads it: a built-in one's name, a dict, JSON text, or a path."""
        text = document(mapping, "mapping")
        return self._set("set_flat_file", os.fsencode(path), text, len(text), self._issues)

    def policy(self, policy):
        """The policy: name of a built-in one, a dict, JSON text, or a path object (:class:`os.PathLike`)."""
        text = _bytes(policy) if isinstance(policy, str) else _document(policy)
        return self._set("set_policy", text, len(text), self._issues)

    def parameters(self, parameters):
        """Parameters (``gridgov.parameters/1``): a dict, JSON text, or a path."""
        text = _document(parameters)
        return self._set("set_parameters", text, len(text), self._issues)

    def view(self, as_of=None, lang="zh"):
        """The cut-off (``"2021-09-30"``; None: the end of the month) and the language of documents."""
        return self._set("set_view", None if as_of is None else _bytes(as_of), language(lang))

    # Work

    def earlier(self, month):
        """The month before, which has run, for rules that look at several months; called again, the one before that."""
        error = ErrorStruct()
        checked(self._lib.gridgov_month_add_earlier(self._open(), month._open(), ctypes.byref(error)), error)
        return self

    def run(self, progress=None):
        """Load, count, score and compose; returns every :class:`~gridgov.Issue` so far.

        ``progress(stage, done, total)`` is called now and then (``total`` is −1 if unknown); a true result
        cancels the run. An exception in it cancels too and is raised again here.
        """
        if progress is None:
            self._set("run", self._issues, None)
            return self.issues
        raised, error, job = [], ErrorStruct(), ctypes.c_void_p()

        def tick(_user, stage, done, total):
            try:
                return 1 if progress(stage.decode("ascii", "replace"), done, total) else 0
            except BaseException as problem:  # must not travel through C
                raised.append(problem)
                return 1

        callback = PROGRESS(tick)
        checked(self._lib.gridgov_job_new(ctypes.byref(job), ctypes.byref(error)), error)
        try:
            self._lib.gridgov_job_on_progress(job, callback, None)
            status = self._lib.gridgov_month_run(self._open(), self._issues, job, ctypes.byref(error))
        finally:
            self._lib.gridgov_job_free(job)
        if raised:
            raise raised[0]
        checked(status, error)
        return self.issues

    # Results out

    @property
    def issues(self):
        """Every issue so far, in order."""
        self._open()
        return self._collect(self._issues)

    @property
    def excluded(self):
        """Rows left out because of a problem, over all tables."""
        return self._lib.gridgov_month_excluded(self._open())

    def summary(self, table):
        """What became of a table's rows, as a dict; None if the table was not given."""
        summary = SummaryStruct(struct_size=ctypes.sizeof(SummaryStruct))
        status = self._lib.gridgov_month_summary(ctypes.byref(summary), self._open(),
                                                 self._code(_KIND_TABLE, table))
        if self._lib.gridgov_status_name(status) == b"ENOTFOUND":
            return None
        checked(status, ErrorStruct())
        names = ("read", "added", "replaced", "skipped", "excluded")
        return {**{name: getattr(summary, name) for name in names}, "digest": summary.digest.decode()}

    def find_grid(self, text):
        """Index of the grid that a code, a name or ``"unit/grid"`` names."""
        error, unit, name = ErrorStruct(), ctypes.c_int64(), _bytes(text)
        checked(self._lib.gridgov_month_find_grid(ctypes.byref(unit), self._open(), name, len(name),
                                                  ctypes.byref(error)), error)
        return unit.value

    def score_json(self, grid=None):
        """The scorecards as JSON bytes (``gridgov.scorecards/1``): all, or those of one grid."""
        unit = _NONE if grid is None else self.find_grid(grid)
        error, out = ErrorStruct(), ctypes.c_void_p()
        status = self._lib.gridgov_month_score_json(ctypes.byref(out), self._open(), unit, ctypes.byref(error))
        return self._take(status, out, error)

    def scorecards(self, grid=None):
        """The scorecards as a list of dicts, in published order: all, or that of one grid.

        A card has ``unit``, ``grid``, ``code``, ``total`` (as printed, ``"99"``), ``total_milli`` (thousandths of a
        point), ``out_of_milli``, ``bonus``, ``unexplained`` and ``lines``, one an indicator. What was not
        assessed is None, which is neither 0 nor full marks.
        """
        return json.loads(self.score_json(grid))["grids"]

    def agencies(self, metrics="cityops"):
        """What the agencies had to do with the month's cases, as a dict (``gridgov.agencies/1``).

        ``metrics`` is the name of a built-in pack, or a metrics document as a dict, text or bytes. Each agency has
        ``metrics``, ``ratios`` and ``composites``; a number that is not applicable or unknown is None, with its state
        beside it. ``accounts`` are the books of every holder and category, which balance; ``handovers`` say between
        whom cases went.
        """
        error, out = ErrorStruct(), ctypes.c_void_p()
        text = _document(metrics) if isinstance(metrics, dict) else _bytes(metrics)
        status = self._lib.gridgov_month_agencies_json(ctypes.byref(out), self._open(), text, len(text),
                                                       ctypes.byref(error))
        return json.loads(self._take(status, out, error))

    def cases(self, at=None, known_by=None):
        """What became of every event: the :class:`~gridgov.Cases` at a moment.

        ``at``: what had happened by then (None: the month's cut-off); ``known_by``: what had been recorded by then
        (None: the same). Text (``"2021-09-30"`` is the end of that day), seconds since 1970, or an aware datetime.
        """
        return Cases(self._open(), at, known_by)

    def bulletin(self, format="html"):
        """The bulletin as bytes: ``"html"``, ``"md"``, ``"json"``; ``"docx"`` and ``"xlsx"`` need libgridgov-office.so."""
        if format in _OFFICE_FORMATS:
            error, out = ErrorStruct(), ctypes.c_void_p()
            status = office().gridgov_render_office_bytes(ctypes.byref(out), self._rendered(), _OFFICE_FORMATS[format],
                                                          ctypes.byref(error))
            return self._take(status, out, error)
        if format not in _FORMATS:
            raise ValueError(f"format {format!r} is none of {', '.join(sorted([*_FORMATS, *_OFFICE_FORMATS]))}")
        return self._render(_FORMATS[format], None)

    def table_csv(self, code, bom=True):
        """One table of the bulletin as CSV bytes: ``"categories"``, ``"agencies"`` or ``"grids"``."""
        options = RenderOptions(struct_size=ctypes.sizeof(RenderOptions))
        self._lib.gridgov_render_options_init(ctypes.byref(options), ctypes.sizeof(options))
        options.bom, options.table = int(bom), _bytes(code)
        return self._render(_CSV, ctypes.byref(options))

    def compare(self, previous):
        """One issue for each pin that differs from an earlier bulletin.json (bytes or text)."""
        error, text, differing = ErrorStruct(), _bytes(previous), ctypes.c_int64()
        found = ctypes.c_void_p()
        month = self._open()
        checked(self._lib.gridgov_issues_new(ctypes.byref(found), _ISSUES_KEPT, ctypes.byref(error)), error)
        try:
            checked(self._lib.gridgov_month_compare(ctypes.byref(differing), month, text, len(text), found,
                                                    ctypes.byref(error)), error)
            return self._collect(found)
        finally:
            self._lib.gridgov_issues_free(found)

    # Helpers

    def _open(self):
        if self._month is None:
            raise ValueError("the month is closed")
        return self._month

    def _set(self, name, *arguments):
        error, month = ErrorStruct(), self._open()
        checked(getattr(self._lib, "gridgov_month_" + name)(month, *arguments, ctypes.byref(error)), error)
        return self

    def _code(self, kind, text):
        value, name = ctypes.c_int32(), _bytes(text)
        if self._lib.gridgov_code_value(ctypes.byref(value), kind, name, len(name)) != 0:
            raise ValueError(f"no table is called {text!r}")
        return value.value

    def _collect(self, issues):
        struct, found = ErrorStruct(), []
        while self._lib.gridgov_issues_at(ctypes.byref(struct), issues, len(found)) == 0:
            found.append(Issue(struct))
        return found

    def _render(self, format, options):
        error, out = ErrorStruct(), ctypes.c_void_p()
        status = self._lib.gridgov_render_bytes(ctypes.byref(out), self._rendered(), format, options,
                                                ctypes.byref(error))
        return self._take(status, out, error)

    def _rendered(self):
        """The handle of the bulletin that renderers take."""
        bulletin = self._lib.gridgov_month_bulletin(self._open())
        if bulletin is None:
            raise ValueError("the month has not been run")
        return bulletin

    def _take(self, status, out, error):
        """Copy a buffer of the library and free it."""
        checked(status, error)
        try:
            size = ctypes.c_size_t()
            data = self._lib.gridgov_bytes_data(out, ctypes.byref(size))
            return ctypes.string_at(data, size.value)
        finally:
            self._lib.gridgov_bytes_free(out)
