/// A place of a store that is not as LMDB writes it.
public struct StoreDamage: Hashable, Sendable, CustomStringConvertible {
  /// What is wrong. The raw value is the identifier that reports print.
  public enum Kind: String, CaseIterable, Sendable {
    // Meta pages.
    case metaHeader = "meta-header"
    case metaPageSize = "meta-page-size"
    case metaTree = "meta-tree"
    case metaLastPage = "meta-last-page"
    case metaTransactions = "meta-transactions"
    // Pages.
    case pageBeyondEnd = "page-beyond-end"
    case pageNumber = "page-number"
    case pageKind = "page-kind"
    case pageTwice = "page-twice"
    case pageLost = "page-lost"
    case overflowPages = "overflow-pages"
    // What is in them.
    case nodeTable = "node-table"
    case nodeBounds = "node-bounds"
    case nodeFlags = "node-flags"
    case keyOrder = "key-order"
    // Trees.
    case treeDepth = "tree-depth"
    case treeCounts = "tree-counts"
    case tableRecord = "table-record"
    case freeList = "free-list"
  }

  /// What is wrong.
  public let kind: Kind
  /// The page concerned, counted from 0.
  public let page: UInt64
  /// The pages by which it was reached, from the root of its tree; none where it was not reached through others.
  public let path: [UInt64]

  init(_ kind: Kind, page: UInt64, path: [UInt64] = []) {
    self.kind = kind
    self.page = page
    self.path = path
  }

  /// A sentence, with the page and the way to it.
  public var description: String {
    guard !path.isEmpty else { return "page \(page) \(predicate)" }
    return "page \(page), reached by \(path.map { "page \($0)" }.joined(separator: ", ")), \(predicate)"
  }

  private var predicate: String {
    switch kind {
    case .metaHeader: "is no meta page, although it must be one"
    case .metaPageSize: "says a page size that LMDB can't have written"
    case .metaTree: "describes a tree that can't be"
    case .metaLastPage: "says a last page that can't be"
    case .metaTransactions: "says a transaction that does not go with the rest of the file"
    case .pageBeyondEnd: "is referred to, but lies beyond the last one"
    case .pageNumber: "has the number of another one"
    case .pageKind: "is of another kind than it must be"
    case .pageTwice: "is in use twice, or in use and free"
    case .pageLost: "is neither in use nor free"
    case .overflowPages: "has fewer pages behind it than its value needs"
    case .nodeTable: "has a table of entries that can't be"
    case .nodeBounds: "has an entry that reaches beyond its end"
    case .nodeFlags: "has an entry of a kind that this program does not write"
    case .keyOrder: "has keys out of order"
    case .treeDepth: "lies at another depth than its tree says"
    case .treeCounts: "is the root of a tree with other pages or entries than are counted for it"
    case .tableRecord: "has a record of a table that can't be"
    case .freeList: "has a list of free pages that can't be"
    }
  }
}
