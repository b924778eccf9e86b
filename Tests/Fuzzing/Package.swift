// swift-tools-version: 6.2
import PackageDescription

/// As in the package that is tested.
let strict: [SwiftSetting] = [
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
]

/// What the targets of the fuzzer test.
let tested: [Target.Dependency] = [
  "BoltFormat", "ByteViews", "CaseStore", "Cryptography", "EncryptionConfig", "EtcdStorage", "KubernetesStorage",
  "PolicyFile", "SnapshotInput", "SnapshotReading", "SnapshotVerification", "TestSupport", "ValueAuthentication",
  "VerificationModel",
].map { .product(name: $0, package: "atrest") }

/// A package of its own, because libFuzzer brings its own driver and has every target compiled with its instruments.
///
/// The targets of the fuzzer are those of `FuzzTargetsTests`, through a link: the test suite replays what was found.
let package = Package(
  name: "Fuzzing",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "atrest", path: "../..")],
  targets: [
    .executableTarget(name: "fuzz", dependencies: tested, swiftSettings: strict),
    .executableTarget(
      name: "replay", dependencies: tested, swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]),
  ],
  swiftLanguageModes: [.v6]
)
