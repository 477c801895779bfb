/* SPDX-License-Identifier: Apache-2.0 */
/* Which categories and agencies a ledger has.
 *
 * The list of categories is the taxonomy's, in its order; then the names that only the data know,
 * sorted by bytes; then, if an event has no category, one entry 未分类 for those. Spellings that
 * differ in blanks, width or case are one entry, printed in the smallest spelling by bytes, so that
 * the order of adding cannot choose. An event that says 未分类 itself joins that last entry, unless
 * the taxonomy has a category of that name. Agencies likewise: those of the units, then those
 * found.
 *
 * "Known" means that the reference lists it. A taxonomy that is open, and units that list no agency
 * at all, know every name; the entry for events without a category is never known, for somebody has
 * to look at them. */
#include "model.h"

#include "base/line.h"

#include <stdlib.h>
#include <string.h>

#define UNCLASSIFIED "未分类"
#define NEAREST 3 /* names that an issue suggests */

/* Names that one key stands for. */
typedef struct group {
    const char *text; /* smallest spelling */
    size_t number;    /* in order of finding */
    int64_t row;
} group;

/* The names that the reference does not know, on their way to places behind it. */
typedef struct found {
    gg_name **names;
    size_t *groups_of; /* per name */
    size_t count;
    group *groups;
    size_t group_count;
    int64_t *places; /* per group number: place among the groups sorted by bytes */
} found;

static int is_blank(const char *text) {
    return gg_text_trim(gg_str_of(text)).size == 0;
}

static int by_text(const void *left, const void *right) {
    return strcmp(((const group *)left)->text, ((const group *)right)->text);
}

static int64_t smaller_row(int64_t a, int64_t b) {
    return a == 0 || (b != 0 && b < a) ? b : a;
}

static int found_open(found *f, size_t room) {
    memset(f, 0, sizeof *f);
    f->names = gg_calloc(room, sizeof *f->names);
    f->groups_of = gg_calloc(room, sizeof *f->groups_of);
    f->groups = gg_calloc(room, sizeof *f->groups);
    f->places = gg_calloc(room, sizeof *f->places);
    return f->names == NULL || f->groups_of == NULL || f->groups == NULL || f->places == NULL ? -1
                                                                                              : 0;
}

static void found_close(found *f) {
    gg_free(f->names);
    gg_free(f->groups_of);
    gg_free(f->groups);
    gg_free(f->places);
}

/* Merge names of one key and sort what remains. of_agencies tells which row of a name counts. */
static int found_merge(found *f, int of_agencies, gg_buf *scratch) {
    gg_map keys = {0};
    int result = -1;
    for (size_t i = 0; i < f->count; i++) {
        const int64_t row = of_agencies ? f->names[i]->agency_row : f->names[i]->row;
        gg_buf_clear(scratch);
        gg_buf_key(scratch, gg_str_of(f->names[i]->text));
        gg_str key = gg_str_make(gg_buf_data(scratch), scratch->size);
        int64_t number = gg_map_get(&keys, key, GRIDGOV_NONE);
        if (gg_buf_failed(scratch)) {
            goto done;
        }
        if (number == GRIDGOV_NONE) {
            number = (int64_t)f->group_count++;
            f->groups[number] = (group){f->names[i]->text, (size_t)number, row};
            if (gg_map_set(&keys, key, number)) {
                goto done;
            }
        }
        group *g = &f->groups[number];
        g->text = strcmp(f->names[i]->text, g->text) < 0 ? f->names[i]->text : g->text;
        g->row = smaller_row(g->row, row);
        f->groups_of[i] = (size_t)number;
    }
    qsort(f->groups, f->group_count, sizeof *f->groups, by_text);
    for (size_t i = 0; i < f->group_count; i++) {
        f->places[f->groups[i].number] = (int64_t)i;
    }
    result = 0;
done:
    gg_map_release(&keys);
    return result;
}

static int is_open(const gridgov_ledger *ledger) {
    return ledger->taxonomy == NULL || gridgov_taxonomy_is_open(ledger->taxonomy);
}

static int64_t find_category(const gridgov_ledger *ledger, const char *text) {
    const char *name = is_blank(text) ? UNCLASSIFIED : text;
    return ledger->taxonomy == NULL ? GRIDGOV_NONE
                                    : gridgov_taxonomy_find(ledger->taxonomy, name, strlen(name));
}

/* 1 if a name that the taxonomy does not know belongs to the entry for events without a category, 0
 * if not; −1 when memory is short. */
static int is_unclassified(const char *text, gg_buf *scratch) {
    gg_buf_clear(scratch);
    gg_buf_key(scratch, gg_str_of(text));
    if (gg_buf_failed(scratch)) {
        return -1;
    }
    gg_str key = gg_str_make(gg_buf_data(scratch), scratch->size);
    return key.size == 0 || gg_str_equal(key, gg_str_of(UNCLASSIFIED));
}

/* The reference's part of the list of categories, with room for more. */
static int list_taxonomy(gg_list *list, const gridgov_ledger *ledger, size_t more) {
    size_t count = (size_t)gridgov_taxonomy_count(ledger->taxonomy);
    list->items = gg_calloc(count + more, sizeof *list->items);
    if (list->items == NULL) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        gridgov_category category = {.struct_size = sizeof category};
        (void)gridgov_taxonomy_at(&category, ledger->taxonomy, (int64_t)i);
        list->items[i] = (gg_listed){category.name, 1, 0};
    }
    list->count = list->reference = count;
    return 0;
}

static void append_found(gg_list *list, const found *f, int known) {
    for (size_t i = 0; i < f->group_count; i++) {
        list->items[list->count++] = (gg_listed){f->groups[i].text, known, f->groups[i].row};
    }
}

static int build_categories(gg_list *list, gridgov_ledger *ledger) {
    found f;
    int unclassified = 0;
    int result = -1;
    if (found_open(&f, ledger->name_count) || list_taxonomy(list, ledger, ledger->name_count + 1)) {
        goto done;
    }
    for (size_t i = 0; i < ledger->name_count; i++) {
        gg_name *name = ledger->names[i];
        if (!name->is_category) {
            continue;
        }
        name->category = find_category(ledger, name->text);
        if (name->category != GRIDGOV_NONE) {
            continue;
        }
        int without = is_unclassified(name->text, &ledger->scratch);
        if (without < 0) {
            goto done;
        }
        unclassified |= without;
        if (!without) {
            f.names[f.count++] = name;
        }
    }
    if (found_merge(&f, 0, &ledger->scratch)) {
        goto done;
    }
    append_found(list, &f, is_open(ledger));
    for (size_t i = 0; i < f.count; i++) {
        f.names[i]->category = (int64_t)list->reference + f.places[f.groups_of[i]];
    }
    if (unclassified) {
        for (size_t i = 0; i < ledger->name_count; i++) {
            gg_name *name = ledger->names[i];
            if (name->is_category && name->category == GRIDGOV_NONE) {
                name->category = (int64_t)list->count;
            }
        }
        list->items[list->count++] = (gg_listed){UNCLASSIFIED, 0, 0};
    }
    result = 0;
done:
    found_close(&f);
    return result;
}

/* The units' agencies, with room for more; places receives unit → place. */
static int list_agencies(gg_list *list, int64_t **places, const gridgov_units *units, size_t more) {
    size_t count = (size_t)gridgov_units_count(units);
    list->items = gg_calloc(count + more, sizeof *list->items);
    *places = gg_calloc(count, sizeof **places);
    if (list->items == NULL || *places == NULL) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        gridgov_unit unit = {.struct_size = sizeof unit};
        (void)gridgov_units_at(&unit, units, (int64_t)i);
        (*places)[i] = GRIDGOV_NONE;
        if (unit.kind == GRIDGOV_UNIT_AGENCY) {
            (*places)[i] = (int64_t)list->count;
            list->items[list->count++] = (gg_listed){unit.name, 1, 0};
        }
    }
    list->reference = list->count;
    return 0;
}

static int64_t find_agency(const gridgov_ledger *ledger, const int64_t *places, const char *text) {
    int64_t unit = GRIDGOV_NONE;
    if (ledger->units == NULL || gridgov_units_find(&unit, NULL, ledger->units, GRIDGOV_UNIT_AGENCY,
                                                    text, strlen(text), NULL) != GRIDGOV_OK) {
        return GRIDGOV_NONE;
    }
    return places[unit];
}

static int build_agencies(gg_list *list, gridgov_ledger *ledger) {
    found f;
    int64_t *places = NULL;
    int result = -1;
    if (found_open(&f, ledger->name_count) ||
        list_agencies(list, &places, ledger->units, ledger->name_count)) {
        goto done;
    }
    for (size_t i = 0; i < ledger->name_count; i++) {
        gg_name *name = ledger->names[i];
        if (!name->is_agency || is_blank(name->text)) {
            continue;
        }
        name->agency = find_agency(ledger, places, name->text);
        if (name->agency == GRIDGOV_NONE) {
            f.names[f.count++] = name;
        }
    }
    if (found_merge(&f, 1, &ledger->scratch)) {
        goto done;
    }
    append_found(list, &f, list->reference == 0);
    for (size_t i = 0; i < f.count; i++) {
        f.names[i]->agency = (int64_t)list->reference + f.places[f.groups_of[i]];
    }
    result = 0;
done:
    gg_free(places);
    found_close(&f);
    return result;
}

int gg_catalog_build(gg_list *categories, gg_list *agencies, gridgov_ledger *ledger) {
    return build_categories(categories, ledger) || build_agencies(agencies, ledger) ? -1 : 0;
}

static void report_category(const gridgov_ledger *ledger, const gg_listed *category,
                            gridgov_issues *issues) {
    int64_t nearest[NEAREST];
    size_t size = strlen(category->name);
    int64_t count =
        gridgov_taxonomy_nearest(nearest, NEAREST, ledger->taxonomy, category->name, size);
    char text[sizeof((gridgov_error *)NULL)->message];
    gg_line names;
    gg_line_init(&names, text, sizeof text);
    for (int64_t i = 0; i < count; i++) {
        gridgov_category known = {.struct_size = sizeof known};
        (void)gridgov_taxonomy_at(&known, ledger->taxonomy, nearest[i]);
        gg_line_text(&names, i == 0 ? "" : "、");
        gg_line_text(&names, known.name);
    }
    gridgov_error issue;
    gg_fail(&issue, count > 0 ? GG_RULE_CATEGORY_UNKNOWN : GG_RULE_CATEGORY_UNKNOWN_ALONE,
            "category", category->name, size, count > 0 ? text : NULL, NULL);
    gg_error_at(&issue, gridgov_ledger_source(ledger, GRIDGOV_TABLE_EVENTS), category->row, 0);
    gridgov_issues_add(issues, &issue);
}

void gg_catalog_report(const gridgov_ledger *ledger, const gg_list *categories,
                       const gg_list *agencies, gridgov_issues *issues) {
    int64_t without = 0;
    for (size_t i = 0; i < ledger->name_count; i++) {
        const gg_name *name = ledger->names[i];
        int unlisted = name->events > 0 && name->category >= (int64_t)categories->reference &&
                       strcmp(categories->items[name->category].name, UNCLASSIFIED) == 0;
        without += is_blank(name->text) || unlisted ? name->events : 0;
    }
    for (size_t i = categories->reference; i < categories->count; i++) {
        const gg_listed *category = &categories->items[i];
        if (!category->known && strcmp(category->name, UNCLASSIFIED) != 0) {
            report_category(ledger, category, issues);
        }
    }
    gridgov_error issue;
    if (without > 0) {
        char count[GG_NUM_TEXT_SIZE];
        gg_int_format(count, without);
        gg_fail(&issue, GG_RULE_CATEGORY_EMPTY, "category", NULL, 0, count, NULL);
        gg_error_at(&issue, gridgov_ledger_source(ledger, GRIDGOV_TABLE_EVENTS), 0, 0);
        gridgov_issues_add(issues, &issue);
    }
    for (size_t i = agencies->reference; i < agencies->count; i++) {
        const char *name = agencies->items[i].name;
        if (!agencies->items[i].known) {
            gg_fail(&issue, GG_RULE_AGENCY_UNKNOWN, "agency", name, strlen(name), NULL, NULL);
            // Only rows of events are known; an agency of steps alone has none.
            gg_error_at(&issue,
                        agencies->items[i].row > 0
                            ? gridgov_ledger_source(ledger, GRIDGOV_TABLE_EVENTS)
                            : NULL,
                        agencies->items[i].row, 0);
            gridgov_issues_add(issues, &issue);
        }
    }
}
