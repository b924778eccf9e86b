/// What stands around everything, and the first screen.
extension PageTemplate {
  static let headText = #"""
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{{{styleHash}}}'; base-uri 'none'; form-action 'none'"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta name="referrer" content="no-referrer"/>
    <meta name="robots" content="noindex"/>
    <meta name="generator" content="atrest {{{version}}}"/>
    <title>{{{title}}}</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    <main>
    <p class="masthead"><b>Encryption at rest</b> <span>{{{program}}}</span></p>

    """#

  static let overviewText = #"""
    <header class="hero {{{verdict}}}">
    <h1><span class="verdict {{{verdict}}}">{{{label}}}</span> {{{statement}}}</h1>
    <p class="made">{{{made}}}</p>
    </header>
    {{#hasRows}}
    <div class="part">
    <h2>Snapshots</h2>
    <table class="stack">
    <caption>In the order in which they were verified. A file name leads to the report on it.</caption>
    <thead><tr><th scope="col">File</th><th scope="col">Verdict</th><th scope="col">Result</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row"><a href="#{{{id}}}"><bdi>{{{path}}}</bdi></a></th><td><span class="verdict {{{verdict}}}">{{{label}}}</span></td><td>{{{statement}}}</td></tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    {{/hasRows}}

    """#

  static let verdictText = #"""
    <{{{tag}}} class="hero {{{verdict}}}">
    <h{{{level}}} id="{{{id}}}"><span class="verdict {{{verdict}}}">{{{label}}}</span> {{{statement}}}</h{{{level}}}>
    {{#notes}}
    <p class="notes">{{{notes}}}</p>
    {{/notes}}
    <p class="file"><bdi class="mono">{{{path}}}</bdi></p>
    <p class="made">{{{made}}}</p>
    <nav aria-label="{{{navigation}}}"><ul>{{#parts}}<li><a href="#{{{id}}}">{{{title}}}</a></li>{{/parts}}</ul></nav>
    </{{{tag}}}>

    """#

  static let footText = #"""
    <footer><p>Made by atrest {{{version}}} from a call that began {{{moment}}}. No value, key or decrypted byte is in this file; names of objects and of their data are. It loads nothing and runs nothing.</p></footer>
    </main>
    </body>
    </html>

    """#
}
