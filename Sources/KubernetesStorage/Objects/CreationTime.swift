import ByteViews
import ProtobufWire

/// When an object in the clear was created: the API server writes the time into each object as it creates it
/// (apiserver pkg/registry/rest/meta.go, `FillObjectMetaSystemFields`), and never changes it.
public enum CreationTime {
  /// `k8s\0`, before an object in protobuf (apimachinery pkg/runtime/serializer/protobuf, `Unknown`).
  private static let prefixBytes = 4
  /// From 2014, the year in which Kubernetes was begun, to 2099.
  private static let plausible: ClosedRange<Int64> = 1_388_534_400...4_102_444_799

  /// Seconds since 1970 in `metadata.creationTimestamp` of `value`; nil of what is no object in protobuf, or tells no
  /// time. O(fields before it): a few.
  ///
  /// Field 2 of the envelope is the object, of which field 1 is its metadata, of which field 8 is the time, of which field 1
  /// are the seconds (apimachinery pkg/apis/meta/v1/generated.proto).
  public static func seconds(of value: RawSpan) -> Int64? {
    guard value.holds("k8s\u{0}", at: 0) else { return nil }
    guard let object = bytes(of: 2, in: value.extracting(droppingFirst: prefixBytes)),
      let metadata = bytes(of: 1, in: object), let time = bytes(of: 8, in: metadata)
    else { return nil }
    var reader = WireReader(time)
    while let field = try? reader.next() {
      if field.number == 1, let number = try? field.varint() {
        let seconds = Int64(bitPattern: number)
        return plausible.contains(seconds) ? seconds : nil
      }
    }
    return nil
  }

  @_lifetime(copy message)
  private static func bytes(of number: UInt32, in message: RawSpan) -> RawSpan? {
    var reader = WireReader(message)
    while let field = try? reader.next() {
      if field.number == number, let range = try? field.bytes() { return message.extracting(range) }
    }
    return nil
  }
}
