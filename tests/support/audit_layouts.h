/* SPDX-License-Identifier: Apache-2.0 */
/* Bulletins in the layouts and words that offices use, each of them right, with the least number of
 * identities that an audit has to confirm in it. Figures were computed apart from the library. */
#ifndef AUDIT_LAYOUTS_H
#define AUDIT_LAYOUTS_H

#include <gridgov/gridgov.h>

typedef struct audit_layout {
    const char *name, *text;
    struct {
        int32_t check;
        int64_t least;
    } checks[3];
} audit_layout;

static const audit_layout audit_layouts[] = {
    {"category prose, semicolons",
     "三月份甲街道共上报事件 2725 件。其中城市管理 1208 件，占 44.33%；矛盾纠纷 655 件，占 24.04"
     "%；消防安全 402 件，占 14.75%；食药安全 318 件，占 11.67%；治安隐患 97 件，占 3.56%；"
     "其他 45 件，占 1.65%。\n",
     {{GRIDGOV_CHECK_SUM, 1}, {GRIDGOV_CHECK_SHARE, 6}}},
    {"hotline, commas and one sentence",
     "3月，全县热线受理群众诉求2725件，其中城市管理类1208件，占44.33%，矛盾纠纷类655件，占24.04%"
     "，消防"
     "安全类402件，占14.75%，食药安全类318件，占11.67%，治安隐患类97件，占3.56%，其他类45件，占1."
     "65%。\n",
     {{GRIDGOV_CHECK_SUM, 1}, {GRIDGOV_CHECK_SHARE, 6}}},
    {"one paragraph a category",
     "热线受理各类诉求共计2725件。\n"
     "\n"
     "城市管理类共1208件，占比44.3%，主要涉及路面、井盖等问题。\n"
     "矛盾纠纷类共655件，占比24.0%，主要涉及路面、井盖等问题。\n"
     "消防安全类共402件，占比14.8%，主要涉及路面、井盖等问题。\n"
     "食药安全类共318件，占比11.7%，主要涉及路面、井盖等问题。\n"
     "治安隐患类共97件，占比3.6%，主要涉及路面、井盖等问题。\n"
     "其他类共45件，占比1.7%，主要涉及路面、井盖等问题。\n",
     {{GRIDGOV_CHECK_SHARE, 6}}},
    {"full-width digits",
     "本月共上报２７２５件。其中城市管理１２０８件，占４４．３３％；矛盾纠纷６５５件，占２４．０４"
     "％；消防安全４０２件，占１４"
     "．７５％；食药安全３１８件，占１１．６７％；治安隐患９７件，占３．５６％；其他４５件，占１．"
     "６５％。\n",
     {{GRIDGOV_CHECK_SUM, 1}, {GRIDGOV_CHECK_SHARE, 6}}},
    {"thousands commas, tab table",
     "类型\t数量\t占比\n"
     "城市管理\t1,208\t44.33%\n"
     "矛盾纠纷\t655\t24.04%\n"
     "消防安全\t402\t14.75%\n"
     "食药安全\t318\t11.67%\n"
     "治安隐患\t97\t3.56%\n"
     "其他\t45\t1.65%\n"
     "合计\t2,725\t100%\n",
     {{GRIDGOV_CHECK_SUM, 1}, {GRIDGOV_CHECK_SHARE, 7}}},
    {"markdown table, total first",
     "| 类别 | 件数 | 比例 |\n"
     "|---|---:|---:|\n"
     "| **合计** | **2725** | 100.00% |\n"
     "| 城市管理 | 1208 | 44.33% |\n"
     "| 矛盾纠纷 | 655 | 24.04% |\n"
     "| 消防安全 | 402 | 14.75% |\n"
     "| 食药安全 | 318 | 11.67% |\n"
     "| 治安隐患 | 97 | 3.56% |\n"
     "| 其他 | 45 | 1.65% |\n",
     {{GRIDGOV_CHECK_SUM, 1}, {GRIDGOV_CHECK_SHARE, 7}}},
    {"shares cut off",
     "类型\t数量\t占比\n"
     "城市管理\t1208\t44.33%\n"
     "矛盾纠纷\t655\t24.03%\n"
     "消防安全\t402\t14.75%\n"
     "食药安全\t318\t11.66%\n"
     "治安隐患\t97\t3.55%\n"
     "其他\t45\t1.65%\n"
     "合计\t2725\t\n",
     {{GRIDGOV_CHECK_SUM, 1}, {GRIDGOV_CHECK_SHARE, 6}}},
    {"shares of a total printed above only",
     "全市共受理2725件，按类型统计如下。\n"
     "\n"
     "类型,数量,占比\n"
     "城市管理,1208,44.33%\n"
     "矛盾纠纷,655,24.04%\n"
     "消防安全,402,14.75%\n"
     "食药安全,318,11.67%\n"
     "治安隐患,97,3.56%\n"
     "其他,45,1.65%\n",
     {{GRIDGOV_CHECK_SHARE, 6}}},
    {"shares only",
     "咨询类占 41.50%，投诉举报类占 33.26%，求助类占 19.52%，建议类占 2.17%，其他类占 3.55%。"
     "\n",
     {{GRIDGOV_CHECK_SHARE_SUM, 1}}},
    {"two lists side by side",
     "来源\t数量\t占比\t类型\t数量\t占比\n"
     "电话\t900\t90.00%\t咨询\t600\t60.00%\n"
     "网站\t70\t7.00%\t求助\t300\t30.00%\n"
     "微信\t30\t3.00%\t其他\t100\t10.00%\n"
     "合计\t1000\t100%\t合计\t1000\t100%\n",
     {{GRIDGOV_CHECK_SUM, 2}, {GRIDGOV_CHECK_SHARE, 8}}},
    {"agencies, three rates",
     "单位\t派遣数\t应结案数\t结案数\t按期结案数\t结案率\t按期结案率\n"
     "城南中队\t134\t125\t120\t118\t96.00%\t94.40%\n"
     "城北中队\t107\t98\t98\t97\t100.00%\t98.98%\n"
     "派出所\t73\t64\t61\t60\t95.31%\t93.75%\n"
     "市监所\t219\t210\t207\t205\t98.57%\t97.62%\n"
     "合计\t533\t497\t486\t480\t97.79%\t96.58%\n",
     {{GRIDGOV_CHECK_RATE, 10}, {GRIDGOV_CHECK_SUM, 4}}},
    {"agencies of which most did nothing",
     "基层站所\t办理数\t流转数\t结案数\t结案率\n"
     "国土所\t/\t/\t/\t/\n"
     "税务所\t0\t0\t0\t/\n"
     "执法中队\t3\t2\t2\t66.67%\n",
     {{GRIDGOV_CHECK_RATE, 1}, {GRIDGOV_CHECK_ORDER, 2}}},
    {"two months beside each other",
     "案件来源 | 6月受理数（宗） | 7月受理数（宗） | 增减（宗） | 增减幅（%） |\n"
     "信息采集 | 12120 | 12102 | -18 | -0.15% |\n"
     "热线转办 | 696 | 633 | -63 | -9.05% |\n"
     "公众举报 | 7 | 9 | 2 | 28.57% |\n"
     "其 他 | 862 | 1294 | 432 | 50.12% |\n"
     "合 计 | 13685 | 14038 | 353 | 2.58% |\n",
     {{GRIDGOV_CHECK_CHANGE, 10}, {GRIDGOV_CHECK_SUM, 3}}},
    {"three periods, arrows",
     "类型\t本月\t上月\t环比\t去年同期\t同比\n"
     "暴露垃圾\t4654\t7800\t↓40.33%\t4034\t↑15.37%\n"
     "乱停放\t4000\t4084\t↓2.06%\t2284\t↑75.13%\n"
     "沿街晾晒\t1508\t1397\t↑7.95%\t1267\t↑19.02%\n"
     "井盖\t177\t148\t↑19.59%\t73\t↑142.47%\n",
     {{GRIDGOV_CHECK_CHANGE, 8}}},
    {"changes in prose, bases in brackets",
     "2022年8月，全市共发现各类问题19117件，环比（24575件）下降22.21%，同比（16788件）增长13.87"
     "%。\n",
     {{GRIDGOV_CHECK_CHANGE, 2}}},
    {"changes in prose, differences",
     "本周受理诉求5040件，较上周减少32件，下降0.63%；登记交办1006件，较上周增加25件，上升2.55%。\n",
     {{GRIDGOV_CHECK_CHANGE, 2}}},
    {"percentage points",
     "本月办结率99.95%，较上月（99.60%）上升0.35个百分点；满意率98.20%，较上月（98.75%）下降0.5"
     "5个百分点。\n",
     {{GRIDGOV_CHECK_CHANGE, 2}}},
    {"week with a daily mean",
     "2024年第28周（7月8日—7月14日），热线共受理诉求71184件，日均10169件，较上周下降0.24%。其中直办"
     "37527件，占52.7%，转办33657件，占47.3%。\n",
     {{GRIDGOV_CHECK_MEAN, 1}, {GRIDGOV_CHECK_SUM, 1}, {GRIDGOV_CHECK_SHARE, 2}}},
    {"done and in hand",
     "中心热线共受理诉求61723件，办结60609件，正在办理中1114件，办结率98.20%。\n",
     {{GRIDGOV_CHECK_SUM, 1}, {GRIDGOV_CHECK_RATE, 1}}},
    {"ten thousands",
     "全省共受理诉求180.00万件，环比上升17.42%，办结150.25万件，正在办理中29.75万件。\n",
     {{GRIDGOV_CHECK_SUM, 1}}},
    {"closure from two counts",
     "12月份共受理有效事项7227宗，当场答复5113宗，转办2114宗，办结1898宗，办结率97.01%。\n",
     {{GRIDGOV_CHECK_RATE, 1}, {GRIDGOV_CHECK_SUM, 1}}},
    {"shares of a later count",
     "12月共受理案件1054件，其中立案996件，应结案972件，结案911件，结案率93.72%"
     "，按期结案737件，按期结"
     "案率75.82%。\n"
     "1、巡查上报953件，占总案件的95.68%；\n"
     "2、微信举报43件，占总案件的4.32%。\n",
     {{GRIDGOV_CHECK_SHARE, 2}, {GRIDGOV_CHECK_RATE, 2}}},
    {"part of a part",
     "网格员共上报事件9213件，办结9201件，办结率99.87%。其中，上报至镇级的有113件，占比1.23%"
     "，办结113"
     "件，办结率100 %；上报至市级的有1883件，占比20.44%，办结1871件，办结率99.36%。\n",
     {{GRIDGOV_CHECK_SHARE, 2}, {GRIDGOV_CHECK_RATE, 3}}},
    {"ranks with a tie",
     "镇街\t得分\t排名\n"
     "周原镇\t98.5\t1\n"
     "县功镇\t97.25\t2\n"
     "阳平镇\t97.25\t2\n"
     "虢镇\t95.0\t4\n"
     "坪头镇\t91.5\t5\n",
     {{GRIDGOV_CHECK_RANK, 5}}},
    {"ranks, dense, rate",
     "单位,按期办结率,名次\n"
     "住建局,99.10%,1\n"
     "公安局,98.70%,2\n"
     "城管局,98.70%,2\n"
     "教育局,97.00%,3\n",
     {{GRIDGOV_CHECK_RANK, 4}}},
    {"scores out of maxima",
     "单位\t巡查（40分）\t上报（30分）\t走访（30分）\t总分\t名次\n"
     "甲网格\t38.5\t29\t30\t97.5\t2\n"
     "乙网格\t40\t30\t28\t98\t1\n"
     "丙网格\t35\t25.5\t30\t90.5\t3\n",
     {{GRIDGOV_CHECK_ROW_TOTAL, 3}, {GRIDGOV_CHECK_RANGE, 9}, {GRIDGOV_CHECK_RANK, 3}}},
    {"deductions from a hundred",
     "单位\t网格\t在线率扣分\t走访扣分\t加分\t得分\n"
     "甲社区\t一网格\t2\t5\t0\t93\n"
     "\t二网格\t0\t0\t3\t103\n"
     "乙社区\t一网格\t1\t0\t0\t99\n"
     "\t二网格\t0\t1\t0\t99\n"
     "丙社区\t一网格\t4\t0\t1\t97\n",
     {{GRIDGOV_CHECK_ROW_TOTAL, 5}, {GRIDGOV_CHECK_DUPLICATE, 5}}},
    {"subtotals",
     "片区\t社区\t上报\t办结\n"
     "东片\t甲\t120\t118\n"
     "\t乙\t95\t95\n"
     "\t小计\t215\t213\n"
     "西片\t丙\t60\t58\n"
     "\t丁\t33\t30\n"
     "\t小计\t93\t88\n"
     "合计\t\t308\t301\n",
     {{GRIDGOV_CHECK_SUM, 6}}},
    {"row totals of counts",
     "单位\t总数\t综治\t市监\t执法\t便民\n"
     "甲社区\t40\t10\t5\t20\t5\n"
     "乙社区\t31\t9\t2\t20\t0\n"
     "丙社区\t22\t1\t1\t15\t5\n"
     "合计\t93\t20\t8\t55\t10\n",
     {{GRIDGOV_CHECK_ROW_TOTAL, 4}, {GRIDGOV_CHECK_SUM, 5}}},
    {"a mean row",
     "单位\t上报数\t得分\n"
     "甲\t120\t98.5\n"
     "乙\t95\t91.0\n"
     "丙\t85\t97.0\n"
     "平均\t100\t95.5\n",
     {{GRIDGOV_CHECK_MEAN, 2}}},
    {"gaps for columns",
     "类型      数量    占比\n"
     "城市管理  60      60.00%\n"
     "矛盾纠纷  30      30.00%\n"
     "其他      10      10.00%\n"
     "合计      100     100%\n",
     {{GRIDGOV_CHECK_SUM, 1}, {GRIDGOV_CHECK_SHARE, 4}}},
    {"a header on every page",
     "单位\t网格\t上报\t办结\n"
     "甲\t一\t10\t9\n"
     "\n"
     "— 1 —\n"
     "\n"
     "单位\t网格\t上报\t办结\n"
     "乙\t一\t12\t12\n"
     "\n"
     "— 2 —\n"
     "\n"
     "单位\t网格\t上报\t办结\n"
     "丙\t一\t20\t18\n"
     "合计\t\t42\t39\n",
     {{GRIDGOV_CHECK_SUM, 2}, {GRIDGOV_CHECK_HEADER, 2}, {GRIDGOV_CHECK_DUPLICATE, 3}}},
    {"an adjustment with its reason",
     "单位\t网格\t走访 (10 分)\t上报 (90 分)\t附加分\t总分\t备注\n"
     "甲\t一\t-5\t\t\t95\t\n"
     "甲\t二\t\t\t+5\t105\t获市级表彰\n"
     "甲\t三\t\t-3\t\t97\t\n",
     {{GRIDGOV_CHECK_ROW_TOTAL, 3}, {GRIDGOV_CHECK_ADJUSTMENT, 1}}},
    {"two changes, each with its own base behind it",
     "二季度，全市热线共受理各类诉求12,345件，同比增长15.20%（去年同期10716件），环比下降3.45%"
     "（上季度"
     "12786件）。\n",
     {{GRIDGOV_CHECK_CHANGE, 2}}},
    {"a total merged over two columns",
     "\t序号\t类别\t件数\t占比\n"
     "\t1\t公共服务\t5432\t44.00%\n"
     "\t2\t城乡建设\t3210\t26.00%\n"
     "\t3\t劳动社保\t2098\t16.99%\n"
     "\t4\t其他\t1605\t13.00%\n"
     "\t合计\t12345\t100%\n",
     {{GRIDGOV_CHECK_SUM, 1}, {GRIDGOV_CHECK_SHARE, 4}}},
    {"top five, no list of all",
     "当月受理7227宗，排名前五的单位分别是市公安局226宗、市环保局180宗、市城管局139宗、市工商局128"
     "宗、市交通局"
     "53宗。\n",
     {{0, 0}}},
    {"numbers that claim nothing",
     "根据〔2021〕45号文件，12345热线24小时开通，共有15个成员单位、第3期培训班于9月18日开班，联系电"
     "话821"
     "23456。\n",
     {{0, 0}}},
};

#endif
