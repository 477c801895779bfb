/* SPDX-License-Identifier: Apache-2.0 */
/* Units, agencies and officers. Agencies and officers are added row by row. Rows of units wait
 * until the table has been read, because a parent may stand below its child; then they are added
 * kind by kind from the top down, those of one kind in the order of the table.
 *
 * A parent is looked for from the nearest higher kind upwards, so that a grid called like its
 * community does not stand in the way. Who stands above an agency is looked for at the end, too. In
 * the short form (单位, 网格) a unit that does not exist yet becomes a community, below the only
 * street if there is exactly one. */
#include "loader.h"

#include "base/error.h"

#include <string.h>

/* A row that waits. */
struct gg_waiting_unit {
    int64_t row;
    int64_t index; /* of an agency that has been added and whose superior, the parent, waits */
    const char *name, *code, *parent; /* owned by the arena; "" if empty */
    gridgov_day from, to;
    int32_t kind;
};

static const char *keep(gg_loader *load, gg_str text) {
    return gg_arena_text(&load->arena, text.data, text.size);
}

static gridgov_status add_unit(gg_loader *load, const gridgov_unit *unit, int64_t *index) {
    return gridgov_units_add(index, load->target, unit, &load->cells.problem);
}

static gridgov_status read_dates(gg_cells *cells, int from_field, int to_field, gridgov_day *from,
                                 gridgov_day *to) {
    GG_TRY(gg_cells_day(cells, from_field, GG_OPTIONAL, 0, from));
    return gg_cells_day_after(cells, to_field, GG_OPTIONAL, to);
}

/* Name and parent in the long form. */
static gridgov_status read_long(gg_loader *load, struct gg_waiting_unit *unit) {
    gg_str name, parent;
    GG_TRY(gg_cells_code(&load->cells, GG_UNITS_KIND, GG_REQUIRED, &unit->kind));
    GG_TRY(gg_cells_text(&load->cells, GG_UNITS_NAME, GG_REQUIRED, &name));
    GG_TRY(gg_cells_name(&load->cells, GG_UNITS_PARENT, &parent));
    unit->name = keep(load, name);
    unit->parent = keep(load, parent);
    return GRIDGOV_OK;
}

/* Name and parent in the short form; an empty unit continues the one above. */
static gridgov_status read_short(gg_loader *load, struct gg_waiting_unit *unit) {
    gg_str above, grid;
    GG_TRY(gg_cells_text(&load->cells, GG_UNITS_UNIT, GG_OPTIONAL, &above));
    GG_TRY(gg_cells_text(&load->cells, GG_UNITS_GRID, above.size == 0, &grid));
    if (above.size > 0) {
        load->unit_above = keep(load, above);
        if (load->unit_above == NULL) {
            return gg_fail_memory(&load->cells.problem);
        }
    } else if (load->unit_above == NULL && gg_cells_has(&load->cells, GG_UNITS_UNIT)) {
        return gg_cells_fail(&load->cells, GG_RULE_CELL_EMPTY, GG_UNITS_UNIT, above, NULL);
    }
    unit->kind = GRIDGOV_UNIT_GRID;
    unit->name = keep(load, grid);
    unit->parent = load->unit_above == NULL ? "" : load->unit_above;
    return GRIDGOV_OK;
}

static gridgov_status read_unit(gg_loader *load) {
    struct gg_waiting_unit unit = {.row = gridgov_rows_number(load->rows)};
    gg_str code;
    load->outcome = GG_ROW_WAITS;
    GG_TRY(gg_cells_has(&load->cells, GG_UNITS_KIND) ? read_long(load, &unit)
                                                     : read_short(load, &unit));
    GG_TRY(gg_cells_name(&load->cells, GG_UNITS_CODE, &code));
    GG_TRY(read_dates(&load->cells, GG_UNITS_FROM, GG_UNITS_TO, &unit.from, &unit.to));
    unit.code = keep(load, code);
    if (unit.name == NULL || unit.parent == NULL || unit.code == NULL ||
        gg_grow((void **)&load->list, load->list_count, &load->list_capacity, sizeof unit) != 0) {
        return gg_fail_memory(&load->cells.problem);
    }
    load->list[load->list_count++] = unit;
    return GRIDGOV_OK;
}

/* The unit of a higher kind that a text names, the nearest kind first. */
static gridgov_status find_parent(gg_loader *load, int32_t kind, const char *text, int64_t *out) {
    gg_str name = gg_str_of(text);
    gridgov_status status = GRIDGOV_OK;
    *out = GRIDGOV_NONE;
    if (name.size == 0) {
        return GRIDGOV_OK;
    }
    for (int32_t above = kind - 1; above >= GRIDGOV_UNIT_DISTRICT; above--) {
        status = gridgov_units_find(out, NULL, load->target, above, name.data, name.size,
                                    &load->cells.problem);
        if (status != GRIDGOV_ENOTFOUND) {
            return status;
        }
    }
    return gg_fail(&load->cells.problem, GG_RULE_UNIT_UNKNOWN, "parent", name.data, name.size, NULL,
                   NULL);
}

/* The only street, for communities of the short form; GRIDGOV_NONE if there is none or more than
 * one. */
static int64_t only_street(const gridgov_units *units) {
    gridgov_unit view = {.struct_size = sizeof view};
    int64_t found = GRIDGOV_NONE;
    for (int64_t i = 0; gridgov_units_at(&view, units, i) == GRIDGOV_OK; i++) {
        if (view.kind != GRIDGOV_UNIT_STREET) {
            continue;
        }
        if (found != GRIDGOV_NONE) {
            return GRIDGOV_NONE;
        }
        found = i;
    }
    return found;
}

/* Add a row of the short form. */
static gridgov_status add_short(gg_loader *load, const struct gg_waiting_unit *waiting,
                                gridgov_unit *unit) {
    gridgov_status status = find_parent(load, GRIDGOV_UNIT_GRID, waiting->parent, &unit->parent);
    if (status == GRIDGOV_ENOTFOUND) {
        gridgov_unit community = {.struct_size = sizeof community,
                                  .kind = GRIDGOV_UNIT_COMMUNITY,
                                  .parent = only_street(load->target),
                                  .code = "",
                                  .name = waiting->parent,
                                  .from = GRIDGOV_NO_DAY,
                                  .to = GRIDGOV_NO_DAY};
        status = add_unit(load, &community, &unit->parent);
    }
    GG_TRY(status);
    return unit->name[0] == '\0' ? GRIDGOV_OK : add_unit(load, unit, NULL);
}

static gridgov_status add_waiting(gg_loader *load, const struct gg_waiting_unit *waiting) {
    gridgov_unit unit = {.struct_size = sizeof unit,
                         .kind = waiting->kind,
                         .parent = GRIDGOV_NONE,
                         .code = waiting->code,
                         .name = waiting->name,
                         .from = waiting->from,
                         .to = waiting->to};
    if (!gg_cells_has(&load->cells, GG_UNITS_KIND)) {
        return add_short(load, waiting, &unit);
    }
    GG_TRY(find_parent(load, waiting->kind, waiting->parent, &unit.parent));
    return add_unit(load, &unit, NULL);
}

/* Add the waiting units of one kind. */
static gridgov_status add_kind(gg_loader *load, int32_t kind, gridgov_error *err) {
    static const gridgov_error none = {0};
    for (size_t i = 0; i < load->list_count; i++) {
        const struct gg_waiting_unit *waiting = &load->list[i];
        gridgov_status status;
        if (waiting->kind != kind) {
            continue;
        }
        load->cells.problem = none;
        status = add_waiting(load, waiting);
        if (gg_is_row_problem(status)) {
            gg_loader_exclude(load, waiting->row);
        } else if (status < 0) {
            gg_error_at(&load->cells.problem, gridgov_rows_source_name(load->rows), waiting->row,
                        0);
            if (err != NULL) {
                *err = load->cells.problem;
            }
            return status;
        } else {
            load->summary.added++;
        }
    }
    return GRIDGOV_OK;
}

/* Put agencies under their superiors. A superior that is not there is a doubt: the agency stays. */
static void add_superiors(gg_loader *load) {
    for (size_t i = 0; i < load->list_count; i++) {
        const struct gg_waiting_unit *waiting = &load->list[i];
        const size_t size = strlen(waiting->parent);
        int64_t superior = GRIDGOV_NONE;
        gridgov_error issue;
        gridgov_status status = gridgov_units_find(
            &superior, NULL, load->target, GRIDGOV_UNIT_AGENCY, waiting->parent, size, NULL);
        if (status == GRIDGOV_OK) {
            status = gridgov_units_set_superior(load->target, waiting->index, superior, &issue);
        } else {
            gg_fail(&issue, GG_RULE_SUPERIOR_UNKNOWN, "superior", waiting->parent, size,
                    waiting->name, NULL);
        }
        if (status != GRIDGOV_OK) {
            gg_error_at(&issue, gridgov_rows_source_name(load->rows), waiting->row, 0);
            gridgov_issues_add(load->issues, &issue);
        }
    }
}

gridgov_status gg_loader_add_units(gg_loader *load, gridgov_error *err) {
    if (load->cells.table == GRIDGOV_TABLE_AGENCIES) {
        add_superiors(load);
        return GRIDGOV_OK;
    }
    for (int32_t kind = GRIDGOV_UNIT_DISTRICT; kind <= GRIDGOV_UNIT_AGENCY; kind++) {
        if (gridgov_job_tick(load->job, "units", kind, GRIDGOV_UNIT_AGENCY) != GRIDGOV_OK) {
            return gg_fail(err, GG_RULE_CANCELLED, NULL, NULL, 0, NULL, NULL);
        }
        GG_TRY(add_kind(load, kind, err));
    }
    return GRIDGOV_OK;
}

static gridgov_status read_agency(gg_loader *load) {
    gridgov_unit agency = {.struct_size = sizeof agency,
                           .kind = GRIDGOV_UNIT_AGENCY,
                           .parent = GRIDGOV_NONE,
                           .from = GRIDGOV_NO_DAY,
                           .to = GRIDGOV_NO_DAY};
    struct gg_waiting_unit waiting = {.row = gridgov_rows_number(load->rows), .code = ""};
    gg_str name, code, superior;
    GG_TRY(gg_cells_text(&load->cells, GG_AGENCIES_NAME, GG_REQUIRED, &name));
    GG_TRY(gg_cells_name(&load->cells, GG_AGENCIES_CODE, &code));
    GG_TRY(gg_cells_name(&load->cells, GG_AGENCIES_SUPERIOR, &superior));
    GG_TRY(gg_cells_code(&load->cells, GG_AGENCIES_PLATFORM, GG_OPTIONAL, &agency.platform));
    agency.name = name.data;
    agency.code = code.data;
    GG_TRY(add_unit(load, &agency, &waiting.index));
    if (superior.size == 0) {
        return GRIDGOV_OK;
    }
    waiting.name = keep(load, name);
    waiting.parent = keep(load, superior);
    if (waiting.name == NULL || waiting.parent == NULL ||
        gg_grow((void **)&load->list, load->list_count, &load->list_capacity, sizeof waiting) !=
            0) {
        return gg_fail_memory(&load->cells.problem);
    }
    load->list[load->list_count++] = waiting;
    return GRIDGOV_OK;
}

static gridgov_status read_officer(gg_loader *load) {
    gridgov_officer officer = {.struct_size = sizeof officer};
    gg_str code, name;
    GG_TRY(gg_cells_text(&load->cells, GG_OFFICERS_OFFICER, GG_REQUIRED, &code));
    GG_TRY(gg_cells_name(&load->cells, GG_OFFICERS_NAME, &name));
    GG_TRY(gg_cells_grid(&load->cells, load->target, GG_OFFICERS_UNIT, GG_OFFICERS_GRID, 0,
                         &officer.grid));
    if (officer.grid == GRIDGOV_NONE) {
        return gg_cells_fail(&load->cells, GG_RULE_CELL_EMPTY, GG_OFFICERS_GRID, gg_str_of(""),
                             NULL);
    }
    GG_TRY(read_dates(&load->cells, GG_OFFICERS_FROM, GG_OFFICERS_TO, &officer.from, &officer.to));
    officer.code = code.data;
    officer.name = name.data;
    return gridgov_units_add_officer(load->target, &officer, &load->cells.problem);
}

gg_row_reader gg_units_reader(int32_t table) {
    switch (table) {
    case GRIDGOV_TABLE_UNITS:
        return read_unit;
    case GRIDGOV_TABLE_AGENCIES:
        return read_agency;
    case GRIDGOV_TABLE_OFFICERS:
        return read_officer;
    default:
        return NULL;
    }
}
