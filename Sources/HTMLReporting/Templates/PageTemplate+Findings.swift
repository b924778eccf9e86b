/// What was found.
extension PageTemplate {
  static let findingsText = #"""
    <div class="part">
    <h{{{level}}} id="{{{id}}}">{{{title}}}</h{{{level}}}>
    {{#lead}}
    <p class="lead">{{{lead}}}</p>
    {{/lead}}

    """#

  static let ruleText = #"""
    <details class="rule"{{#open}} open=""{{/open}}>
    <summary><span class="severity {{{severity}}}">{{{severity}}}</span><h{{{level}}}>{{{rule}}} <span>{{{title}}}</span></h{{{level}}}><b class="num">{{{count}}}</b></summary>
    <div>
    <dl class="about">
    <dt>What it means</dt><dd>{{{meaning}}}</dd>
    <dt>Why it matters</dt><dd>{{{importance}}}</dd>
    <dt>What to do</dt><dd>{{{repair}}}</dd>
    <dt>Asked for by</dt><dd>{{#controls}}<span class="block">{{{text}}}</span> {{/controls}}</dd>
    </dl>

    """#

  static let rowsText = #"""
    <table class="found stack">
    <caption>{{{caption}}}</caption>
    <thead><tr>{{#columns}}<th scope="col">{{{title}}}</th>{{/columns}}</tr></thead>
    <tbody>

    """#

  static let errorsText = #"""
    <div class="part">
    <h{{{level}}} id="{{{id}}}">What could not be verified</h{{{level}}}>
    <p class="lead">{{{lead}}}</p>
    <ul class="errors">
    {{#errors}}
    <li><code>{{{code}}}</code> {{{message}}}</li>
    {{/errors}}
    </ul>
    </div>

    """#
}
