/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov slips: one page a community to check and sign before the table is published. */
#include "cli.h"

#include <string.h>

#define FILE_SIZE 64

static int write_slip(const cli_options *options, const gridgov_scorecards *cards, int64_t index,
                      const gridgov_evidence *evidence, int32_t format, const char *path) {
    gridgov_bulletin *slip = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    gridgov_status status =
        gridgov_slip_compose(&slip, cards, index, evidence, options->lang, NULL, &err);
    status = status == GRIDGOV_OK ? gridgov_render_bytes(&bytes, slip, format, NULL, &err) : status;
    int result =
        status == GRIDGOV_OK ? write_bytes(options, bytes, path) : report_error(options, &err);
    if (result == EXIT_CLEAN && path != NULL) {
        puts(path);
    }
    gridgov_bytes_free(bytes);
    gridgov_bulletin_free(slip);
    return result;
}

/* The slip of the unit above the grid that --grid names; GRIDGOV_NONE: all of them. */
static int64_t slip_of(const gridgov_scorecards *cards, int64_t grid) {
    const gridgov_units *units = gridgov_facts_units(gridgov_scorecards_facts(cards));
    gridgov_unit unit = {.struct_size = sizeof unit};
    int64_t above = GRIDGOV_NONE;
    if (grid == GRIDGOV_NONE || gridgov_units_at(&unit, units, grid) != GRIDGOV_OK) {
        return GRIDGOV_NONE;
    }
    for (int64_t i = 0; gridgov_slip_unit(&above, cards, i) == GRIDGOV_OK; i++) {
        if (above == unit.parent) {
            return i;
        }
    }
    return GRIDGOV_NONE;
}

static int write_all(const cli_options *options, const gridgov_scorecards *cards, int32_t format) {
    const char *folder =
        option_value(options, "-o") != NULL ? option_value(options, "-o") : "slips";
    const char *ending = gridgov_code_text(GRIDGOV_KIND_FORMAT, format);
    gridgov_evidence *evidence = NULL;
    gridgov_error err = {0};
    int result = make_folders(options, folder);
    if (result == EXIT_CLEAN &&
        gridgov_evidence_find(&evidence, gridgov_scorecards_facts(cards), GRIDGOV_DIMENSION_UNIT,
                              GRIDGOV_NONE, GRIDGOV_NONE, NULL, &err) != GRIDGOV_OK) {
        result = report_error(options, &err);
    }
    for (int64_t i = 0; result == EXIT_CLEAN && i < gridgov_slip_count(cards); i++) {
        char file[FILE_SIZE], path[PATH_SIZE];
        snprintf(file, sizeof file, "slip-%03lld.%s", (long long)i + 1,
                 format == GRIDGOV_FORMAT_MARKDOWN ? "md" : ending);
        if (join_path(path, folder, file)) {
            result = write_slip(options, cards, i, evidence, format, path);
        }
    }
    gridgov_evidence_free(evidence);
    return result == EXIT_CLEAN ? finish_output() : result;
}

static int run_slips(const cli_options *options) {
    const char *format = option_value(options, "--format");
    gridgov_month *month = NULL;
    int32_t code = GRIDGOV_FORMAT_HTML;
    int64_t grid = GRIDGOV_NONE;
    int result;
    if (format != NULL &&
        (gridgov_code_value(&code, GRIDGOV_KIND_FORMAT, format, strlen(format)) != GRIDGOV_OK ||
         code == GRIDGOV_FORMAT_CSV)) {
        return usage_error(options, "--format 只能是 html、md、json",
                           "--format takes html, md or json", format);
    }
    result = open_month(options, &month);
    result = result == EXIT_CLEAN ? find_grid(options, month, &grid) : result;
    if (result == EXIT_CLEAN) {
        const gridgov_scorecards *cards = gridgov_month_scorecards(month);
        const int64_t one = slip_of(cards, grid);
        result = one == GRIDGOV_NONE
                     ? write_all(options, cards, code)
                     : write_slip(options, cards, one, NULL, code, option_value(options, "-o"));
    }
    gridgov_month_free(month);
    return result;
}

static const char *const takes[] = {MONTH_OPTIONS, "--format=", "--grid=", "-o=", NULL};

const cli_command slips_command = {
    .name = "slips",
    .run = run_slips,
    .line = {"公布前的核对单：每个社区一份，列拟扣分和依据，供签字",
             "slips to check and sign before publication, one a community"},
    .help =
        {"用法：gridgov slips 来源 --month 年-月 [-o 文件夹] [选项]\n"
         "\n"
         "公布前的核对单：每个社区（村、居委）一份，列出各网格拟得总分、每项拟扣分及附加分的实际、"
         "\n"
         "标准和依据，逐项可勾异议，末尾签字。异议作为申诉回到 gridgov。\n"
         "\n"
         "  -o 文件夹             输出到何处；默认 slips\n"
         "  --format html|md|json 格式；默认 html，可直接打印\n"
         "  --grid 单位/网格|编码 只出该网格所在社区的一份，-o 为文件，默认写到标准输出\n"
         "  --month、--mapping、--policy、--parameters、--as-of、--lang、--strict 同 bulletin "
         "命令\n"
         "\n"
         "示例：\n"
         "  gridgov slips examples/data/baiguan-2021-09 --month 2021-09 -o slips\n",
         "Usage: gridgov slips SOURCE --month YYYY-MM [-o DIR] [options]\n"
         "\n"
         "Slips to be checked before publication, one a community: the proposed total of each of\n"
         "its grids, every proposed deduction and adjustment with observation, threshold and\n"
         "evidence, a box to contest each, and a line to sign. What is contested comes back as an\n"
         "appeal.\n"
         "\n"
         "  -o DIR                where to; default: slips\n"
         "  --format html|md|json default: html, ready to be printed\n"
         "  --grid UNIT/GRID|CODE only the slip of that grid's community; -o is then a file,\n"
         "                        default: standard output\n"
         "  --month, --mapping, --policy, --parameters, --as-of, --lang, --strict: see bulletin\n"
         "\n"
         "Example:\n"
         "  gridgov slips examples/data/baiguan-2021-09 --month 2021-09 -o slips\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
    .needs_month = 1,
};
