/// What is known once the last snapshot was read.
struct EndRecord: Encodable {
  let verdict: String
  let durationSeconds: Double
}
