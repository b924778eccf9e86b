import BoltFormat
import Testing

@Suite struct BoltErrorTests {
  @Test func identifiersAreLowercaseWordsAndUnique() {
    let identifiers = BoltError.Code.allCases.map(\.rawValue)
    #expect(Set(identifiers).count == identifiers.count)
    for identifier in identifiers {
      #expect(identifier.allSatisfy { $0 == "-" || ("a"..."z").contains($0) })
    }
  }

  @Test(arguments: BoltError.Code.allCases)
  func everyCodeHasASentenceThatEndsWithItsPlace(code: BoltError.Code) {
    let bare = BoltError(code).description
    let page = PageID(12)
    let offset = ByteOffset(6144)
    #expect(bare.count > 15)
    #expect(BoltError(code, page: page).description == bare + " (page 12)")
    #expect(BoltError(code, offset: offset).description == bare + " (offset 6144)")
    #expect(BoltError(code, page: page, offset: offset).description == bare + " (page 12, offset 6144)")
  }

  @Test func sentencesOfDifferentCodesDiffer() {
    let sentences = BoltError.Code.allCases.map { BoltError($0).description }
    #expect(Set(sentences).count == sentences.count)
  }

  @Test func sentenceTellsTheNumbers() {
    let cut = BoltError(.truncated, found: 3, bound: 7).description
    #expect(cut == "truncated: the meta page counts 7 pages, the file holds 3")
    let flags = BoltError(.pageFlags, page: PageID(4), offset: ByteOffset(2056), found: 0x12).description
    let freelist = BoltError(.pageKind, page: PageID(4), found: 2, bound: UInt64(PageKind.freelist.rawValue))
      .description
    #expect(freelist == "the freelist is a leaf page (page 4)")
    #expect(flags == "the page's flags are 0x12, which is no kind of page (page 4, offset 2056)")
  }
}
