#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# gridgov policy and gridgov lint at the command line: exit statuses, both languages, JSON, and that the policies
# written in docs/ say what their places' rules say.
set -eu
export LC_ALL=C.UTF-8
command=$GRIDGOV_COMMAND
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
    echo "$*" >&2
    exit 1
}
# expect STATUS COMMAND…: run it, keep its output, compare the exit status.
expect() {
    wanted=$1
    shift
    status=0
    "$command" "$@" >"$work/out" 2>"$work/err" || status=$?
    [ "$status" -eq "$wanted" ] || {
        cat "$work/out" "$work/err" >&2
        fail "gridgov $*: status $status, expected $wanted"
    }
}
holds() { grep -qF -- "$1" "$work/out" || { cat "$work/out" >&2; fail "missing: $1"; }; }
lacks() { ! grep -qF -- "$1" "$work/out" || fail "not expected: $1"; }

expect 0 policy list
for name in after-2024 baiguan-2021 jinhua-cityops; do
    holds "$name"
    expect 0 policy show "$name"
    holds '## 一、'
    lacks '(null)'
    expect 0 policy show "$name" --lang en
    holds '## 1. '
    expect 0 policy diff "$name" "$name"
    expect 0 policy list
done
expect 0 policy show baiguan-2021
holds '### 6. 结案率（3 分）'
holds '应结案中已结案数 ÷ 应结案数：低于 90% 时，每低一个百分点扣 1 分，不足一个百分点的按比例扣'
holds '未定 公里'
expect 0 policy show baiguan-2021 --lang en
holds 'each percentage point below 90% costs 1 point, a part in proportion'

# one number changed: exactly one clause of the rules and the parameter differ
printf '{"closure_threshold": "85"}' >"$work/parameters.json"
"$command" policy show baiguan-2021 --parameters "$work/parameters.json" >"$work/changed.md"
grep -qF '低于 85% 时' "$work/changed.md" || fail "a parameter does not reach the words"
sed 's/"value": "90", "min": "0", "max": "100", "decimals": 3, "source": "金华市规则/"value": "85", "min": "0", "max": "100", "decimals": 3, "source": "金华市规则/' \
    lib/refdata/data/policy-baiguan-2021.json >"$work/changed.json"
expect 1 policy diff baiguan-2021 "$work/changed.json"
[ "$(grep -c '^修改' "$work/out")" -eq 2 ] || { cat "$work/out"; fail "two changes expected"; }
holds '修改 结案率 扣分 [indicators/closure/deductions]'
holds '[parameters/closure_threshold]'
expect 1 policy diff baiguan-2021 "$work/changed.json" --json
holds '"schema": "gridgov.policy-diff/1"'
holds '"change": "changed", "place": "indicators/closure/deductions"'
expect 1 policy diff baiguan-2021 after-2024 --lang en
holds 'removed Daily online rate'
holds 'added '

expect 1 lint baiguan-2021
holds 'lint-threshold-undefined'
holds 'lint-barred'
expect 1 lint baiguan-2021 --day 2021-09-01
lacks 'lint-barred'
expect 1 lint baiguan-2021 --day 2024-09-01 --lang en
holds 'lint-barred'
holds 'barred as a basis of appraisal'
holds 'lint-validity'
expect 1 lint jinhua-cityops --json
holds '"schema": "gridgov.lint/1"'
holds '"code": "lint-base"'
expect 0 lint after-2024
expect 0 lint after-2024 --day 2026-06-01
# a document that does not load: its problems are the findings
sed 's/"code": "closure", "name"/"code": "timeliness", "name"/; s/"max": "3",/"max": "4",/' \
    lib/refdata/data/policy-baiguan-2021.json >"$work/broken.json"
expect 1 lint "$work/broken.json"
holds 'json-duplicate'
holds 'policy-group-sum'
printf '{' >"$work/nothing.json"
expect 3 lint "$work/nothing.json"
expect 3 lint "$work/absent.json"
expect 2 lint baiguan-2021 --day yesterday
expect 2 policy
expect 2 policy show
expect 2 policy sing
expect 3 policy show "$work/absent.json"
# ranks, grades, means and the list of a standard stand in the bulletin when the policy asks for them, and only then
month=examples/data/baiguan-2021-09
expect 0 bulletin "$month" --month 2021-09 --format md -o "$work/plain"
! grep -qE '名次|等次|平均得分|低于标准' "$work/plain/bulletin.md" || fail "ranks that nobody asked for"
more='"not_assessed": "full_marks", "ranking": {"method": "competition", "within": "all"},'
more="$more"' "unit_means": {"decimals": 2, "rounding": "half_even"},'
more="$more"' "standard": {"below": 80, "name": "低于标准", "name_en": "Below standard"},'
more="$more"' "grades": [{"code": "a", "name": "优秀", "name_en": "excellent", "at_least": 95},'
more="$more"' {"code": "b", "name": "其他", "name_en": "other", "otherwise": true}]'
sed "s/\"bonus\": {\"name\": \"附加分\", \"name_en\": \"Bonus\"}/&, $more/" lib/refdata/data/policy-baiguan-2021.json \
    >"$work/ranked.json"
expect 0 bulletin "$month" --month 2021-09 --policy "$work/ranked.json" --format md,html,json,csv -o "$work/ranked"
grep -qF '| 天祥社区 | 2 | 2 | 102 |' "$work/ranked/bulletin.md" || fail "the mean of 天祥社区"
grep -qF '上源闸社区/江南一品网格（79 分）、高丰社区/一网格（75 分）。' "$work/ranked/bulletin.md" || fail "the list"
for words in '名次' '等次' '各单位平均得分' '低于标准（总分低于 80 分）' '优秀'; do
    grep -qF "$words" "$work/ranked/bulletin.md" || fail "the bulletin lacks $words"
    grep -qF "$words" "$work/ranked/bulletin.html" || fail "the page lacks $words"
done
expect 0 score "$month" --month 2021-09 --policy "$work/ranked.json" --json
holds '"rank": 1, "tied": 1, "grade": "a"'
holds '"months_below": 1'
expect 0 bulletin "$month" --month 2021-09 --policy "$work/ranked.json" --lang en --format md -o "$work/english"
grep -qF 'Mean scores of units' "$work/english/bulletin.md" || fail "no means in English"

for file in docs/policies/*.json; do
    [ -e "$file" ] || continue
    expect 0 policy show "$file"
    status=0
    "$command" lint "$file" >"$work/out" 2>&1 || status=$?
    [ "$status" -le 1 ] || fail "$file: lint status $status"
done
echo "policy and lint at the command line"
