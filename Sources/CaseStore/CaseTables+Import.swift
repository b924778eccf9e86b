import LMDB
import VerificationModel

extension CaseTables {
  /// Throws where the tables, which were imported, are not all that a case of this form has, as its log vouches for it.
  func checkImport(_ transaction: borrowing Transaction) throws(CaseError) {
    let check: CaseCheck
    do throws(CaseError) {
      try checkVersion(transaction)
      var checking = CaseChecking(CheckFaults())
      check = try checking.run(transaction, self, [])
    } catch {
      switch error {
      case .notCase: throw .wrongExport("it does not tell its form")
      case .damaged(let place): throw .wrongExport(place)
      default: throw error
      }
    }
    if let fault = check.faults.first { throw .wrongExport(fault.message) }
  }
}
