// swift-tools-version: 6.2
import PackageDescription

/// As in the package that is tested.
let strict: [SwiftSetting] = [
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
]

/// A package of its own, because libFuzzer brings its own driver and has every target compiled with its instruments.
let package = Package(
  name: "Fuzzing",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "atrest", path: "../..")],
  targets: [
    .executableTarget(
      name: "fuzz-readers",
      dependencies: [
        .product(name: "Cryptography", package: "atrest"),
        .product(name: "EtcdStorage", package: "atrest"),
        .product(name: "KubernetesStorage", package: "atrest"),
        .product(name: "SnapshotReading", package: "atrest"),
        .product(name: "SnapshotVerification", package: "atrest"),
        .product(name: "ValueAuthentication", package: "atrest"),
        .product(name: "VerificationModel", package: "atrest"),
        .product(name: "TestSupport", package: "atrest"),
      ], swiftSettings: strict)
  ],
  swiftLanguageModes: [.v6]
)
