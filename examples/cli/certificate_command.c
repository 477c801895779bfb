/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov certificate: the score of one grid, or of all, as documents that check without gridgov.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#define FILE_SIZE 32

static int write_one(const cli_options *options, const gridgov_scorecards *cards, int64_t card) {
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    int result = gridgov_certificate_make(&bytes, NULL, cards, card, NULL, NULL, &err) == GRIDGOV_OK
                     ? write_bytes(options, bytes, option_value(options, "-o"))
                     : report_error(options, &err);
    gridgov_bytes_free(bytes);
    return result;
}

/* A JSON text; names of units and grids hold no control characters that a table let in. */
static void print_text(FILE *to, const char *text) {
    fputc('"', to);
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20) {
            fprintf(to, "\\u%04x", (unsigned)(unsigned char)*text);
        } else {
            fputs(*text == '"' || *text == '\\' ? "\\" : "", to);
            fputc(*text, to);
        }
    }
    fputc('"', to);
}

static void print_seal(FILE *to, const gridgov_scorecard *card, const char *file, const char *seal,
                       int first) {
    fputs(first ? "\n    {\"unit\": " : ",\n    {\"unit\": ", to);
    print_text(to, card->unit_name);
    fputs(", \"grid\": ", to);
    print_text(to, card->grid_name);
    fputs(", \"code\": ", to);
    print_text(to, card->grid_code);
    fprintf(to, ", \"file\": \"%s\", \"seal\": \"%s\"}", file, seal);
}

/* 0001.json …, and seals.json, to be published with the bulletin. */
static int write_all(const cli_options *options, const gridgov_scorecards *cards,
                     const char *folder) {
    gridgov_evidence *evidence = NULL;
    gridgov_scorecard card = {.struct_size = sizeof card};
    gridgov_error err = {0};
    char path[PATH_SIZE];
    FILE *seals = NULL;
    int result = make_folders(options, folder);
    if (result == EXIT_CLEAN &&
        gridgov_evidence_find(&evidence, gridgov_scorecards_facts(cards), GRIDGOV_DIMENSION_UNIT,
                              GRIDGOV_NONE, GRIDGOV_NONE, NULL, &err) != GRIDGOV_OK) {
        result = report_error(options, &err);
    }
    if (result == EXIT_CLEAN &&
        (!join_path(path, folder, "seals.json") || (seals = fopen(path, "wb")) == NULL)) {
        fprintf(stderr, "gridgov: %s\n", path);
        result = EXIT_OUTPUT;
    }
    if (seals != NULL) {
        fputs("{\n  \"schema\": \"gridgov.seals/1\",\n  \"seals\": [", seals);
    }
    for (int64_t i = 0;
         result == EXIT_CLEAN && gridgov_scorecards_at(&card, cards, i) == GRIDGOV_OK; i++) {
        char file[FILE_SIZE], seal[GRIDGOV_SEAL_SIZE];
        gridgov_bytes *bytes = NULL;
        snprintf(file, sizeof file, "%04lld.json", (long long)i + 1);
        if (gridgov_certificate_make(&bytes, seal, cards, i, evidence, NULL, &err) != GRIDGOV_OK) {
            result = report_error(options, &err);
        } else if (join_path(path, folder, file)) {
            result = write_bytes(options, bytes, path);
            print_seal(seals, &card, file, seal, i == 0);
        }
        gridgov_bytes_free(bytes);
    }
    if (seals != NULL) {
        fputs("]\n}\n", seals);
        result = fclose(seals) == 0 ? result : EXIT_OUTPUT;
    }
    gridgov_evidence_free(evidence);
    return result;
}

static int run_certificate(const cli_options *options) {
    const int all = option_given(options, "--all");
    gridgov_month *month = NULL;
    int64_t unit = GRIDGOV_NONE;
    int result;
    if (all == option_given(options, "--grid")) {
        return usage_error(options, "--grid 与 --all 须给一个", "give --grid or --all", NULL);
    }
    if (all && !option_given(options, "-o")) {
        return usage_error(options, "--all 须用 -o 指定文件夹", "--all needs -o DIR", NULL);
    }
    result = open_month(options, &month);
    result = result == EXIT_CLEAN ? find_grid(options, month, &unit) : result;
    if (result == EXIT_CLEAN) {
        const gridgov_scorecards *cards = gridgov_month_scorecards(month);
        int64_t card = all ? 0 : gridgov_scorecards_find(cards, unit);
        if (card == GRIDGOV_NONE || gridgov_scorecards_count(cards) == 0) {
            fprintf(stderr, "gridgov: %s\n",
                    say(options, "没有可证明的评分", "there is no score to certify"));
            result = EXIT_INPUT;
        } else {
            result = all ? write_all(options, cards, option_value(options, "-o"))
                         : write_one(options, cards, card);
        }
    }
    gridgov_month_free(month);
    return result;
}

static const char *const takes[] = {MONTH_OPTIONS, "--grid=", "--all", "-o=", NULL};

const cli_command certificate_command = {
    .name = "certificate",
    .run = run_certificate,
    .line = {"为网格评分出具可独立核验的证明（JSON）",
             "certify scores as JSON that checks without gridgov"},
    .help =
        {"用法：gridgov certificate 来源 --month 年-月 --grid 单位/网格|编码 [-o 文件]\n"
         "      gridgov certificate 来源 --month 年-月 --all -o 文件夹\n"
         "\n"
         "证明自成一体：细则摘录、各项事实、每一件依据、逐项得分、摘要链。用另一种语言写的\n"
         "examples/checker/check_certificate.py 可逐步复算，改动任何一处都通不过。\n"
         "--all 另写 seals.json（gridgov.seals/1），随通报公布，证明事后便不能更换。\n"
         "\n"
         "  --grid 单位/网格|编码 一个网格\n"
         "  --all                 所有网格\n"
         "  -o 文件|文件夹        写到何处；一个网格默认写到标准输出\n"
         "  --month、--mapping、--policy、--parameters、--as-of、--earlier、--lang、--strict 同 "
         "bulletin 命令\n"
         "\n"
         "示例：\n"
         "  gridgov certificate examples/data/baiguan-2021-09 --month 2021-09 --all -o "
         "certificates\n",
         "Usage: gridgov certificate SOURCE --month YYYY-MM --grid UNIT/GRID|CODE [-o FILE]\n"
         "       gridgov certificate SOURCE --month YYYY-MM --all -o DIR\n"
         "\n"
         "A certificate stands alone: the policy that scored, the facts, every piece of evidence,\n"
         "the lines, and a chain of digests. examples/checker/check_certificate.py, in another\n"
         "language, computes every step again; a change anywhere is refused. --all also writes\n"
         "seals.json (gridgov.seals/1): published with the bulletin, it keeps certificates from\n"
         "being exchanged.\n"
         "\n"
         "  --grid UNIT/GRID|CODE one grid\n"
         "  --all                 all grids\n"
         "  -o FILE|DIR           where to; of one grid by default to standard output\n"
         "  --month, --mapping, --policy, --parameters, --as-of, --earlier, --lang, --strict: see\n"
         "                        bulletin\n"
         "\n"
         "Example:\n"
         "  gridgov certificate examples/data/baiguan-2021-09 --month 2021-09 --all -o "
         "certificates\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
    .needs_month = 1,
};
