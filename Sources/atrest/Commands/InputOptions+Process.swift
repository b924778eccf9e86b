import Confinement
import SnapshotInput
import SnapshotVerification

extension InputOptions {
  /// The files that the inputs stand for, and what `confine` answers. That is where the process gives up all but what it is
  /// handed, the inputs among it: no byte of them is read before.
  ///
  /// - Parameter confine: adds what else the call reads and writes, and gives up the rest.
  func confined<Answer>(
    _ confine: (InputList, inout FileGrants) throws -> Answer
  ) throws -> (list: InputList, answer: Answer) {
    var list = InputList(listing: input, followsLinks: follow)
    try AddressSpace.check(files: list.entries.count, jobs: jobs ?? Verifier.defaultJobs)
    var grants = FileGrants()
    grants.read(list, named: input, followsLinks: follow)
    let answer = try confine(list, &grants)
    list.noteLogs()
    return (list, answer)
  }
}
