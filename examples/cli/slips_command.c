/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov slips: one page a community to check and sign before the table is published; each in a
 * file of its own, or all in one. */
#include "office.h"

#include <string.h>
#include <sys/stat.h>

#define FILE_SIZE 64

/* One slip; with index GRIDGOV_NONE all of them. */
static int write_slip(const cli_options *options, const gridgov_scorecards *cards, int64_t index,
                      const gridgov_evidence *evidence, int32_t format, const char *path) {
    gridgov_bulletin *slip = NULL;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    gridgov_status status =
        gridgov_slip_compose(&slip, cards, index, evidence, options->lang, NULL, &err);
    status = status == GRIDGOV_OK ? render_any(&bytes, slip, format, NULL, &err) : status;
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

/* A file for each slip of the month. */
static int write_each(const cli_options *options, const gridgov_scorecards *cards, int32_t format,
                      const char *folder) {
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
    return result;
}

static int32_t format_of(const char *text) {
    int32_t format = 0;
    return gridgov_code_value(&format, GRIDGOV_KIND_FORMAT, text, strlen(text)) == GRIDGOV_OK &&
                   format != GRIDGOV_FORMAT_CSV && format != GRIDGOV_FORMAT_XLSX
               ? format
               : 0;
}

/* The format that the ending of a path names, a folder excepted; 0. */
static int32_t format_of_file(const char *path) {
    const char *ending = strrchr(path, '.');
    struct stat status;
    return ending == NULL || (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
               ? 0
               : format_of(ending + 1);
}

/* --format, else what the name of the file says, else HTML. *one: -o names a file for all slips. */
static int choose_format(const cli_options *options, const char *place, int32_t *format, int *one) {
    const char *given = option_value(options, "--format");
    int32_t named = format_of_file(place);
    *one = named != 0;
    *format = given != NULL ? format_of(given) : named != 0 ? named : GRIDGOV_FORMAT_HTML;
    if (*format == 0) {
        return usage_error(options, "--format 只能是 html、md、json、docx",
                           "--format takes html, md, json or docx", given);
    }
    if (named != 0 && named != *format) {
        return usage_error(options, "--format 与 -o 的文件名不符",
                           "--format differs from the file that -o names", place);
    }
    return *format == GRIDGOV_FORMAT_DOCX && !has_office()
               ? usage_error(options, "本命令编译时未包含 Office 文件支持（gridgov::office）",
                             "this command was built without Office files (gridgov::office)",
                             "docx")
               : EXIT_CLEAN;
}

static int write_slips(const cli_options *options, const gridgov_scorecards *cards, int64_t grid,
                       int32_t format, int one) {
    const char *place = option_value(options, "-o");
    int result;
    if (gridgov_slip_count(cards) == 0) {
        fputs(say(options, "gridgov: 本月没有网格，没有可核对的内容\n",
                  "gridgov: the month has no grids, so there is nothing to check\n"),
              stderr);
        return EXIT_INPUT;
    }
    if (grid != GRIDGOV_NONE) {
        result = write_slip(options, cards, slip_of(cards, grid), NULL, format, place);
    } else {
        result = one ? write_slip(options, cards, GRIDGOV_NONE, NULL, format, place)
                     : write_each(options, cards, format, place != NULL ? place : "slips");
    }
    return result == EXIT_CLEAN ? finish_output() : result;
}

static int run_slips(const cli_options *options) {
    const char *place = option_value(options, "-o");
    gridgov_month *month = NULL;
    int64_t grid = GRIDGOV_NONE;
    int32_t format = 0;
    int one = 0;
    int result = choose_format(options, place != NULL ? place : "slips", &format, &one);
    result = result == EXIT_CLEAN ? open_month(options, &month) : result;
    result = result == EXIT_CLEAN ? find_grid(options, month, &grid) : result;
    if (result == EXIT_CLEAN) {
        result = write_slips(options, gridgov_month_scorecards(month), grid, format, one);
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
         "  -o 文件夹|文件        输出到何处；默认 slips。文件名以 .docx、.html、.md、.json "
         "结尾的，\n"
         "                        全部核对单写在这一份文件里，各自另起一页\n"
         "  --format 格式         html、md、json、docx；默认按 -o 的文件名，否则 html，可直接打印\n"
         "  --grid 单位/网格|编码 只出该网格所在社区的一份，-o 为文件，默认写到标准输出\n"
         "  --month、--mapping、--policy、--parameters、--as-of、--earlier、--lang、--strict 同 "
         "bulletin 命令\n"
         "\n"
         "示例：\n"
         "  gridgov slips examples/data/baiguan-2021-09 --month 2021-09 -o slips\n"
         "  gridgov slips examples/data/baiguan-2021-09 --month 2021-09 -o 核对单.docx\n",
         "Usage: gridgov slips SOURCE --month YYYY-MM [-o DIR] [options]\n"
         "\n"
         "Slips to be checked before publication, one a community: the proposed total of each of\n"
         "its grids, every proposed deduction and adjustment with observation, threshold and\n"
         "evidence, a box to contest each, and a line to sign. What is contested comes back as an\n"
         "appeal.\n"
         "\n"
         "  -o DIR|FILE           where to; default: slips. A name that ends in .docx, .html, .md "
         "or\n"
         "                        .json is one file with all slips, each on pages of its own\n"
         "  --format FORMAT       html, md, json or docx; default: by the name of the file, else "
         "html,\n"
         "                        ready to be printed\n"
         "  --grid UNIT/GRID|CODE only the slip of that grid's community; -o is then a file,\n"
         "                        default: standard output\n"
         "  --month, --mapping, --policy, --parameters, --as-of, --earlier, --lang, --strict: see\n"
         "                        bulletin\n"
         "\n"
         "Example:\n"
         "  gridgov slips examples/data/baiguan-2021-09 --month 2021-09 -o slips\n"
         "  gridgov slips examples/data/baiguan-2021-09 --month 2021-09 -o slips.docx\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
    .needs_month = 1,
};
