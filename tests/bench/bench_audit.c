/* SPDX-License-Identifier: Apache-2.0 */
/* How fast a bulletin is audited: MB/s over a published-like text repeated, and the time for a
 * bulletin of 10,000 grids. Recorded, never a gate. bench_audit [GRIDS] */
#include <gridgov/gridgov.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void put_categories(FILE *out) {
    static const int counts[] = {5190, 8350, 2900, 3200, 5630, 1440, 330,
                                 50,   2400, 140,  20,   30,   70};
    fputs("九月份甲市基层治理信息系统共上报 29750 条。其中", out);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        int share = (counts[i] * 2 * 1000 + 2975) / (2 * 2975);
        fprintf(out, "类型%c %d 条，占 %d.%02d%%；", (char)('A' + i), counts[i], share / 100,
                share % 100);
    }
    fputs("\n\n", out);
}

static void put_grids(FILE *out, long grids) {
    fputs("单位\t网格\t日在线率 (20 分)\t事件有效量 (20 分)\t走访记录 (5 分)\t附加分\t总分\n", out);
    for (long i = 0; i < grids; i++) {
        int lost = i % 7 == 0 ? 1 : 0;
        fprintf(out, "第%ld社区\t%ld网格\t\t%s\t\t\t%d\n", i / 8, i, lost ? "-1" : "", 100 - lost);
    }
}

int main(int argc, char **argv) {
    long grids = argc > 1 ? strtol(argv[1], NULL, 10) : 10000;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) {
        return 1;
    }
    put_categories(out);
    put_grids(out, grids);
    fclose(out);
    int rounds = 0;
    double start = seconds();
    double spent = 0;
    int64_t held = 0;
    int64_t doubts = 0;
    while (spent < 2.0) {
        gridgov_findings *findings = NULL;
        if (gridgov_audit_text(&findings, text, size, NULL, NULL, NULL) != GRIDGOV_OK) {
            return 1;
        }
        held = gridgov_findings_checked(findings, GRIDGOV_CHECK_ROW_TOTAL);
        doubts = gridgov_findings_count(findings);
        gridgov_findings_free(findings);
        rounds++;
        spent = seconds() - start;
    }
    printf(
        "%ld grids, %zu bytes: %.1f ms an audit, %.1f MB/s (%lld row totals hold, %lld findings)\n",
        grids, size, spent / rounds * 1e3, (double)size * rounds / spent / 1e6, (long long)held,
        (long long)doubts);
    free(text);
    return 0;
}
