# SPDX-License-Identifier: Apache-2.0
"""Problems: the exception of a failed call, and the issue that did not stop one."""
import ctypes

from ._library import ErrorStruct, library

_LANGUAGES = {"zh": 0, "en": 1}
_SEVERITIES = {0: "note", 1: "warning", 2: "error"}
_TEXT_SIZE = 1024


def language(name):
    """The library's number of ``"zh"`` or ``"en"``."""
    try:
        return _LANGUAGES[name]
    except KeyError:
        raise ValueError(f'language {name!r} is neither "zh" nor "en"') from None


class Issue:
    """One problem, with all the library knows about it.

    status    name of the status code, ``"EDATA"``
    code      its number, negative
    detail    errno or another library's number; 0 if none
    severity  ``"note"``, ``"warning"`` (kept but doubtful) or ``"error"`` (a row was excluded)
    rule      permanent number of the rule that was broken; 0 if none
    rule_code its stable name, ``"bad-time"``; ``""`` if none
    source    file or table
    row       row of the table, the header is row 1; 0 if none
    column    column of the table, from 1; 0 if none
    field     field, or JSON pointer
    value     the offending value
    message   one English line without the position
    """

    def __init__(self, struct):
        lib = library()
        self._struct = ErrorStruct.from_buffer_copy(struct)
        self.code = struct.status
        self.status = lib.gridgov_status_name(struct.status).decode()
        self.detail = struct.detail
        self.severity = _SEVERITIES.get(lib.gridgov_rule_severity(struct.rule), "error")
        self.rule = struct.rule
        self.rule_code = (lib.gridgov_rule_code(struct.rule) or b"").decode()
        self.source = struct.source.decode("utf-8", "replace")
        self.row = struct.row
        self.column = struct.column
        self.field = struct.field.decode("utf-8", "replace")
        self.value = struct.value.decode("utf-8", "replace")
        self.message = struct.message.decode("utf-8", "replace")

    def text(self, lang="en"):
        """One line with position, in Chinese (``"zh"``) or English."""
        buffer = ctypes.create_string_buffer(_TEXT_SIZE)
        library().gridgov_error_text(buffer, _TEXT_SIZE, ctypes.byref(self._struct), language(lang))
        return buffer.value.decode("utf-8", "replace")

    def __str__(self):
        return self.text()

    def __repr__(self):
        return f"<{type(self).__name__} {self.status} {self.severity}: {self.text()}>"


class GridgovError(Issue, Exception):
    """A call failed. Has every attribute of :class:`Issue`."""

    def __init__(self, struct):
        Issue.__init__(self, struct)
        Exception.__init__(self, self.text())


def checked(status, struct):
    """Raise what a call reported; returns for done."""
    if status >= 0:
        return
    if struct.status == 0:  # a call that has no error struct of its own
        struct.status = status
        struct.message = library().gridgov_status_name(status)
    raise GridgovError(struct)
