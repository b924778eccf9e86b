import ByteViews
import Cryptography
import KubernetesStorage

/// A plaintext object in a file of text, such as a manifest or what `kubectl get -o yaml` printed.
struct LooseObject {
  /// The resource that it belongs to.
  let resource: GroupResource
  /// What it tells of itself; nil where it could not be read so far.
  let outline: ObjectOutline?

  /// Objects in lists in objects are looked at, no deeper.
  private static let maximumDepth = 3

  /// The objects of built-in resources in `scope` that `text` holds, which is JSON or YAML. Secrets without data are
  /// left out.
  ///
  /// O(length), some copies of objects in memory that is wiped.
  static func all(in text: [UInt8], scope: ResourceScope) -> [LooseObject] {
    // White space, and the three bytes of a byte order mark, which no JSON or YAML begins with otherwise.
    let first = text.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    return isJSON ? allJSON(in: text.rawSpan, scope) : allYAML(in: text, scope)
  }

  private init?(_ outline: ObjectOutline, _ scope: ResourceScope) {
    let group = outline.apiVersion.firstIndex(of: "/").map { Array(outline.apiVersion[..<$0].utf8) } ?? []
    let kind = Array(outline.kind.utf8)
    guard !outline.apiVersion.isEmpty, let builtIn = BuiltInResource.of(group: group.rawSpan, kind: kind.rawSpan),
      scope.covers(builtIn), outline.secret?.data.isEmpty != true
    else { return nil }
    self.init(resource: BuiltInResource[builtIn].resource, outline: outline)
  }

  private init(resource: GroupResource, outline: ObjectOutline?) {
    self.resource = resource
    self.outline = outline
  }

  // MARK: JSON

  private static func allJSON(in text: RawSpan, _ scope: ResourceScope) -> [LooseObject] {
    var objects: [LooseObject] = []
    var depth = 0
    var isInString = false
    var isEscaped = false
    for offset in 0..<text.byteCount {
      let byte = text.byte(at: offset)
      if isInString {
        isInString = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"):
        if depth < maximumDepth,
          let outline = ObjectOutline(of: text.extracting(offset..<text.byteCount), encoding: .json),
          let object = LooseObject(outline, scope)
        {
          objects.append(object)
        }
        depth += 1
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
      default: break
      }
    }
    return objects
  }

  // MARK: YAML

  private static func allYAML(in text: [UInt8], _ scope: ResourceScope) -> [LooseObject] {
    var objects: [LooseObject] = []
    var lines = YAMLLines(text)
    while var block = lines.nextObject() {
      defer { block.wipe() }
      if let outline = ObjectOutline(of: block.rawSpan, encoding: .yaml) {
        if let object = LooseObject(outline, scope) { objects.append(object) }
      } else if let secrets = BuiltInResource.of(.secrets), scope.covers(secrets), YAMLLines.isSecret(block) {
        objects.append(LooseObject(resource: .secrets, outline: nil))
      }
    }
    return objects
  }
}
