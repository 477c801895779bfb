/* SPDX-License-Identifier: Apache-2.0 */
/* The style sheet of the HTML page, in pieces below the 4095 bytes that C promises for a literal.
 * Measures follow GB/T 9704-2012: A4, margins 37/26/35/28 mm (type area 156 × 225 mm), 22 lines of
 * 28 characters, title 22 pt, body 16 pt, colophon 14 pt. Fonts are named, never embedded, with
 * fallbacks; colours keep a contrast of 4.5 : 1. */
#ifndef GG_HTML_STYLE_H
#define GG_HTML_STYLE_H

#define SONG "\"Songti SC\",SimSun,\"宋体\",\"Noto Serif CJK SC\",serif"
#define BIAO_SONG "\"方正小标宋简体\",\"方正小标宋_GBK\",\"FZXiaoBiaoSong-B05S\"," SONG
#define FANG_SONG "\"仿宋_GB2312\",FangSong_GB2312,\"仿宋\",FangSong,STFangsong," SONG
#define HEI "\"黑体\",SimHei,\"Heiti SC\",\"Noto Sans CJK SC\",sans-serif"
#define KAI "\"楷体_GB2312\",KaiTi_GB2312,\"楷体\",KaiTi,STKaiti," SONG

static const char *const style_pieces[] = {
    "*{box-sizing:border-box}\n"
    "html{background:#e8e8e8;color:#000;-webkit-text-size-adjust:100%}\n"
    "body{margin:0;font:16pt/28.9pt " FANG_SONG "}\n"
    "main{max-width:210mm;margin:8mm auto;padding:37mm 26mm 35mm 28mm;background:#fff}\n"
    "p{margin:0;text-indent:2em;text-align:justify;overflow-wrap:anywhere}\n"
    "h1{margin:1.2em 0 1em;font:normal 22pt/1.4 " BIAO_SONG ";text-align:center;"
    "text-wrap:balance}\n"
    "h2,h3,h4{margin:0;font-size:16pt;line-height:28.9pt;font-weight:normal;text-indent:2em;"
    "break-after:avoid}\n"
    "h2{font-family:" HEI "}\n"
    "h3{font-family:" KAI "}\n"
    "h4{font-weight:bold}\n",
    ".issuer{font:normal 26pt/1.3 " BIAO_SONG ";color:#c00;text-align:center;text-indent:0;"
    "letter-spacing:.04em;text-wrap:balance}\n"
    ".number{margin-top:1.2em;text-align:center;text-indent:0}\n"
    ".rule{height:0;margin:4mm 0 0;border:0;border-top:2pt solid #c00}\n"
    ".addressees{text-indent:0}\n"
    ".stamp{width:fit-content;margin:6mm auto 0;padding:.2em .8em;border:3px double #c00;"
    "color:#c00;font:bold 16pt/1.5 " HEI ";text-align:center;text-indent:0}\n"
    ".note{font-size:14pt;line-height:1.6}\n"
    ".colophon{margin-top:3em;border-top:1pt solid #000;border-bottom:1pt solid #000;"
    "break-inside:avoid}\n"
    ".colophon p{padding:0 1em;font-size:14pt;text-indent:0}\n"
    ".colophon p+p{border-top:.5pt solid #000}\n",
    ".scroll{margin:1em 0;overflow-x:auto}\n"
    ".scroll:focus-visible{outline:2px solid #06c}\n"
    "table{width:100%;border-collapse:collapse;font-size:12pt;line-height:1.4;"
    "font-variant-numeric:tabular-nums}\n"
    "caption{padding:0 0 .4em;font:normal 14pt/1.4 " HEI ";text-align:center;"
    "break-after:avoid}\n"
    "th,td{padding:.25em .4em;border:.5pt solid #000;text-align:center;"
    "vertical-align:middle;font-weight:normal}\n"
    "thead th{font-family:" HEI ";background:#f2f2f2}\n"
    "small{font-size:.9em}\n"
    ".wide{font-size:9pt;line-height:1.3}\n"
    ".wide th,.wide td{padding:.2em .15em}\n"
    ".wide thead small{display:block;font-size:.8em}\n"
    ".wide tbody th{min-width:5.5em;text-wrap:balance}\n"
    ".wide tbody th:last-of-type{min-width:6.5em}\n"
    ".wide td{word-break:keep-all}\n",
    "@media screen and (max-width:50em){\n"
    "html{background:#fff}\n"
    "body,h2,h3,h4{font-size:1.06rem;line-height:1.75}\n"
    "main{margin:0;padding:1.2rem 1rem 2rem}\n"
    "h1{font-size:1.4rem}\n"
    ".issuer{font-size:1.6rem}\n"
    ".stamp,.note,caption,.colophon p{font-size:1rem}\n"
    "table{font-size:.95rem}\n"
    ".wide{width:max-content;min-width:100%;font-size:.85rem}\n"
    ".wide th,.wide td{padding:.3em .45em}\n"
    ".wide caption{text-align:left}\n"
    ".wide tbody th:last-of-type{position:sticky;left:0;background:#fff;"
    "box-shadow:inset -1px 0 #000,inset 1px 0 #000}\n"
    "}\n"
    "@page{size:A4;margin:37mm 26mm 35mm 28mm}\n"
    "@page :right{@bottom-right{content:\"— \" counter(page) \" —\";font:14pt " SONG "}}\n"
    "@page :left{@bottom-left{content:\"— \" counter(page) \" —\";font:14pt " SONG "}}\n"
    "@media print{\n"
    "html{background:none}\n"
    "main{max-width:none;margin:0;padding:0}\n"
    ".scroll{overflow:visible}\n"
    "thead{display:table-header-group}\n"
    "h1~h1{break-before:page}\n"
    "tr{break-inside:avoid}\n"
    "th,td,.stamp,.rule{-webkit-print-color-adjust:exact;print-color-adjust:exact}\n"
    "}\n"};

#endif
