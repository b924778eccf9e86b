import SnapshotReading
import ValueAuthentication

/// The reading asks for judgements without knowing of keys.
extension ValueJudge: ValueJudging {}

/// And for digests without knowing under which key.
extension ContentDigests: ContentDigesting {}
