/* SPDX-License-Identifier: Apache-2.0 */
/* Shares: every item belongs to exactly one, in order, and shares differ by one item at most. */
#include "base/workers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MOST 40

typedef struct seen {
    size_t from[MOST], to[MOST];
    int calls[MOST];
} seen;

static void note(void *user, size_t share, size_t from, size_t to) {
    seen *s = user;
    s->from[share] = from;
    s->to[share] = to;
    s->calls[share]++;
}

static void shares_hold_every_item_once(void **state) {
    (void)state;
    for (int workers = 1; workers <= 3; workers++) {
        for (size_t shares = 0; shares <= 9; shares++) {
            for (size_t count = 0; count <= MOST; count++) {
                seen s = {0};
                size_t at = 0;
                gg_workers_share(count, shares, workers, note, &s);
                for (size_t i = 0; i < shares; i++) {
                    assert_int_equal(s.calls[i], 1);
                    assert_int_equal(s.from[i], at);
                    assert_true(s.to[i] >= at && s.to[i] - at <= count / shares + 1);
                    at = s.to[i];
                }
                assert_int_equal(at, shares == 0 ? 0 : count);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(shares_hold_every_item_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
