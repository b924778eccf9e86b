/// The words of the call behind the program's name.
enum CallWords {
  /// Those of this process. Throws a ``WrongCall`` where one is not UTF-8: what is no character in it would be replaced, and a
  /// path would lead to another file.
  static func ofThisProcess() throws -> [String] {
    var words: [String] = []
    for index in 1..<max(1, Int(CommandLine.argc)) {
      // Sound: the system hands over so many words, each of which ends with a zero byte, for the life of the process.
      guard let word = unsafe CommandLine.unsafeArgv[index] else { break }
      guard let text = unsafe String(validatingCString: word) else {
        let repaired = unsafe String(cString: word)
        throw WrongCall(
          "'\(repaired)' is not UTF-8: rename the file, or hand it over on standard input, with 'atrest verify - < FILE'",
          Atrest.self)
      }
      words.append(text)
    }
    return words
  }
}
