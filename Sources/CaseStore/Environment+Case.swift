import LMDB

extension Environment {
  /// A new store for a case.
  static func makingCase(_ directory: String) throws(CaseError) -> Environment {
    do throws(LMDBError) { return try Environment(creating: directory, tables: CaseTable.allCases.count) } catch {
      throw error == .missing ? .noParent : CaseError(error)
    }
  }

  /// The store of a case, to write to it.
  static func writingCase(_ directory: String, waiting: (() -> Void)?) throws(CaseError) -> Environment {
    do throws(LMDBError) {
      return try Environment(writing: directory, tables: CaseTable.allCases.count, waiting: waiting)
    } catch {
      throw CaseError(error)
    }
  }

  /// The store of a case, to read it.
  static func readingCase(_ directory: String, waiting: (() -> Void)?) throws(CaseError) -> Environment {
    do throws(LMDBError) {
      return try Environment(reading: directory, tables: CaseTable.allCases.count, waiting: waiting)
    } catch {
      throw CaseError(error)
    }
  }
}
