# SPDX-License-Identifier: Apache-2.0
"""Which header is understood how: the built-in mappings, and the header of a table."""
import ctypes
import functools
import json
import os

from ._library import ErrorStruct, declared
from ._problems import checked

_HANDLE, _TEXT, _SIZE = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
_INT32, _INT64, _UINT32 = ctypes.c_int32, ctypes.c_int64, ctypes.c_uint32
_OUT, _ERROR = ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ErrorStruct)
_COLUMNS_MOST = 4096


class _Pack(ctypes.Structure):
    """``gridgov_pack``."""

    _fields_ = [("struct_size", _UINT32), ("kind", _INT32), ("name", _TEXT), ("data", _HANDLE), ("size", _SIZE)]


class _Field(ctypes.Structure):
    """``gridgov_field``."""

    _fields_ = [("struct_size", _UINT32), ("required", _INT32), ("code", _TEXT), ("title_zh", _TEXT), ("title_en", _TEXT),
                ("aliases", _TEXT), ("kind", _INT32), ("reserved", _INT32)]


class _Header(ctypes.Structure):
    """``gridgov_header``."""

    _fields_ = [("struct_size", _UINT32), ("table", _INT32), ("row", _INT64), ("width", _INT64), ("found", _INT32),
                ("missing", _INT32), ("unused", _INT32), ("rows", _INT32)]


class _Csv(ctypes.Structure):
    """``gridgov_csv_options``."""

    _fields_ = [("struct_size", _UINT32), ("delimiter", _INT32), ("max_cell", _INT64), ("max_row", _INT64),
                ("max_columns", _INT64), ("max_rows", _INT64), ("source", _TEXT), ("encoding", _TEXT)]


_FUNCTIONS = {
    "pack_at": (_INT32, [ctypes.POINTER(_Pack), _INT64]),
    "field_at": (_INT32, [ctypes.POINTER(_Field), _INT32, _INT64]),
    "code_text": (_TEXT, [_INT32, _INT32]),
    "code_value": (_INT32, [ctypes.POINTER(_INT32), _INT32, _TEXT, _SIZE]),
    "csv_detect_file": (_INT32, [ctypes.POINTER(_Csv), _TEXT, _ERROR]),
    "csv_detect_bytes": (_INT32, [ctypes.POINTER(_Csv), _TEXT, _SIZE, _ERROR]),
    "mapping_load": (_INT32, [_OUT, _TEXT, _SIZE, _HANDLE, _ERROR]),
    "mapping_table": (_INT32, [_HANDLE]),
    "mapping_csv_options": (_INT32, [ctypes.POINTER(_Csv), _HANDLE]),
    "mapping_free": (None, [_HANDLE]),
    "rows_open_csv_file": (_INT32, [_OUT, _TEXT, ctypes.POINTER(_Csv), _ERROR]),
    "rows_open_csv_bytes": (_INT32, [_OUT, _TEXT, _SIZE, ctypes.POINTER(_Csv), _ERROR]),
    "rows_text": (_TEXT, [_HANDLE, _INT64, ctypes.POINTER(_SIZE)]),
    "rows_free": (None, [_HANDLE]),
    "header_find": (_INT32, [ctypes.POINTER(_Header), ctypes.POINTER(_INT32), _INT64, _HANDLE, _INT32, _HANDLE, _ERROR]),
}


@functools.lru_cache(maxsize=None)
def _library():
    return declared(_FUNCTIONS)


def _number(kind, code):
    value = _INT32()
    text = code.encode("utf-8")
    if _library().gridgov_code_value(ctypes.byref(value), kind, text, len(text)) != 0:
        raise ValueError(f"there is no {code}")
    return value.value


_KIND_TABLE, _KIND_PACK = 16, 17


def _packs(kind):
    """name → JSON bytes of the built-in documents of a kind, ``"mapping"``, ``"metrics"`` …"""
    pack, found, wanted = _Pack(struct_size=ctypes.sizeof(_Pack)), {}, _number(_KIND_PACK, kind)
    index = 0
    while _library().gridgov_pack_at(ctypes.byref(pack), index) == 0:
        if pack.kind == wanted:
            found[pack.name.decode("utf-8")] = ctypes.string_at(pack.data, pack.size)
        index += 1
    return found


def document(source, kind):
    """JSON bytes of a dict, of JSON text, of a built-in document by its name, or of the file at a path."""
    if isinstance(source, dict):
        return json.dumps(source, ensure_ascii=False).encode("utf-8")
    if isinstance(source, bytes):
        return source
    if isinstance(source, str) and source.lstrip().startswith("{"):
        return source.encode("utf-8")
    if isinstance(source, str) and source in _packs(kind):
        return _packs(kind)[source]
    with open(source, "rb") as file:
        return file.read()


def mappings():
    """name → document of the built-in mappings: ``mappings()["events"]["columns"]["id"]`` lists header names."""
    return {name: json.loads(data) for name, data in _packs("mapping").items()}


def header(source, table=None, mapping=None):
    """The header of a CSV table, as ``{"table", "row", "rows", "columns": [{"header", "field"}]}``.

    ``source``: CSV text as bytes, or a path. ``table``: ``"events"`` …, or ``None`` for whichever suits best. ``mapping``: a
    dict, JSON text, a path, or the name of a built-in one. ``field`` is ``None`` for a column that feeds nothing. Raises
    :class:`~gridgov.GridgovError` if no row would do.
    """
    library, err = _library(), ErrorStruct()
    rows, found = ctypes.c_void_p(), ctypes.c_void_p()
    options, out = _Csv(struct_size=ctypes.sizeof(_Csv)), _Header(struct_size=ctypes.sizeof(_Header))
    fields = (_INT32 * _COLUMNS_MOST)()
    number = 0 if table is None else _number(_KIND_TABLE, table)
    try:
        if mapping is not None:
            text = document(mapping, "mapping")
            checked(library.gridgov_mapping_load(ctypes.byref(found), text, len(text), None, ctypes.byref(err)), err)
            library.gridgov_mapping_csv_options(ctypes.byref(options), found)
            number = number or library.gridgov_mapping_table(found)
        if isinstance(source, bytes):
            checked(library.gridgov_csv_detect_bytes(ctypes.byref(options), source, len(source), ctypes.byref(err)), err)
            checked(library.gridgov_rows_open_csv_bytes(ctypes.byref(rows), source, len(source), ctypes.byref(options),
                                                        ctypes.byref(err)), err)
        else:
            path = os.fspath(source).encode("utf-8")
            checked(library.gridgov_csv_detect_file(ctypes.byref(options), path, ctypes.byref(err)), err)
            checked(library.gridgov_rows_open_csv_file(ctypes.byref(rows), path, ctypes.byref(options), ctypes.byref(err)), err)
        checked(library.gridgov_header_find(ctypes.byref(out), fields, _COLUMNS_MOST, rows, number, found, ctypes.byref(err)),
                err)
        columns, field = [], _Field(struct_size=ctypes.sizeof(_Field))
        for index in range(min(out.width, _COLUMNS_MOST)):
            known = fields[index] >= 0 and library.gridgov_field_at(ctypes.byref(field), out.table, fields[index]) == 0
            columns.append({"header": library.gridgov_rows_text(rows, index, None).decode("utf-8"),
                            "field": field.code.decode("utf-8") if known else None})
        return {"table": library.gridgov_code_text(_KIND_TABLE, out.table).decode("utf-8"), "row": out.row, "rows": out.rows,
                "columns": columns}
    finally:
        library.gridgov_rows_free(rows)
        library.gridgov_mapping_free(found)
