extension [UInt8] {
  /// Overwrites the bytes with zeros, in a way that no optimizer takes out. Copies that share the storage keep theirs.
  public mutating func wipe() {
    // Sound: as many bytes are written as the array's own storage holds.
    unsafe withUnsafeMutableBytes { unsafe $0.wipe() }
  }
}
