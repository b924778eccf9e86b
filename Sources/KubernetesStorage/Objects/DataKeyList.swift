/// Collects the data keys of a Secret, each name once.
struct DataKeyList {
  private(set) var keys: [SecretOutline.DataKey] = []
  private(set) var isCut = false
  private var indices: [String: Int] = [:]

  /// Adds an entry or, if there is one of this name, replaces its size. Amortized O(length of the name).
  mutating func record(_ name: String, bytes: Int) {
    if let index = indices[name] {
      keys[index] = SecretOutline.DataKey(name: name, bytes: bytes)
    } else if keys.count < SecretOutline.maximumDataKeys {
      indices[name] = keys.count
      keys.append(SecretOutline.DataKey(name: name, bytes: bytes))
    } else {
      isCut = true
    }
  }
}
