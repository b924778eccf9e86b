import ProtobufWire

/// The body of a KMS v2 value: the proto3 message `EncryptedObject`.
///
/// apiserver storage/value/encrypt/envelope/kmsv2/v2/api.proto, checked as kmsv2/envelope.go does before it decrypts:
///
/// | field | no. | type | rule |
/// |---|---|---|---|
/// | encryptedData | 1 | bytes | not empty |
/// | keyID | 2 | string | 1 … 1024 bytes |
/// | encryptedDEKSource | 3 | bytes | 1 … 1024 bytes |
/// | annotations | 4 | map<string, bytes> | keys are fully qualified domain names; 32 KiB together |
/// | encryptedDEKSourceType | 5 | enum | 0 (GCM key) or 1 (HKDF seed) |
///
/// No writer repeats a field, or writes one that is not in this table: where that is so, bytes lie in the value that no
/// server looks at. The server itself takes the last of several, and passes over what it does not know.
struct EncryptedObject {
  /// Offsets in the value.
  private(set) var encryptedData: Range<Int>?
  /// nil unless it is one the API server would take.
  private(set) var keyID: Range<Int>?
  /// The first rule it breaks.
  private(set) var fault: Reason?

  /// The encrypted data key or seed; offsets in the value.
  private(set) var dekSource = 0..<0
  private(set) var sourceType: UInt64 = 0
  private var annotationsCount = 0
  private var hasInvalidAnnotation = false
  /// The first field that no writer writes.
  private var strayField: Reason?
  /// One bit for each field met, by its number.
  private var fieldsMet: UInt8 = 0

  /// Reads the message at `body` of `value`. O(number of fields + length of key id and annotation keys).
  init(in value: RawSpan, at body: Range<Int>) {
    do throws(WireError) {
      try read(value.extracting(body), offset: body.lowerBound)
    } catch {
      fault = .invalidProtobuf
    }
    let keyFault = Self.fault(ofKeyID: keyID, in: value)
    fault = fault ?? dataFault ?? keyFault ?? annotationFault ?? typeFault ?? strayField
    if keyFault != nil { keyID = nil }
  }

  private mutating func read(_ message: RawSpan, offset: Int) throws(WireError) {
    var reader = WireReader(message)
    while let field = try reader.next() {
      if field.number != 4, let fault = Self.fault(of: field.number, upTo: 5, &fieldsMet) {
        strayField = strayField ?? fault
      }
      switch field.number {
      case 1: encryptedData = try field.bytes().shifted(by: offset)
      case 2: keyID = try field.bytes().shifted(by: offset)
      case 3: dekSource = try field.bytes().shifted(by: offset)
      case 4: try readAnnotation(message.extracting(field.bytes()))
      case 5: sourceType = try field.varint()
      default: break
      }
    }
  }

  /// Why a field is none that a writer would write in a message whose fields have numbers up to `last`, each at most once;
  /// `met` has a bit for each of those before it.
  private static func fault(of number: UInt32, upTo last: UInt32, _ met: inout UInt8) -> Reason? {
    guard number <= last else { return .unknownField }
    let bit = UInt8(1) << number
    defer { met |= bit }
    return met & bit != 0 ? .repeatedField : nil
  }

  /// One entry of the map. Entries that repeat a key all count towards the length: no writer repeats one.
  private mutating func readAnnotation(_ entry: RawSpan) throws(WireError) {
    var reader = WireReader(entry)
    var key = 0..<0
    var valueCount = 0
    var met: UInt8 = 0
    while let field = try reader.next() {
      if let fault = Self.fault(of: field.number, upTo: 2, &met) { strayField = strayField ?? fault }
      switch field.number {
      case 1: key = try field.bytes()
      case 2: valueCount = try field.bytes().count
      default: break
      }
    }
    annotationsCount += key.count + valueCount
    if !entry.isFullyQualifiedDomainName(in: key) { hasInvalidAnnotation = true }
  }

  private var dataFault: Reason? {
    if encryptedData?.isEmpty ?? true { return .missingEncryptedData }
    if dekSource.isEmpty { return .missingDEKSource }
    return dekSource.count > 1024 ? .dekSourceTooLong : nil
  }

  private static func fault(ofKeyID keyID: Range<Int>?, in value: RawSpan) -> Reason? {
    guard let keyID, !keyID.isEmpty else { return .missingKeyID }
    if keyID.count > 1024 { return .keyIDTooLong }
    return value.isUTF8(in: keyID) ? nil : .invalidKeyID
  }

  private var annotationFault: Reason? {
    if hasInvalidAnnotation { return .invalidAnnotation }
    return annotationsCount > 32 * 1024 ? .annotationsTooLong : nil
  }

  /// The server parses any length of `encryptedData`, but can open none below these.
  private var typeFault: Reason? {
    let minimum: Int
    switch sourceType {
    case 0: minimum = BodyStructure.gcmOverhead
    case 1: minimum = BodyStructure.extendedNonceOverhead
    default: return .invalidDEKSourceType
    }
    return (encryptedData?.count ?? 0) < minimum ? .tooShort : nil
  }
}

extension Range<Int> {
  fileprivate func shifted(by offset: Int) -> Range<Int> {
    (lowerBound + offset)..<(upperBound + offset)
  }
}
