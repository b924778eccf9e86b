// swift-tools-version: 6.2
import PackageDescription

/// As in the package that is measured.
let strict: [SwiftSetting] = [
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
]

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "generate-snapshot", targets: ["generate-snapshot"]),
    .executable(name: "bench-runner", targets: ["bench-runner"]),
    .executable(name: "bare-hash", targets: ["bare-hash"]),
    .executable(name: "generate-nights", targets: ["generate-nights"]),
    .executable(name: "case-bench", targets: ["case-bench"]),
  ],
  dependencies: [
    .package(name: "atrest", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Without its traits it takes no part of the C library's place.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .target(
      name: "SnapshotGeneration",
      dependencies: [
        .product(name: "Cryptography", package: "atrest"),
        .product(name: "TestSupport", package: "atrest"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "generate-snapshot",
      dependencies: [
        "SnapshotGeneration",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    .target(name: "CProcess"),
    .target(name: "CommandBenchmark", dependencies: ["CProcess", "SnapshotGeneration"], swiftSettings: strict),
    .executableTarget(
      name: "bare-hash", dependencies: [.product(name: "Cryptography", package: "atrest")], swiftSettings: strict),
    .executableTarget(
      name: "bench-runner",
      dependencies: [
        "CommandBenchmark", "SnapshotGeneration",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    .executableTarget(
      name: "generate-nights",
      dependencies: [
        "SnapshotGeneration",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .target(
      name: "CaseBenchmark",
      dependencies: [
        "CommandBenchmark", "SnapshotGeneration",
        .product(name: "TestSupport", package: "atrest"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "case-bench",
      dependencies: [
        "CaseBenchmark", "CommandBenchmark", "SnapshotGeneration",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    .executableTarget(
      name: "MicroBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "BoltFormat", package: "atrest"),
        .product(name: "Cryptography", package: "atrest"),
        .product(name: "EtcdStorage", package: "atrest"),
        .product(name: "KubernetesStorage", package: "atrest"),
        .product(name: "TestSupport", package: "atrest"),
      ],
      path: "Benchmarks/MicroBenchmarks",
      swiftSettings: strict,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),

    .testTarget(
      name: "SnapshotGenerationTests",
      dependencies: [
        "SnapshotGeneration",
        .product(name: "BoltFormat", package: "atrest"),
        .product(name: "EncryptionConfig", package: "atrest"),
        .product(name: "KubernetesStorage", package: "atrest"),
        .product(name: "SnapshotInspection", package: "atrest"),
        .product(name: "SnapshotVerification", package: "atrest"),
        .product(name: "ValueAuthentication", package: "atrest"),
        .product(name: "VerificationModel", package: "atrest"),
        .product(name: "TestSupport", package: "atrest"),
      ], swiftSettings: strict),
    .testTarget(
      name: "CommandBenchmarkTests", dependencies: ["CommandBenchmark", "SnapshotGeneration"], swiftSettings: strict),
    .testTarget(
      name: "CaseBenchmarkTests",
      dependencies: [
        "CaseBenchmark", "CommandBenchmark", "SnapshotGeneration", "generate-nights",
        .product(name: "atrest", package: "atrest"),
        .product(name: "TestSupport", package: "atrest"),
      ], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
