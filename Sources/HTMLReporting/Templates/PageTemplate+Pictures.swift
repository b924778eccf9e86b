/// What is shown as a picture, with the same in words.
extension PageTemplate {
  static let layersText = #"""
    <div class="part">
    <h{{{level}}} id="{{{id}}}">The three layers</h{{{level}}}>
    <table class="layers stack">
    <caption>{{{caption}}}</caption>
    <thead><tr><th scope="col">Layer, and who can read it</th><th scope="col">What it holds</th></tr></thead>
    <tbody>
    {{#layers}}
    <tr><th scope="row"><b>{{{name}}}</b> <span class="quiet small">{{{reader}}}</span></th><td>
    {{#bar}}
    <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">{{#pieces}}<rect class="{{{kind}}}" x="{{{x}}}" width="{{{width}}}" height="10"/>{{/pieces}}</svg>
    {{/bar}}
    <p class="words">{{#words}}<span class="{{{kind}}}">{{{text}}}</span> {{/words}}</p></td></tr>
    {{/layers}}
    </tbody>
    </table>
    {{#table}}
    <details class="more"><summary>By resource and class</summary>
    <table class="figures stack">
    <caption>Exact counts. In free pages only what can be read is counted.</caption>
    <thead><tr><th scope="col">Resource</th><th scope="col">Layer</th>{{#columns}}<th scope="col" class="num">{{{title}}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row"><bdi>{{{resource}}}</bdi></th><td>{{{layer}}}</td>{{#counts}}<td class="num" data-label="{{{column}}}">{{{count}}}</td>{{/counts}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </details>
    {{/table}}
    </div>

    """#

  static let keysText = #"""
    <div class="part">
    <h{{{level}}} id="{{{id}}}">Encryption keys in use</h{{{level}}}>
    <table class="keys stack">
    <caption>{{{caption}}}</caption>
    <thead><tr><th scope="col">Provider and key</th><th scope="col">Values that need it</th></tr></thead>
    <tbody>
    {{#keys}}
    <tr><th scope="row"><b>{{{provider}}}</b> <bdi class="mono">{{{name}}}</bdi>{{#keyID}}<span class="quiet small block">key id <bdi class="mono">{{{keyID}}}</bdi></span>{{/keyID}}{{#standing}}<span class="quiet small block">{{{standing}}}</span>{{/standing}}</th><td>
    <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">{{#pieces}}<rect class="{{{kind}}}" x="{{{x}}}" width="{{{width}}}" height="10"/>{{/pieces}}</svg>
    <p class="words">{{#words}}<span class="{{{kind}}}">{{{text}}}</span> {{/words}}</p></td></tr>
    {{/keys}}
    </tbody>
    </table>
    {{#rest}}
    <p class="quiet small">{{{rest}}}</p>
    {{/rest}}
    </div>

    """#

  static let pagesText = #"""
    <div class="part">
    <h{{{level}}} id="{{{id}}}">The file, page by page</h{{{level}}}>
    <p class="lead">{{{lead}}}</p>
    <div class="map">
    <svg class="cells" viewBox="0 0 {{{columns}}} {{{rows}}}" role="img" aria-label="{{{description}}}">{{#uses}}<path class="use-{{{kind}}}" d="{{{path}}}"/>{{/uses}}</svg>
    <table>
    <caption>Pages by what they hold</caption>
    <thead><tr><th scope="col">Use</th><th scope="col" class="num">Pages</th><th scope="col" class="num">Bytes</th></tr></thead>
    <tbody>
    {{#legend}}
    <tr><th scope="row"><span class="swatch use-{{{kind}}}">{{{name}}}</span></th><td class="num">{{{pages}}}</td><td class="num">{{{bytes}}}</td></tr>
    {{/legend}}
    </tbody>
    </table>
    </div>
    </div>

    """#
}
