import ByteViews
import Cryptography

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the page looks like: on a screen, light and dark, narrow and wide, and on paper.
///
/// It stands in the page, which allows this one by its digest and no other, nor any attribute `style`.
enum StyleSheet {
  /// The text. Nothing in it is special in XML.
  static let text = #"""
    :root { color-scheme: light dark;
      --page: #f5f6f7; --panel: #ffffff; --ink: #1a1f26; --quiet: #535d69; --line: #dde2e8; --track: #e9edf1; --code: #f0f2f5;
      --good: #176b41; --bad: #b3231b; --warn: #855300; --note: #2a5aa6;
      --good-fill: #2b9a63; --bad-fill: #d2382f; --bad-deep: #8e1c3f; --warn-fill: #cf8a1d; --note-fill: #4a7fd0;
      --good-soft: #e8f4ed; --bad-soft: #fbebe9; --warn-soft: #faf1e0; --note-soft: #eaf0fa;
      --meta: #33415c; --freelist: #7a5aa6; --tree: #7d93ad; --old: #b9c5d2; --zero: #e3e8ed; --unknown: #ffffff; --link: #1f57a8; }
    @media (prefers-color-scheme: dark) { :root {
      --page: #0e1216; --panel: #161b21; --ink: #e4e8ec; --quiet: #9ca7b3; --line: #2b333c; --track: #252d36; --code: #1e252d;
      --good: #62d197; --bad: #ff9489; --warn: #e9b55c; --note: #8db8f5;
      --good-fill: #2f9e66; --bad-fill: #e5564a; --bad-deep: #ff9db4; --warn-fill: #d69a35; --note-fill: #5d90dd;
      --good-soft: #14281d; --bad-soft: #311a18; --warn-soft: #2b2212; --note-soft: #172335;
      --meta: #c3cfe0; --freelist: #a488d0; --tree: #6c829d; --old: #46535f; --zero: #262e37; --unknown: #0e1216; --link: #8db8f5; } }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; overflow-wrap: anywhere; }
    main { max-width: 66rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
    h1, h2, h3, h4, p, table, dl, ol, figure { margin: 0; }
    h2 { font-size: 1.25rem; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; }
    h3 { font-size: 1rem; line-height: 1.4; font-weight: 650; }
    a { color: var(--link); text-underline-offset: 0.15em; }
    code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.875em; }
    bdi { display: inline-block; max-width: 100%; vertical-align: baseline; overflow: clip; overflow-clip-margin: 0.25em; }
    .block { display: block; }
    .quiet { color: var(--quiet); }
    .small { font-size: 0.875rem; }
    .num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }

    /* The verdict. */
    .hero { background: var(--panel); border: 1px solid var(--line); border-radius: 0.75rem; border-top: 0.375rem solid var(--note-fill); padding: 1.5rem 1.75rem; }
    .hero.pass { border-top-color: var(--good-fill); } .hero.fail, .hero.error { border-top-color: var(--bad-fill); }
    .hero h1 { font-size: clamp(1.25rem, 0.95rem + 1.35vw, 1.75rem); line-height: 1.28; font-weight: 600; letter-spacing: -0.015em; text-wrap: pretty; }
    .hero h2 { font-size: 1.25rem; line-height: 1.3; } .hero h2 .verdict { font-size: 0.75em; }
    .verdict { display: inline-block; font-weight: 750; letter-spacing: 0.03em; }
    .hero .verdict { display: table; font-size: 0.6em; line-height: 1.5; padding: 0.15em 0.75em; border-radius: 0.4em; margin-bottom: 0.6rem; letter-spacing: 0.08em; }
    .verdict.pass { color: var(--good); } .verdict.fail, .verdict.error { color: var(--bad); }
    .hero .verdict.pass { background: var(--good-soft); } .hero .verdict.fail, .hero .verdict.error { background: var(--bad-soft); }
    .hero .notes { margin-top: 0.4rem; color: var(--quiet); font-size: 1.0625rem; }
    .masthead { margin: 0 0 0.625rem; color: var(--quiet); font-size: 0.875rem; display: flex; justify-content: space-between; gap: 1rem; } .masthead b { color: var(--ink); font-weight: 650; }
    .hero .file { margin-top: 1rem; font-size: 0.9375rem; }
    .hero .made { margin-top: 0.125rem; color: var(--quiet); font-size: 0.875rem; }
    nav { margin: 0.875rem 0 0; font-size: 0.875rem; }
    nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.125rem; margin: 0; padding: 0; }
    .snapshot { margin-top: 3.5rem; padding-top: 0.25rem; }

    /* Sections. */
    .part { margin-top: 1.25rem; background: var(--panel); border: 1px solid var(--line); border-radius: 0.75rem; padding: 1.25rem 1.75rem 1.5rem; }
    .part > h2, .part > h3 { margin-bottom: 0.25rem; font-size: 1.25rem; line-height: 1.3; letter-spacing: -0.01em; }
    .part > .lead { color: var(--quiet); margin-bottom: 0.75rem; max-width: 46rem; }
    table { width: 100%; border-collapse: collapse; }
    caption { text-align: left; color: var(--quiet); font-size: 0.875rem; padding-bottom: 0.5rem; }
    th, td { text-align: left; vertical-align: top; padding: 0.5rem 1rem 0.5rem 0; border-top: 1px solid var(--line); font-weight: 400; }
    thead th { color: var(--quiet); font-size: 0.8125rem; border-top: 0; padding-top: 0.25rem; padding-bottom: 0.375rem; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th, .verdict, .severity { overflow-wrap: normal; }
    th.num, td.num { text-align: right; }

    /* Bars. */
    svg.bar { display: block; width: 100%; height: 0.875rem; border-radius: 0.25rem; background: var(--track); forced-color-adjust: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    svg .encrypted, svg .live { fill: var(--good-fill); } svg .plaintext { fill: var(--bad-fill); } svg .other { fill: var(--warn-fill); }
    svg .history { fill: var(--tree); }
    .words { display: flex; flex-wrap: wrap; gap: 0 1.125rem; margin-top: 0.3rem; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
    .dot::before { content: ""; display: inline-block; width: 0.625rem; height: 0.625rem; border-radius: 0.1875rem; margin-right: 0.4rem; background: var(--track); forced-color-adjust: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    .dot.encrypted::before, .dot.live::before { background: var(--good-fill); } .dot.plaintext::before { background: var(--bad-fill); } .dot.other::before { background: var(--warn-fill); } .dot.history::before { background: var(--tree); }
    .dot.plaintext { color: var(--bad); font-weight: 600; } .dot.other { color: var(--warn); font-weight: 600; }
    .layers, .keys { table-layout: fixed; } .layers thead th:first-child, .keys thead th:first-child { width: 44%; } .layers th b { display: block; font-weight: 650; font-size: 1.0625rem; }
    .layers tbody th, .layers tbody td { padding-top: 0.75rem; padding-bottom: 0.75rem; }
    .layers tbody tr:first-child > * { border-top: 0; }

    /* The map. */
    .map { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.5rem 2rem; align-items: start; }
    svg.cells { display: block; width: 100%; height: auto; forced-color-adjust: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    svg.cells path { fill: none; stroke-width: 0.84; stroke-dasharray: 0.84 0.16; }
    .swatch { display: block; padding-left: 1.25rem; }
    .swatch::before { content: ""; display: inline-block; width: 0.75rem; height: 0.75rem; border-radius: 0.125rem; margin-left: -1.25rem; margin-right: 0.5rem; vertical-align: -0.06em; border: 1px solid transparent; background: var(--use); forced-color-adjust: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    svg.cells path { stroke: var(--use); }
    .use-residue { --use: var(--bad-fill); } .use-readable { --use: var(--bad-deep); } .use-damaged { --use: var(--freelist); } .use-unexplained { --use: var(--warn-fill); } .use-tree { --use: var(--tree); } .use-free { --use: var(--old); } .use-zero { --use: var(--zero); } .use-meta { --use: var(--meta); } .use-freelist { --use: var(--note-fill); } .use-unexamined { --use: var(--track); }
    .map th, .map td { padding-top: 0.3rem; padding-bottom: 0.3rem; font-size: 0.875rem; }

    /* What to do. */
    ol.steps { padding: 0; list-style: none; counter-reset: step; margin-top: 0.75rem; }
    ol.steps > li { counter-increment: step; padding: 0.6rem 0 0.6rem 2.5rem; position: relative; border-top: 1px solid var(--line); }
    ol.steps > li::before { content: counter(step); position: absolute; left: 0; top: 0.6rem; width: 1.625rem; height: 1.625rem; border-radius: 50%; border: 1px solid var(--line); text-align: center; font-size: 0.875rem; line-height: 1.5rem; font-variant-numeric: tabular-nums; }
    ol.steps > li.done { color: var(--quiet); } ol.steps > li.done::before { content: "✓"; color: var(--good); background: var(--good-soft); border-color: transparent; }
    .state { font-size: 0.8125rem; font-weight: 600; margin-left: 0.375rem; white-space: nowrap; } .state.done { color: var(--good); } .state.unknown { color: var(--quiet); }
    pre { margin: 0.375rem 0 0; padding: 0.5rem 0.75rem; background: var(--code); border-radius: 0.375rem; white-space: pre-wrap; overflow-wrap: anywhere; }

    /* Findings. */
    details > summary { cursor: pointer; }
    .rule { border-top: 1px solid var(--line); }
    .rule > summary { padding: 0.7rem 0; display: grid; grid-template-columns: 1.25rem 5.5rem minmax(0, 1fr) auto; gap: 0 0.5rem; align-items: baseline; list-style: none; }
    .rule > summary::-webkit-details-marker { display: none; }
    .rule > summary::before { content: "›"; color: var(--quiet); font-weight: 700; } .rule[open] > summary::before { transform: rotate(90deg); }
    .rule > summary h3, .rule > summary h4 { font-size: 1rem; line-height: 1.4; font-weight: 650; } .rule > summary h3 span, .rule > summary h4 span { display: block; font-weight: 400; color: var(--quiet); font-size: 0.9375rem; }
    .severity { font-size: 0.75rem; font-weight: 700; letter-spacing: 0.05em; text-transform: uppercase; }
    .critical, .high { color: var(--bad); } .medium { color: var(--warn); } .low, .info { color: var(--note); }
    .critical { text-decoration: underline; text-underline-offset: 0.2em; text-decoration-thickness: 2px; }
    .rule > div { padding: 0 0 1.25rem 1.75rem; }
    .about { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 0.375rem 1rem; margin-bottom: 1rem; font-size: 0.9375rem; max-width: 52rem; } .about dt { color: var(--quiet); } .about dd { margin: 0; }
    .found { font-size: 0.875rem; } .found th, .found td { padding-top: 0.375rem; padding-bottom: 0.375rem; } .found th b { font-weight: 650; } .found th span, .found td span { display: block; color: var(--quiet); } .found th span { font-size: 0.8125rem; } .found .waiver { color: var(--ink); border-left: 3px solid var(--note-fill); padding-left: 0.5rem; margin-top: 0.25rem; }
    .found { table-layout: fixed; } .found thead th:nth-child(1) { width: 31%; } .found thead th:nth-child(2) { width: 11%; } .found thead th:nth-child(3) { width: 22%; } .found thead th:nth-child(4) { width: 36%; }
    .more { border-top: 1px solid var(--line); } .more > summary { padding: 0.5rem 0; color: var(--link); font-size: 0.875rem; }
    .errors li { margin: 0.375rem 0; } .errors { padding-left: 1.25rem; margin: 0; }
    .facts { table-layout: fixed; } .facts .name { width: 13rem; } .facts tbody th { color: var(--quiet); } .facts tbody tr:first-child > * { border-top: 0; }
    .facts thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .facts th, .facts td { padding-top: 0.4rem; padding-bottom: 0.4rem; font-size: 0.9375rem; }
    .facts td span { display: block; }
    footer { margin-top: 2rem; color: var(--quiet); font-size: 0.8125rem; }

    @media (max-width: 46rem) {
      main { padding: 0.75rem 0.625rem 2.5rem; }
      .hero, .part { padding: 1.125rem 1rem 1.25rem; border-radius: 0.625rem; }
      .map { grid-template-columns: minmax(0, 1fr); }
      .rule > summary { grid-template-columns: 1rem minmax(0, 1fr) auto; } .rule > summary .severity { grid-column: 2 / 4; grid-row: 1; } .rule > summary h3, .rule > summary h4 { grid-column: 2; } .rule > div { padding-left: 0; }
      .about { grid-template-columns: minmax(0, 1fr); gap: 0; } .about dd { margin-bottom: 0.5rem; }
      .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .stack tr { display: block; padding: 0.5rem 0; border-top: 1px solid var(--line); } .stack tbody tr:first-child { border-top: 0; }
      .stack th, .stack td { display: block; width: auto; border: 0; padding: 0.0625rem 0; text-align: left; }
      .layers tbody th, .layers tbody td { padding-top: 0; padding-bottom: 0.25rem; }
      .stack td[data-label]::before { content: attr(data-label) " "; color: var(--quiet); }
    }
    @page { size: A4; margin: 16mm 15mm; }
    @media print {
      :root { color-scheme: light; --page: #ffffff; --panel: #ffffff; --ink: #000000; --quiet: #454b52; --line: #c3c9cf; --track: #e9edf1; --code: #f3f4f6;
        --good: #176b41; --bad: #a31d16; --warn: #7a4c00; --note: #2a5aa6; --link: #1a1f26;
        --good-fill: #2b9a63; --bad-fill: #d2382f; --bad-deep: #8e1c3f; --warn-fill: #cf8a1d; --note-fill: #4a7fd0;
        --good-soft: #e8f4ed; --bad-soft: #fbebe9; --warn-soft: #faf1e0; --note-soft: #eaf0fa;
        --meta: #33415c; --freelist: #7a5aa6; --tree: #7d93ad; --old: #b9c5d2; --zero: #e3e8ed; --unknown: #ffffff; }
      body { font-size: 9.5pt; } html { font-size: 9.5pt; }
      main { max-width: none; padding: 0; } nav { display: none; }
      .hero { border: 0; border-top: 0.375rem solid; border-radius: 0; padding: 0.75rem 0 0; }
      .part { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 0.75rem 0 0; }
      .snapshot { break-before: page; margin-top: 0; }
      h1, h2, h3, h4, caption, summary, thead { break-after: avoid; }
      tr, li, pre, .about, .map, .rule > summary { break-inside: avoid; }
      .rule::details-content, .more::details-content { content-visibility: visible; display: block; height: auto; }
      .rule > summary::before { content: ""; }
    }
    """#

  /// Its digest as a content security policy has it (CSP Level 3, 2.3.1, `hash-source`).
  static let digest: String = {
    var hash = SHA256()
    hash.update([UInt8](text.utf8).rawSpan)
    return "sha256-" + Data(hash.digest().bytes).base64EncodedString()
  }()
}
