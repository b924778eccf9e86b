/// What a shell reads to complete the words of a call: ArgumentParser's script, and what that doesn't know. The value of
/// `--report` goes on with a file behind its format, and `--redact` may stand without its value.
struct CompletionScript {
  /// The script, without an end of its last line.
  let text: String

  /// Completes `script`, which ArgumentParser has written for `shell`.
  init(_ script: String, for shell: ShellName) {
    text =
      switch shell {
      case .bash: Self.bash(script)
      case .zsh: Self.zsh(script)
      case .fish: Self.fish(script)
      }
  }

  private static let report = ReportOptions.name
  private static let redact = RedactionOptions.name

  private static func bash(_ script: String) -> String {
    let call = #"""
      # Bash takes = and : for the ends of words. Here the words are those of the call; an option and its value stand apart.
      _atrest_call() {
          local -a words=()
          local -i index number=-1
          local rest="${COMP_LINE}" before='' option='' word gap completion
          for ((index = 0; index <= COMP_CWORD; index++)); do
              word="${COMP_WORDS[index]}"
              gap="${rest%%[![:space:]]*}"
              rest="${rest#"${gap}"}"
              rest="${rest#"${word}"}"
              ((index < COMP_CWORD)) || [[ "${word}" = [=:]* ]] || word="${2}"
              if [[ "${index}" -gt 0 && -z "${gap}" && ("${word}" = [=:]* || "${words[number]}" = *[=:]) ]]; then
                  before="${words[number]}"
                  words[number]+="${word}"
              else
                  # The value may be missing: the next word is none.
                  [[ "${number}" -lt 0 || "${words[number]}" != '--REDACT' ]] || words[number]+='='
                  before=''
                  words[++number]="${word}"
              fi
          done
          [[ "${word}" != [=:]* ]] || before+="${word}"
          if [[ "${words[number]}" = --*=* ]]; then
              option="${words[number]%%=*}"
              words[number + 1]="${words[number]#*=}"
              words[number]="${option}"
              number+=1
          fi
          local -ar COMP_WORDS=("${words[@]}")
          local -ir COMP_CWORD="${number}"
          word="${words[number]}"
          _atrest "${1}" "${word}" "${words[number - 1]}"

          if [[ "${words[number - 1]}" = '--REPORT' ]]; then
              if [[ "${word}" = *=* ]]; then
                  COMPREPLY=()
                  while IFS='' read -r completion; do
                      COMPREPLY+=("${word%%=*}=${completion}")
                  done < <(compgen -f -- "${word#*=}")
              else
                  # The file comes behind the format without a space.
                  compopt +o filenames -o nospace 2>/dev/null
              fi
          fi
          # Bash replaces what is behind the last end of a word.
          for index in "${!COMPREPLY[@]}"; do
              completion="${option:+${option}=}${COMPREPLY[index]}"
              COMPREPLY[index]="${completion#"${before}"}"
          done
      }

      complete -o filenames -F _atrest_call atrest
      """#
    return script.replacing(
      "complete -o filenames -F _atrest atrest",
      with: call.replacing("REDACT", with: redact).replacing("REPORT", with: report))
  }

  private static func zsh(_ script: String) -> String {
    let function = """
      __atrest_report() {
          if compset -P '*='; then
              _files
          else
              compadd -S '' -- "${___\(report)[@]}"
          fi
      }

      _atrest() {
      """
    return script.replacing("_atrest() {\n", with: function + "\n", maxReplacements: 1)
      .replacing("--\(report)[", with: "--\(report)=[")
      .replacing(#"{__atrest_complete "${___\#(report)[@]}"}"#, with: "__atrest_report")
      .replacing("--\(redact)[", with: "--\(redact)=-[")
      .replacing(
        #"]:names:{__atrest_complete "${___\#(redact)[@]}"}"#,
        with: #"]::names:{__atrest_complete "${___\#(redact)[@]}"}"#)
  }

  private static func fish(_ script: String) -> String {
    let formats = ReportRequest.beginnings
    let function = """
      function __atrest_report
          set -l value (string replace -r -- '^--\(report)=' '' (commandline -ct))
          if string match -q -- '*=*' $value
              set -l parts (string split -m 1 -- = $value)
              string replace -r -- '^' "$parts[1]=" (__fish_complete_path $parts[2])
          else
              printf '%s\\n' \(formats.joined(separator: " "))
          end
      end

      function __atrest_tokens
      """
    return script.replacing("function __atrest_tokens\n", with: function + "\n", maxReplacements: 1)
      .replacing("-rfka '\(formats.joined(separator: " "))'", with: "-rfka '(__atrest_report)'")
      .replacing("'\(redact)=' ", with: "'\(redact)=?' ")
      .replacing(
        "-rfka '\(RedactionOptions.values.joined(separator: " "))'",
        with: "-fka '\(RedactionOptions.values.joined(separator: " "))'")
  }
}
