/// What to do, and what the report rests on.
extension PageTemplate {
  static let nextText = #"""
    <div class="part">
    <h{{{level}}} id="{{{id}}}">What to do next</h{{{level}}}>
    <p>{{{advice}}}</p>
    {{#command}}
    <pre>{{{command}}}</pre>
    {{/command}}
    {{#list}}
    <ol class="steps">
    {{#steps}}
    <li class="{{{state}}}"><p>{{{text}}}</p>{{#command}}<pre>{{{command}}}</pre>{{/command}}</li>
    {{/steps}}
    </ol>
    {{/list}}
    </div>

    """#

  static let factsText = #"""
    <div class="part">
    <h{{{level}}} id="{{{id}}}">{{{title}}}</h{{{level}}}>
    {{#lead}}
    <p class="lead">{{{lead}}}</p>
    {{/lead}}
    <table class="facts stack">
    <caption>{{{caption}}}</caption>
    <colgroup><col class="name"/><col/></colgroup>
    <thead><tr><th scope="col">What</th><th scope="col">As found</th></tr></thead>
    <tbody>
    {{#facts}}
    <tr><th scope="row">{{{name}}}</th><td>{{#texts}}<span{{#kind}} class="{{{kind}}}"{{/kind}}>{{{text}}}</span> {{/texts}}</td></tr>
    {{/facts}}
    </tbody>
    </table>
    </div>

    """#
}
