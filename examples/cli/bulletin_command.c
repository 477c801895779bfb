/* SPDX-License-Identifier: Apache-2.0 */
/* gridgov bulletin: renders a month into a folder, or into one file. An earlier bulletin.json in
 * the folder is compared first, so that a re-run that differs says in what. */
#include "office.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* One file of the output. */
typedef struct product {
    const char *format, *file, *table; /* table: of CSV, else NULL */
    int32_t code;                      /* GRIDGOV_FORMAT_* */
} product;

static const product products[] = {
    {"md", "bulletin.md", NULL, GRIDGOV_FORMAT_MARKDOWN},
    {"html", "bulletin.html", NULL, GRIDGOV_FORMAT_HTML},
    {"json", "bulletin.json", NULL, GRIDGOV_FORMAT_JSON},
    {"csv", "categories.csv", "categories", GRIDGOV_FORMAT_CSV},
    {"csv", "agencies.csv", "agencies", GRIDGOV_FORMAT_CSV},
    {"csv", "grids.csv", "grids", GRIDGOV_FORMAT_CSV},
    {"docx", "bulletin.docx", NULL, GRIDGOV_FORMAT_DOCX},
    {"xlsx", "bulletin.xlsx", NULL, GRIDGOV_FORMAT_XLSX},
};

/* 1 if the comma-separated list has the name. */
static int has_format(const char *list, const char *name) {
    size_t size = strlen(name);
    for (const char *item = list; item != NULL; item = strchr(item, ',')) {
        item += *item == ',';
        if (strncmp(item, name, size) == 0 && (item[size] == ',' || item[size] == '\0')) {
            return 1;
        }
    }
    return 0;
}

/* Every format that this command can write. */
static const char *all_formats(void) {
    return has_office() ? "md,html,json,csv,docx,xlsx" : "md,html,json,csv";
}

static int is_office(int32_t format) {
    return format == GRIDGOV_FORMAT_DOCX || format == GRIDGOV_FORMAT_XLSX;
}

static int check_formats(const cli_options *options, const char *list) {
    const char *item = list;
    while (*item != '\0') {
        size_t size = strcspn(item, ",");
        const product *found = NULL;
        for (size_t i = 0; i < sizeof products / sizeof products[0] && found == NULL; i++) {
            if (strlen(products[i].format) == size && memcmp(products[i].format, item, size) == 0) {
                found = &products[i];
            }
        }
        if (found == NULL) {
            return usage_error(options, "--format 只能是 md、html、json、csv、docx、xlsx",
                               "--format takes md, html, json, csv, docx and xlsx", list);
        }
        if (is_office(found->code) && !has_office()) {
            return usage_error(options, "本命令编译时未包含 Office 文件支持（gridgov::office）",
                               "this command was built without Office files (gridgov::office)",
                               found->format);
        }
        item += size + (item[size] == ',');
    }
    return EXIT_CLEAN;
}

/* The product whose format the ending of a path names, a folder excepted; NULL. */
static const product *product_of(const char *path) {
    const char *ending = strrchr(path, '.');
    struct stat status;
    if (ending == NULL || (stat(path, &status) == 0 && S_ISDIR(status.st_mode))) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof products / sizeof products[0]; i++) {
        if (products[i].table == NULL && strcasecmp(products[i].format, ending + 1) == 0) {
            return &products[i];
        }
    }
    return NULL;
}

/* Say in what this run differs from the bulletin.json that stands in the folder. */
static void compare_with_earlier(const cli_options *options, const gridgov_month *month,
                                 const char *folder) {
    char path[PATH_SIZE];
    struct stat status;
    gridgov_issues *issues = NULL;
    gridgov_error err = {0};
    int64_t differing = 0;
    size_t size = 0;
    char *text;
    if (!join_path(path, folder, "bulletin.json") || stat(path, &status) != 0) {
        return;
    }
    text = read_text_file(options, path, &size);
    if (text == NULL || gridgov_issues_new(&issues, 0, NULL) != GRIDGOV_OK) {
        free(text);
        return;
    }
    if (gridgov_month_compare(&differing, month, text, size, issues, &err) != GRIDGOV_OK) {
        report_error(options, &err);
    } else if (differing > 0) {
        fputs(say(options, "与上次生成的通报不同：\n", "This differs from the earlier bulletin:\n"),
              stderr);
        print_issues(options, issues, GRIDGOV_SEVERITY_NOTE);
    }
    gridgov_issues_free(issues);
    free(text);
}

/* Write one product; a table that the bulletin does not have is passed over. */
static int write_product(const cli_options *options, const gridgov_bulletin *bulletin,
                         const product *what, const char *path) {
    gridgov_render_options render;
    gridgov_bytes *bytes = NULL;
    gridgov_error err = {0};
    gridgov_status status;
    int result = EXIT_CLEAN;
    gridgov_render_options_init(&render, sizeof render);
    render.defuse = option_given(options, "--defuse");
    render.table = what->table;
    status = render_any(&bytes, bulletin, what->code, &render, &err);
    if (status == GRIDGOV_ENOTFOUND && what->table != NULL) {
        remove(path); /* a table of an earlier run would not belong to this bulletin */
    } else if (status != GRIDGOV_OK) {
        report_error(options, &err);
        result = EXIT_OUTPUT;
    } else {
        result = write_bytes(options, bytes, path);
        if (result == EXIT_CLEAN) {
            puts(path);
        }
    }
    gridgov_bytes_free(bytes);
    return result;
}

static int write_products(const cli_options *options, const gridgov_bulletin *bulletin,
                          const char *folder, const char *formats) {
    int result = EXIT_CLEAN;
    for (size_t i = 0; result == EXIT_CLEAN && i < sizeof products / sizeof products[0]; i++) {
        char path[PATH_SIZE];
        if (!has_format(formats, products[i].format)) {
            continue;
        }
        if (!join_path(path, folder, products[i].file)) {
            return usage_error(options, "路径过长", "the path is too long", folder);
        }
        result = write_product(options, bulletin, &products[i], path);
    }
    return result == EXIT_CLEAN ? finish_output() : result;
}

static int run_bulletin(const cli_options *options) {
    const char *place = option_value(options, "-o");
    const char *formats = option_value(options, "--format");
    gridgov_month *month = NULL;
    place = place != NULL ? place : "out";
    const product *one = product_of(place);
    if (one != NULL && formats != NULL && strcmp(formats, one->format) != 0) {
        return usage_error(options, "--format 与 -o 的文件名不符",
                           "--format differs from the file that -o names", place);
    }
    formats = formats != NULL ? formats : one != NULL ? one->format : all_formats();
    int result = check_formats(options, formats);
    result = result == EXIT_CLEAN ? open_month(options, &month) : result;
    if (result == EXIT_CLEAN && one != NULL) {
        result = write_product(options, gridgov_month_bulletin(month), one, place);
        result = result == EXIT_CLEAN ? finish_output() : result;
    } else if (result == EXIT_CLEAN && (result = make_folders(options, place)) == EXIT_CLEAN) {
        compare_with_earlier(options, month, place);
        result = write_products(options, gridgov_month_bulletin(month), place, formats);
    }
    gridgov_month_free(month);
    return result;
}

static const char *const takes[] = {MONTH_OPTIONS, "--format=", "--defuse", "-o=", NULL};

const cli_command bulletin_command = {
    .name = "bulletin",
    .run = run_bulletin,
    .line = {"由一个月的原始数据生成通报（DOCX、XLSX、HTML、Markdown、JSON、CSV）",
             "make the bulletin of a month from raw rows (DOCX, XLSX, HTML, Markdown, …)"},
    .help =
        {"用法：gridgov bulletin 来源 --month 年-月 [选项]\n"
         "\n"
         "由一个月的原始数据生成通报。来源是月份文件夹（见 docs/month-folder.md）、\n"
         "一个工作簿（.xlsx、.xls，见 docs/office.md），或一个事件导出文件，加上 --mapping\n"
         "说明其各列（见 docs/mapping.md）。\n"
         "\n"
         "  --month 2021-09       月份\n"
         "  --mapping 文件        导出文件的列映射（JSON）\n"
         "  --policy 文件|名称    考核细则；默认取 parameters.json 所列，否则 baiguan-2021\n"
         "  --parameters 文件     代替来源中的 parameters.json\n"
         "  --as-of 时间          截止时间（含）；默认为月末\n"
         "  --earlier 来源        上一个月，供看连续几个月的规则用；可多次，由近及远\n"
         "  --format 格式,…       md、html、json、csv、docx、xlsx；默认全部（后两种须编译时包含\n"
         "                        gridgov::office）\n"
         "  --defuse              CSV 中会被电子表格当作公式的文字前加撇号\n"
         "  -o 文件夹|文件        输出到何处；默认 out。文件名以 .docx、.xlsx、.html、.md、.json\n"
         "                        结尾的，只写这一份\n"
         "  --lang zh|en          文稿和提示的语言；文稿默认中文\n"
         "  --strict              有任何一行未能载入就不输出，返回 1\n"
         "\n"
         "返回值：0 正常，1 --strict 下有问题，2 用法，3 输入，4 输出，70 内部，130 取消\n"
         "\n"
         "示例：\n"
         "  gridgov bulletin examples/data/baiguan-2021-09 --month 2021-09 -o out\n"
         "  gridgov bulletin 九月.xlsx --month 2021-09 -o 九月通报.docx\n",
         "Usage: gridgov bulletin SOURCE --month YYYY-MM [options]\n"
         "\n"
         "Makes the bulletin of a month from raw rows. SOURCE is a month folder\n"
         "(docs/month-folder.md), one workbook (.xlsx, .xls; docs/office.md), or one export of\n"
         "events together with --mapping, which says what its columns mean (docs/mapping.md).\n"
         "\n"
         "  --month 2021-09       the month\n"
         "  --mapping FILE        columns of the export (JSON)\n"
         "  --policy FILE|NAME    default: the one parameters.json names, else baiguan-2021\n"
         "  --parameters FILE     in place of the source's parameters.json\n"
         "  --as-of T             cut-off, inclusive; default: the end of the month\n"
         "  --earlier SOURCE      the month before, for rules that look at several; repeated: the "
         "one\n"
         "                        before that\n"
         "  --format LIST         md, html, json, csv, docx, xlsx; default: all of them (the last "
         "two\n"
         "                        where the command was built with gridgov::office)\n"
         "  --defuse              an apostrophe before CSV text that a spreadsheet would run\n"
         "  -o DIR|FILE           where to; default: out. A name that ends in .docx, .xlsx, .html, "
         ".md\n"
         "                        or .json is the one file that is written\n"
         "  --lang zh|en          language of documents and messages; documents default to zh\n"
         "  --strict              write nothing and exit 1 if any row could not be loaded\n"
         "\n"
         "Exit status: 0 clean, 1 problems under --strict, 2 usage, 3 input, 4 output,\n"
         "70 internal, 130 cancelled\n"
         "\n"
         "Example:\n"
         "  gridgov bulletin examples/data/baiguan-2021-09 --month 2021-09 -o out\n"
         "  gridgov bulletin september.xlsx --month 2021-09 -o bulletin.docx\n"},
    .takes = takes,
    .most_sources = 1,
    .needs_source = 1,
    .needs_month = 1,
};
