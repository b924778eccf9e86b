/// Why a value has its class, where the class alone does not say it. Raw values are stable.
public enum Reason: String, CaseIterable, Hashable, Sendable {
  // Plaintext
  /// A Kubernetes object in the clear lies behind an envelope's prefix, compressed perhaps.
  case forgedEnvelope = "forged-envelope"
  /// A Kubernetes object in the clear lies behind other bytes, or is written in UTF-16, UTF-32, hexadecimal digits or
  /// base64, or compressed: no API server can read it, everyone else can.
  case behindOtherBytes = "behind-other-bytes"

  // Unrecognized
  /// `k8s` and a byte other than 0: no such encoding style is defined.
  case undefinedEncodingStyle = "undefined-encoding-style"
  /// The value begins like JSON, but is not.
  case invalidJSON = "invalid-json"

  // Unknown envelopes
  /// No provider of this name exists upstream.
  case unknownProvider = "unknown-provider"
  /// The provider is known, this version of it is not.
  case unknownVersion = "unknown-version"

  // Malformed envelopes
  /// `k8s:enc:` without a provider and version as they are written.
  case invalidPrefix = "invalid-prefix"
  /// No colon ends a key or plugin name within 256 bytes of text.
  case noKeyName = "no-key-name"
  /// The key or plugin name has no bytes.
  case emptyKeyName = "empty-key-name"
  /// Fewer bytes than nonce, tag and headers take.
  case tooShort = "too-short"
  /// AES-CBC works on whole blocks.
  case lengthNotMultipleOf16 = "length-not-multiple-of-16"
  /// KMS v1: the encrypted data key has no bytes, or leaves no room for a payload.
  case dekLengthOutOfRange = "dek-length-out-of-range"
  /// KMS v2: the body is no protobuf message, or a known field has another wire type.
  case invalidProtobuf = "invalid-protobuf"
  /// KMS v2: no `encryptedData`.
  case missingEncryptedData = "missing-encrypted-data"
  /// KMS v2: no `encryptedDEKSource`.
  case missingDEKSource = "missing-dek-source"
  /// KMS v2: `encryptedDEKSource` is longer than 1024 bytes.
  case dekSourceTooLong = "dek-source-too-long"
  /// KMS v2: no `keyID`.
  case missingKeyID = "missing-key-id"
  /// KMS v2: `keyID` is longer than 1024 bytes.
  case keyIDTooLong = "key-id-too-long"
  /// KMS v2: `keyID` is not UTF-8.
  case invalidKeyID = "invalid-key-id"
  /// KMS v2: an annotation's key is not a fully qualified domain name.
  case invalidAnnotation = "invalid-annotation"
  /// KMS v2: the annotations together are longer than 32 KiB.
  case annotationsTooLong = "annotations-too-long"
  /// KMS v2: `encryptedDEKSourceType` is neither 0 nor 1.
  case invalidDEKSourceType = "invalid-dek-source-type"
  /// KMS v2: a field that no API server writes, which none looks at.
  case unknownField = "unknown-field"
  /// KMS v2: a field that a later one replaces.
  case repeatedField = "repeated-field"
  /// The structure would fit, but the bytes are far from random, or those of a compressed file.
  case notCiphertext = "not-ciphertext"
}
