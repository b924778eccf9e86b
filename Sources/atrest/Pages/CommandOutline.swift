/// A command as ArgumentParser tells of it in JSON: its name, its options, the commands in it.
struct CommandOutline: Decodable {
  /// What it is called by.
  let commandName: String
  /// What it does, in a line.
  let abstract: String?
  /// Its arguments and options, in the order in which they are declared.
  let arguments: [OptionOutline]?
  /// The commands in it.
  let subcommands: [CommandOutline]?

  /// The document of a whole program.
  struct Document: Decodable {
    /// The program itself.
    let command: CommandOutline
  }

  /// The arguments and options that help shows, by the title that they stand under, in order. What has no title is last.
  var groups: [(title: String?, options: [OptionOutline])] {
    var groups: [(title: String?, options: [OptionOutline])] = []
    for option in arguments ?? [] where option.shouldDisplay {
      if let index = groups.firstIndex(where: { $0.title == option.sectionTitle }) {
        groups[index].options.append(option)
      } else {
        groups.append((option.sectionTitle, [option]))
      }
    }
    return groups.filter { $0.title != nil } + groups.filter { $0.title == nil }
  }
}
