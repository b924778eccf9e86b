/// An error with which a transaction can end: one that can tell what LMDB says.
///
/// ```swift
/// enum CaseError: TransactionFailure {
///   case store(LMDBError)
///   case noSuchSnapshot
///   init(_ error: LMDBError) { self = .store(error) }
/// }
/// ```
public protocol TransactionFailure: Error {
  /// The failure that `error` is.
  init(_ error: LMDBError)
}

extension LMDBError: TransactionFailure {
  /// The error itself.
  public init(_ error: LMDBError) { self = error }
}
