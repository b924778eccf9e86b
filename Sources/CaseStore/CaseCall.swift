/// Who does something to a case, and with what: what its log has of every act.
package struct CaseCall: Hashable, Sendable {
  /// When it is done, in seconds from the start of 1970.
  package let time: Int64
  /// The names of the user and of the host.
  package let user: String
  package let host: String
  /// The release of this program.
  package let release: String
  /// What is done, such as `init`, `add` or `import`.
  package let act: String
  /// The arguments of the call.
  package let arguments: [String]

  /// A call by its circumstances.
  package init(time: Int64, user: String, host: String, release: String, act: String, arguments: [String]) {
    self.time = time
    self.user = user
    self.host = host
    self.release = release
    self.act = act
    self.arguments = arguments
  }
}
