import BoltFormat

/// One of a file's two meta pages.
public struct MetaPage: Sendable {
  /// Its number, 0 or 1.
  public let page: PageID
  /// What it says, or why it can't be used.
  public let content: Result<Meta, BoltError>
  /// Whether it is the one that counts.
  public let isCurrent: Bool

  /// The meta page `page` with this content.
  public init(page: PageID, content: Result<Meta, BoltError>, isCurrent: Bool) {
    self.page = page
    self.content = content
    self.isCurrent = isCurrent
  }

  /// Both meta pages of a file.
  package static func both(of metas: MetaPages) -> [MetaPage] {
    [metas.first, metas.second].enumerated().map { number, content in
      let page = PageID(UInt64(number))
      return MetaPage(page: page, content: content, isCurrent: page == metas.currentPage)
    }
  }

  /// Whether the checksum is that of the content; nil when the damage is such that it was not looked at.
  public var checksumMatches: Bool? {
    switch content {
    case .success: true
    case .failure(let damage):
      switch damage.code {
      case .metaChecksum: false
      // Checked after the checksum.
      case .metaPageSize, .metaRoot: true
      default: nil
      }
    }
  }
}
