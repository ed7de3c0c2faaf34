// Style sheet and script, written out.
#include "document/page_look.h"

namespace assay {

const char kPageStyle[] = R"css(
:root {
  color-scheme: light dark;
  --ink: #1d232b; --soft: #5a6573; --faint: #8a94a1; --line: #dfe4ea; --paper: #fff; --shade: #f5f7f9; --link: #175cad;
  --text: #8a3b12; --note: #41617f; --cut: #8a6100; --hold: #b04a06; --reject: #b3202c; --calm: #5a6573;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Hiragino Sans GB",
    "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", "PingFang SC",
    "Microsoft YaHei", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #dfe4ea; --soft: #a3adb9; --faint: #7c8794; --line: #333b45; --paper: #171b20; --shade: #1f252c;
    --link: #7db3f2; --text: #e0a37e; --note: #93b4d3; --cut: #dcb14e; --hold: #f0985a; --reject: #f2848c;
    --calm: #a3adb9;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 16px/1.6 var(--sans); }
:root:not([data-show="zh"]):not([data-show="both"]) body [lang="zh-CN"] { display: none; }
:root[data-show="zh"] body [lang="en"] { display: none; }
:root[data-show="both"] bdi[lang="en"] + bdi { margin-inline-start: .5em; }
:root[data-show="both"] dd > bdi[lang], :root[data-show="both"] h1 > bdi[lang] { display: block; margin: 0; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
code, pre { font-family: var(--mono); font-size: .875em; font-variant-ligatures: none; }
code { overflow-wrap: anywhere; unicode-bidi: isolate; }
pre { margin: 0; white-space: pre-wrap; }
.cel { white-space: pre-wrap; }
.cel .text { color: var(--text); }
dd > .cel + .badge { margin-top: .3rem; }
.meaning { color: var(--soft); }

.bar { position: sticky; top: 0; z-index: 2; display: flex; align-items: center; gap: 1rem; padding: .6rem 1.5rem;
  border-bottom: 1px solid var(--line); background: var(--paper); }
.bar strong { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.switch { display: flex; border: 1px solid var(--line); border-radius: .4rem; overflow: hidden; }
.switch button { padding: .2rem .7rem; border: 0; color: var(--soft); background: none; font: inherit; font-size: .85rem;
  cursor: pointer; }
.switch button + button { border-left: 1px solid var(--line); }
.switch button[aria-pressed="true"] { color: var(--paper); background: var(--link); }

.page { display: grid; grid-template-columns: 19rem minmax(0, 1fr); }
nav { position: sticky; top: 3.4rem; align-self: start; height: calc(100vh - 3.4rem); overflow: auto;
  padding: 1.25rem 1rem 3rem 1.5rem; border-right: 1px solid var(--line); font-size: .875rem; }
nav p { margin: 0; padding: .25rem 0 .25rem 1.05rem; font-weight: 600; }
nav summary { padding: .25rem 0; cursor: pointer; font-weight: 600; }
nav summary::marker { color: var(--faint); }
nav .count { margin-inline-start: .3em; color: var(--faint); font-weight: 400; }
nav ul { margin: 0 0 .5rem; padding: 0 0 0 1rem; list-style: none; }
nav li { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
nav li a { color: var(--soft); }
nav li a:hover { color: var(--link); }
nav li code { color: var(--ink); }

main { min-width: 0; max-width: 70rem; padding: 2rem 2.5rem 6rem; }
h1 { margin: 0 0 .75rem; font-size: 1.9rem; line-height: 1.25; text-wrap: balance; }
h2 { margin: 3.5rem 0 .25rem; padding-top: 1rem; border-top: 2px solid var(--ink); font-size: 1.4rem; line-height: 1.3; }
h3 { margin: 0; font-size: 1rem; line-height: 1.5; }
h3 code { font-size: .95em; }
.lead { margin: 0 0 1.25rem; color: var(--soft); }

.card { margin: 1rem 0; padding: .9rem 1.15rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
.card:target, tr:target { border-color: var(--link); box-shadow: 0 0 0 2px var(--link); }
.card > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem .6rem; margin-bottom: .6rem; }
.card > header h3 { flex: 1; min-width: 12rem; }
.card > footer { margin-top: .7rem; padding-top: .5rem; border-top: 1px solid var(--line); font-size: .8rem; }
dl { margin: 0; }
dl > div { display: grid; grid-template-columns: 10.5rem minmax(0, 1fr); gap: 0 1rem; padding: .18rem 0; }
dt { color: var(--soft); font-size: .875em; line-height: 1.83; }
dd { min-width: 0; margin: 0; }
dd > pre, dd > .cel, .part > .cel { display: block; padding: .3rem .6rem; border-radius: .3rem; background: var(--shade); }
dd > .cel + .cel { margin-top: .25rem; }
.card pre .cel { display: block; }
.part { margin: .2rem 0 .6rem; padding-left: .8rem; border-left: 2px solid var(--line); }
.entry .name { color: var(--soft); font-size: .875em; }
.entry .name::after { content: ":"; }
.place { color: var(--faint); font: .75rem var(--mono); overflow-wrap: anywhere; }
.users { color: var(--soft); }
.users > span + span::before { content: "· "; }
.users details[open] { display: block; }
.users details { display: inline-block; vertical-align: top; }
.users summary { cursor: pointer; }
.card > footer .users, td .users { font-size: .8rem; }

.badge { display: inline-block; padding: 0 .5em; border: 1px solid currentColor; border-radius: 1em; color: var(--calm);
  font-size: .75rem; font-weight: 600; line-height: 1.6; white-space: nowrap; }
.badge.note { color: var(--note); }
.badge.cut { color: var(--cut); }
.badge.hold { color: var(--hold); }
.badge.reject { color: var(--reject); }

.scroll { overflow-x: auto; margin: .3rem 0; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; line-height: 1.5; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
thead tr:last-child th { border-bottom: 1px solid var(--soft); }
th small { display: block; color: var(--faint); font: .75rem var(--mono); }
td.gives, th.gives { background: var(--shade); }
td:first-child, thead tr:first-child th:first-child { padding-inline-start: .2rem; }
td code, li code { overflow-wrap: break-word; }
td .place { white-space: nowrap; }
.json code { display: block; padding: .4rem .6rem; border-radius: .3rem;
  background: var(--shade); font-size: .8rem; }

@media screen and (max-width: 56rem) {
  .bar { padding: .5rem 1rem; }
  .page { display: block; }
  nav { position: static; height: auto; max-height: 45vh; padding: .75rem 1rem; border-right: 0;
    border-bottom: 1px solid var(--line); }
  main { padding: 1.25rem 1rem 4rem; }
  h1 { font-size: 1.5rem; }
  dl > div { display: block; padding: .3rem 0; }
  dt { line-height: 1.5; }
  .card { padding: .75rem .8rem; }
}
@media print {
  :root { --ink: #000; --soft: #444; --faint: #666; --line: #bbb; --paper: #fff; --shade: #f3f3f3; --link: #000;
    --text: #000; --note: #000; --cut: #000; --hold: #000; --reject: #000; --calm: #000; }
  body { font-size: 9.5pt; }
  .bar, nav { display: none; }
  .page { display: block; }
  main { max-width: none; padding: 0; }
  h2 { margin-top: 2rem; break-after: avoid; }
  .card, dl > div, tr { break-inside: avoid; }
  .card:target, tr:target { box-shadow: none; border-color: var(--line); }
  .scroll { overflow: visible; }
  thead { display: table-header-group; }
}
)css";

const char kPageScript[] = R"js(
(function () {
  "use strict";
  var root = document.documentElement, buttons = document.querySelectorAll("[data-choose]");
  function show(language) {
    root.dataset.show = language;
    root.lang = language === "zh" ? "zh-CN" : "en";
    buttons.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.choose === language));
    });
  }
  buttons.forEach(function (button) {
    button.addEventListener("click", function () { show(button.dataset.choose); });
  });
  show(root.dataset.show || (/^zh/i.test(navigator.language) ? "zh" : "en"));
  if (matchMedia("(max-width: 56rem)").matches) {
    document.querySelectorAll("nav details").forEach(function (details) { details.open = false; });
  }
  addEventListener("beforeprint", function () {
    document.querySelectorAll("main details").forEach(function (details) { details.open = true; });
  });
})();
)js";

}  // namespace assay
