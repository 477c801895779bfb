# SPDX-License-Identifier: Apache-2.0
"""Why a grid has its points, what another policy would give, and certificates: over months that have run."""
import contextlib
import ctypes
import json

from ._library import ErrorStruct, declared
from ._problems import checked, language

_H, _INT32, _INT64, _SIZE = ctypes.c_void_p, ctypes.c_int32, ctypes.c_int64, ctypes.c_size_t
_OUT, _ERROR = ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ErrorStruct)


class _ReplayOptions(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("rescale", _INT32), ("without", ctypes.POINTER(ctypes.c_char_p)),
                ("without_count", _INT64)]


_FUNCTIONS = {
    "month_scorecards": (_H, [_H]),
    "month_facts": (_H, [_H]),
    "scorecards_find": (_INT64, [_H, _INT64]),
    "scorecards_policy": (_H, [_H]),
    "explain": (_INT32, [_OUT, _H, _INT64, _H, _INT32, _H, _ERROR]),
    "explanation_json": (_INT32, [_OUT, _H, _ERROR]),
    "explanation_free": (None, [_H]),
    "certificate_make": (_INT32, [_OUT, ctypes.c_char_p, _H, _INT64, _H, _H, _ERROR]),
    "policy_open": (_INT32, [_OUT, ctypes.c_char_p, _SIZE, ctypes.c_char_p, _SIZE, _ERROR]),
    "policy_load": (_INT32, [_OUT, ctypes.c_char_p, _SIZE, ctypes.c_char_p, _SIZE, _H, _ERROR]),
    "policy_free": (None, [_H]),
    "replay_options_init": (None, [ctypes.POINTER(_ReplayOptions), _SIZE]),
    "replay_run": (_INT32, [_OUT, ctypes.POINTER(_H), _INT64, ctypes.POINTER(_H), _INT64,
                            ctypes.POINTER(_ReplayOptions), _H, _ERROR]),
    "replay_json": (_INT32, [_OUT, _H, _ERROR]),
    "replay_free": (None, [_H]),
}


def _card(month, grid):
    """The library, the month's cards and the index of a grid's card."""
    library = declared(_FUNCTIONS)
    unit = month.find_grid(grid)
    cards = library.gridgov_month_scorecards(month._open())
    card = library.gridgov_scorecards_find(cards, unit)
    if card < 0:
        raise ValueError(f"grid {grid!r} has no score in the period")
    return library, cards, card


def explain(month, grid, lang="zh"):
    """Why a grid of a month that has run has its points, as a dict (``gridgov.explain/1``): ``lines`` with rule, clause,
    observation, threshold, points and evidence; ``base`` and the points of the lines add up to ``total``."""
    library, cards, card = _card(month, grid)
    error, out, text = ErrorStruct(), ctypes.c_void_p(), ctypes.c_void_p()
    checked(library.gridgov_explain(ctypes.byref(out), cards, card, None, language(lang), None, ctypes.byref(error)), error)
    try:
        status = library.gridgov_explanation_json(ctypes.byref(text), out, ctypes.byref(error))
        return json.loads(month._take(status, text, error))
    finally:
        library.gridgov_explanation_free(out)


def certificate(month, grid):
    """The certificate of a grid of a month that has run, as bytes (``gridgov.certificate/1``)."""
    library, cards, card = _card(month, grid)
    error, out = ErrorStruct(), ctypes.c_void_p()
    status = library.gridgov_certificate_make(ctypes.byref(out), None, cards, card, None, None, ctypes.byref(error))
    return month._take(status, out, error)


@contextlib.contextmanager
def _policy(library, policy, parameters):
    """A policy by name, or from a dict or JSON text."""
    error, out = ErrorStruct(), ctypes.c_void_p()
    values = json.dumps(parameters or {}).encode("utf-8")
    is_document = not isinstance(policy, str) or policy.lstrip().startswith("{")
    text = (json.dumps(policy, ensure_ascii=False) if isinstance(policy, dict) else policy).encode("utf-8")
    arguments = [ctypes.byref(out), text, len(text), values, len(values)]
    status = (library.gridgov_policy_load(*arguments, None, ctypes.byref(error)) if is_document
              else library.gridgov_policy_open(*arguments, ctypes.byref(error)))
    checked(status, error)
    try:
        yield out.value
    finally:
        library.gridgov_policy_free(out)


def replay(months, against=None, parameters=None, without=(), rescale=False):
    """Months that have run under another policy, as a dict (``gridgov.replay/1``): what differs, and why.

    ``against`` is the name of a built-in policy, a dict or JSON text, with its ``parameters``; None: the policy of the
    first month. ``without`` are codes of groups or indicators to take out of it. ``rescale``: totals are scaled to the
    full marks instead of standing out of fewer points; the bonus is kept either way."""
    library, months = declared(_FUNCTIONS), list(months)
    first = library.gridgov_scorecards_policy(library.gridgov_month_scorecards(months[0]._open()))
    facts = (_H * len(months))(*[library.gridgov_month_facts(month._open()) for month in months])
    codes = (ctypes.c_char_p * len(without))(*[code.encode("utf-8") for code in without])
    options = _ReplayOptions(struct_size=ctypes.sizeof(_ReplayOptions))
    library.gridgov_replay_options_init(ctypes.byref(options), ctypes.sizeof(options))
    options.rescale, options.without_count = int(rescale), len(without)
    options.without = ctypes.cast(codes, ctypes.POINTER(ctypes.c_char_p))
    with contextlib.nullcontext(first) if against is None else _policy(library, against, parameters) as other:
        error, out, text = ErrorStruct(), ctypes.c_void_p(), ctypes.c_void_p()
        policies = (_H * 2)(first, other)
        checked(library.gridgov_replay_run(ctypes.byref(out), facts, len(months), policies, 2, ctypes.byref(options), None,
                                           ctypes.byref(error)), error)
        try:
            status = library.gridgov_replay_json(ctypes.byref(text), out, ctypes.byref(error))
            return json.loads(months[0]._take(status, text, error))
        finally:
            library.gridgov_replay_free(out)
