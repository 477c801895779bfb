/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences into sayings. A number counts if a measure word follows it (件, 条, 宗 …) or a share
 * does; a percentage means what the words before it say: 占 a share, 率 a rate, 环比, 下降 and the
 * like a change. Years, dates, ordinals, telephone numbers and rough figures (约, 余, 近) are not
 * computed with.
 *
 * The label of a number is the text back to the last mark of punctuation or the last number; where
 * a number stands alone in brackets, the text before the bracket. One pass over the text; every
 * look back is bounded. */
#include "audit_prose.h"

#include "base/mem.h"

#include <string.h>

#define LABEL_BYTES 96
#define BASE_WORDS "上月|上周|上期|上季|上年|去年|同期|前一月|前月"
#define CHANGE_WORDS                                                                                                                 \
    "环比|同比|较上|较去|较前|较同|比上|比去|增长|下降|上升|减少|增加|增幅|降幅|回落|提高|降低|" \
    "涨幅|上涨|下滑"
#define MOVE_WORDS "环比|增长|下降|上升|减少|增加|增幅|降幅|回落|提高|降低|涨幅|上涨|下滑"
#define ROUGH_WORDS "约|近|超过|逾|不足|大约|将近"
#define MEAN_WORDS "日均|平均每天|平均每日|每天平均|每日平均"

/* Where the reader stands in a paragraph. */
typedef struct reader {
    gg_audit *audit;
    const gg_audit_paragraph *paragraph;
    int32_t index; /* of the paragraph */
    gg_str text;
    size_t label_from; /* behind the last mark or number */
    size_t outer_from; /* where the label before the last "(" begins */
    size_t outer_to;   /* where it ends; 0 outside brackets */
    int32_t sentence, clause, section;
    int32_t of_which; /* the sentence began with 其中 */
    int fresh;        /* nothing of the sentence was read yet */
    size_t piece;     /* of the last figure, and */
    size_t reached;   /* the offset and */
    size_t column;    /* the position in the line up to which characters were counted */
} reader;

static size_t past(gg_str text, size_t offset, const char *word) {
    size_t size = strlen(word);
    return offset + size <= text.size && memcmp(text.data + offset, word, size) == 0 ? offset + size
                                                                                     : 0;
}

static int starts_with(gg_str text, const char *word) {
    return past(text, 0, word) != 0;
}

static int ends_with(gg_str text, const char *word) {
    size_t size = strlen(word);
    return text.size >= size && memcmp(text.data + text.size - size, word, size) == 0;
}

/* Take one of the words, separated by '|', off an end; 1 if one was taken. */
static int strip(gg_str *text, const char *words, int from_end) {
    while (*words != '\0') {
        size_t size = strcspn(words, "|");
        char word[32];
        gg_text_copy(word, sizeof word, words, size);
        if (from_end ? ends_with(*text, word) : starts_with(*text, word)) {
            *text = from_end ? gg_str_make(text->data, text->size - size)
                             : gg_str_make(text->data + size, text->size - size);
            *text = gg_text_trim(*text);
            return 1;
        }
        words += size;
        words += *words == '|';
    }
    return 0;
}

gg_str gg_audit_bare_label(gg_str label) {
    static const char heads[] =
        "其中|其余|一是|二是|三是|四是|五是|六是|分别为|分别是|主要是|主要为|主要有|"
        "主要集中在|包括|涉及|反映|以及|即|是|为|有|共有|共|和|及|的|按|本月|本周|本期";
    static const char tails[] =
        "共计|累计|合计|共|计|有|为|达到|达|是|约|的|类诉求|类问题|类事件|类案件|类工单|类|"
        "诉求|问题|事件|案件|工单|件数|数量|数|量|分别|方面|占比|占|:|“|”";
    gg_str text = gg_text_trim(label);
    for (int i = 0; i < 4 && strip(&text, heads, 0); i++) {
    }
    for (int i = 0; i < 4 && text.size > 3; i++) {
        gg_str before = text;
        if (!strip(&text, tails, 1)) {
            break;
        }
        if (text.size == 0) {
            text = before;
            break;
        }
    }
    return text;
}

/* The measure word behind a number; "" if none. */
static gg_str measure_at(gg_str text, size_t offset, int *rough) {
    static const char *const words[] = {"件次", "人次", "件", "条", "宗", "起", "个", "次",
                                        "户",   "人",   "名", "处", "项", "例", "封", "票",
                                        "单",   "通",   "笔", "台", "套", "辆", "家", "张",
                                        "份",   "场",   "所", "间", "位", "座", "只", "批"};
    static const char not_counts[] =
        "个月|个工作日|个百分点|个小时|个自然日|个季度|人大|人民|名次|位数|家|位";
    size_t at = offset;
    while (at < text.size && text.data[at] == ' ') {
        at++;
    }
    for (int i = 0; i < 2; i++) {
        size_t more = past(text, at, i == 0 ? "余" : "多");
        if (more != 0) {
            *rough = 1;
            at = more;
        }
    }
    gg_str rest = gg_str_make(text.data + at, text.size - at);
    gg_str copy = rest;
    if (strip(&copy, not_counts, 0) && !starts_with(rest, "家") && !starts_with(rest, "位")) {
        return gg_str_make("", 0);
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (starts_with(rest, words[i])) {
            return gg_str_make(rest.data, strlen(words[i]));
        }
    }
    return gg_str_make("", 0);
}

/* Line and position in it of an offset of the paragraph. */
static void locate(reader *r, size_t offset, gg_audit_figure *figure) {
    const gg_audit_document *document = &r->audit->document;
    size_t last = r->paragraph->first_piece + r->paragraph->piece_count;
    while (r->piece + 1 < last && document->pieces[r->piece + 1].offset <= offset) {
        r->piece++;
        r->reached = document->pieces[r->piece].offset;
        r->column = document->pieces[r->piece].indent;
    }
    if (offset < r->reached) { // a sign before the digits
        r->reached = document->pieces[r->piece].offset;
        r->column = document->pieces[r->piece].indent;
    }
    while (r->reached < offset) {
        (void)gg_utf8_next(r->text.data, r->text.size, &r->reached);
        r->column++;
    }
    figure->line = document->pieces[r->piece].line;
    figure->column = (int32_t)r->column + 1;
}

static gg_str label_before(const reader *r, size_t offset) {
    gg_str label = gg_text_trim(gg_str_make(r->text.data + r->label_from, offset - r->label_from));
    if (r->outer_to > r->outer_from && gg_audit_is_any(label, "|共|计|共计|有|为|约")) {
        label =
            gg_text_trim(gg_str_make(r->text.data + r->outer_from, r->outer_to - r->outer_from));
    }
    if (label.size > LABEL_BYTES) {
        size_t cut = label.size - LABEL_BYTES;
        while (cut < label.size && ((unsigned char)label.data[cut] & 0xC0) == 0x80) {
            cut++;
        }
        label = gg_str_make(label.data + cut, label.size - cut);
    }
    return label;
}

/* A verb of rise or fall at the end of a label: −1, 1, or 0. */
static int difference_of(gg_str label) {
    gg_str text = label;
    while (strip(&text, "了|约|共|分别", 1)) {
    }
    if (ends_with(text, "至少") || ends_with(text, "不少")) {
        return 0;
    }
    if (ends_with(text, "减少") || ends_with(text, "下降") || ends_with(text, "降低") ||
        ends_with(text, "少") || ends_with(text, "回落")) {
        return -1;
    }
    return ends_with(text, "增加") || ends_with(text, "增长") || ends_with(text, "上升") ||
                   ends_with(text, "提高") || ends_with(text, "多")
               ? 1
               : 0;
}

static int32_t kind_of_percentage(gg_str label) {
    // 较上月（99.60%）上升: without a verb it is last month's figure
    if (gg_audit_has_any(label, BASE_WORDS) && !gg_audit_has_any(label, MOVE_WORDS)) {
        return GG_SAYS_BASE;
    }
    if (gg_audit_has_any(label, CHANGE_WORDS)) {
        return GG_SAYS_CHANGE;
    }
    if (gg_audit_has(label, "占") || ends_with(label, "比重") || ends_with(label, "比例")) {
        return GG_SAYS_SHARE;
    }
    return gg_audit_has(label, "率") ? GG_SAYS_RATE : GG_SAYS_OTHER;
}

static int32_t kind_of_count(gg_str label) {
    if (gg_audit_has_any(label, MEAN_WORDS)) {
        return GG_SAYS_MEAN;
    }
    if (difference_of(label) != 0) {
        return GG_SAYS_DIFFERENCE;
    }
    // 环比（24575 件）下降: the number in brackets is the base
    return gg_audit_has_any(label, BASE_WORDS) || gg_audit_is_any(label, "环比|同比|较|比")
               ? GG_SAYS_BASE
               : GG_SAYS_COUNT;
}

static void add_saying(reader *r, gg_saying *saying, const gg_printed *number, size_t from,
                       size_t to) {
    gg_prose *prose = r->audit->prose;
    gg_audit_figure figure = {.number = *number,
                              .text = gg_str_make(r->text.data + from, to - from),
                              .name = gg_audit_bare_label(saying->label)};
    int32_t previous = prose->count > 0 ? prose->items[prose->count - 1].figure : GG_NO_FIGURE;
    locate(r, from, &figure);
    if (saying->kind != GG_SAYS_COUNT && saying->kind != GG_SAYS_RATE && previous != GG_NO_FIGURE &&
        prose->items[prose->count - 1].sentence == r->sentence &&
        (saying->kind != GG_SAYS_SHARE || prose->items[prose->count - 1].kind != GG_SAYS_SHARE)) {
        figure.name = r->audit->figures[previous].name;
    }
    saying->figure = gg_audit_add_figure(r->audit, &figure);
    saying->paragraph = r->index;
    saying->sentence = r->sentence;
    saying->clause = r->clause;
    saying->section = r->section;
    saying->of_which = r->of_which || gg_audit_has(saying->label, "其中");
    if (r->audit->status == GRIDGOV_OK &&
        gg_grow((void **)&prose->items, prose->count, &prose->room, sizeof *saying) != 0) {
        gg_audit_out_of_memory(r->audit);
    }
    if (r->audit->status == GRIDGOV_OK) {
        prose->items[prose->count++] = *saying;
    }
}

/* Does a share follow at offset, behind a comma? Then the number counts though it has no measure
 * word. */
static int share_follows(gg_str text, size_t offset) {
    size_t at = past(text, offset, "，");
    at = at != 0 ? at : past(text, offset, ",");
    return at != 0 && past(text, at, "占") != 0;
}

/* Read the number at offset; the offset behind it. */
static size_t read_number(reader *r, size_t offset) {
    gg_printed number;
    gg_saying saying = {.kind = 0, .unit = gg_str_make("", 0)};
    size_t end = gg_printed_read(&number, r->text, offset);
    size_t from = offset;
    int rough = 0;
    if (end == offset) {
        while (end < r->text.size && r->text.data[end] >= '0' && r->text.data[end] <= '9') {
            end++;
        }
        return end;
    }
    saying.label = label_before(r, offset);
    if (ends_with(saying.label, "第") || ends_with(saying.label, "前") ||
        ends_with(saying.label, "〔") || ends_with(saying.label, "[")) {
        return end;
    }
    if (number.mark != GG_MARK_NONE) {
        saying.kind = kind_of_percentage(saying.label);
        if (offset > 0 && r->text.data[offset - 1] == '-' && saying.kind == GG_SAYS_CHANGE) {
            number.value = -number.value;
            number.sign = 1;
            from = offset - 1;
        }
    } else {
        size_t unit = end;
        while (unit < r->text.size && r->text.data[unit] == ' ') {
            unit++;
        }
        if (past(r->text, unit, "个百分点") != 0 || past(r->text, unit, "百分点") != 0) {
            saying.kind = GG_SAYS_POINTS;
        } else {
            saying.unit = measure_at(r->text, end, &rough);
            saying.kind = saying.unit.size > 0 || share_follows(r->text, end)
                              ? kind_of_count(saying.label)
                              : 0;
        }
    }
    if (saying.kind != 0) {
        gg_str label = saying.label;
        saying.rough = rough || (number.mark == GG_MARK_NONE && strip(&label, ROUGH_WORDS, 1));
        add_saying(r, &saying, &number, from, end);
    }
    return end;
}

/* A mark of punctuation at offset: what it ends (1 a clause, 2 a sentence), and the offset behind
 * it. */
static int mark_at(gg_str text, size_t offset, size_t *behind) {
    static const struct {
        const char *mark;
        int ends;
    } marks[] = {{"，", 1}, {",", 1}, {"、", 1}, {";", 1}, {":", 1}, {"。", 2},
                 {"!", 2},  {"?", 2}, {"“", 1},  {"”", 1}, {"→", 1}, {"|", 1}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        *behind = past(text, offset, marks[i].mark);
        if (*behind != 0) {
            return marks[i].ends;
        }
    }
    return 0;
}

static int is_word_byte(char byte) {
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '.' ||
           byte == '_';
}

/* Behind the digits of a code such as GB2312. */
static size_t pass_code(gg_str text, size_t offset) {
    while (offset < text.size && text.data[offset] >= '0' && text.data[offset] <= '9') {
        offset++;
    }
    return offset;
}

static void pass_mark(reader *r, size_t behind, int ends) {
    r->label_from = behind;
    r->outer_to = 0;
    r->clause++;
    if (ends == 2) {
        r->sentence++;
        r->fresh = 1;
        r->of_which = 0;
    }
}

static void read_paragraph(reader *r) {
    gg_str text = r->text;
    r->label_from = 0;
    r->outer_to = 0;
    r->fresh = 1;
    r->of_which = 0;
    r->piece = r->paragraph->first_piece;
    r->reached = r->audit->document.pieces[r->piece].offset;
    r->column = r->audit->document.pieces[r->piece].indent;
    for (size_t i = 0; i < text.size && r->audit->status == GRIDGOV_OK;) {
        size_t behind;
        int ends = mark_at(text, i, &behind);
        if (r->fresh && text.data[i] != ' ') {
            r->of_which = past(text, i, "其中") != 0;
            r->fresh = 0;
        }
        if (ends != 0) {
            pass_mark(r, behind, ends);
            i = behind;
        } else if (text.data[i] == '(') {
            r->outer_from = r->label_from;
            r->outer_to = i;
            r->label_from = ++i;
            r->clause++;
        } else if (text.data[i] == ')') {
            r->label_from = ++i;
            r->outer_to = 0;
        } else if (text.data[i] >= '0' && text.data[i] <= '9') {
            i = i > 0 && is_word_byte(text.data[i - 1]) ? pass_code(text, i) : read_number(r, i);
            r->label_from = i;
            r->outer_to = 0;
        } else {
            i++;
        }
    }
    r->sentence++;
    r->clause++;
}

void gg_audit_read_prose(gg_audit *audit) {
    reader r = {.audit = audit};
    audit->prose = gg_calloc(1, sizeof *audit->prose);
    if (audit->prose == NULL) {
        gg_audit_out_of_memory(audit);
        return;
    }
    for (size_t p = 0; p < audit->document.paragraph_count && gg_audit_go_on(audit, "prose"); p++) {
        r.paragraph = &audit->document.paragraphs[p];
        r.index = (int32_t)p;
        r.text = r.paragraph->text;
        if (r.paragraph->heading && !gg_audit_has(r.text, "%")) {
            r.section++;
            size_t before = audit->prose->count;
            read_paragraph(&r);
            // A heading may hold the one sentence of a section, but a title's numbers claim
            // nothing.
            if (!gg_audit_has_any(r.text, ":|共")) {
                audit->prose->count = before;
            }
            continue;
        }
        read_paragraph(&r);
    }
}

void gg_audit_prose_release(gg_audit *audit) {
    if (audit->prose != NULL) {
        gg_free(audit->prose->items);
        gg_free(audit->prose);
        audit->prose = NULL;
    }
}
