// swift-tools-version: 6.2
import PackageDescription

/// What every target of this package is compiled with: values that borrow the bytes they were read from
/// (`~Escapable` types over `RawSpan`) name their lifetimes, and every unsafe construct is marked where it stands.
let strict: [SwiftSetting] = [
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
]

/// What `--version` says of the build: the commit and its day, which `scripts/package` and `scripts/install` put into the
/// environment. Git is not asked here: SwiftPM keeps what a manifest came to for as long as its text and the environment
/// stay as they are, and so would go on telling of an old commit (6.3: `Context.gitInformation` is no part of the key).
let buildInformation: [CSetting] = ["ATREST_COMMIT", "ATREST_DATE"].map { name in
  let value = (Context.environment[name] ?? "").filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  return .define(name, to: "\"\(value)\"")
}

let package = Package(
  name: "atrest",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "atrest", targets: ["atrest"]),
    .library(name: "BoltFormat", targets: ["BoltFormat"]),
    .library(name: "EtcdStorage", targets: ["EtcdStorage"]),
    .library(name: "KubernetesStorage", targets: ["KubernetesStorage"]),
    .library(name: "EncryptionConfig", targets: ["EncryptionConfig"]),
    .library(name: "VerificationModel", targets: ["VerificationModel"]),
    .library(name: "SnapshotVerification", targets: ["SnapshotVerification"]),
    .library(name: "SnapshotInspection", targets: ["SnapshotInspection"]),
    .library(name: "ConfigurationAudit", targets: ["ConfigurationAudit"]),
    .library(name: "Reporting", targets: ["Reporting"]),
    .library(name: "HTMLReporting", targets: ["HTMLReporting"]),
    .library(name: "ValueAuthentication", targets: ["ValueAuthentication"]),
    // For the packages of the benchmarks and of the fuzzer.
    .library(name: "ByteViews", targets: ["ByteViews"]),
    .library(name: "CaseStore", targets: ["CaseStore"]),
    .library(name: "Cryptography", targets: ["Cryptography"]),
    .library(name: "PolicyFile", targets: ["PolicyFile"]),
    .library(name: "SnapshotInput", targets: ["SnapshotInput"]),
    .library(name: "SnapshotReading", targets: ["SnapshotReading"]),
    .library(name: "TestSupport", targets: ["TestSupport"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .systemLibrary(
      name: "CSodium", pkgConfig: "libsodium",
      providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),

    .systemLibrary(
      name: "CLibarchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"]), .brew(["lmdb"])]),
    .systemLibrary(name: "CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"]), .brew(["xz"])]),
    .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    // What Swift can't say: instructions that are chosen when the program runs.
    .target(name: "CByteKernels"),

    .target(name: "ByteViews", dependencies: ["CByteKernels"], swiftSettings: strict),
    .target(name: "ProtobufWire", swiftSettings: strict),
    .target(name: "FileAccess", swiftSettings: strict),
    .target(name: "Confinement", dependencies: ["CLinux", "CSeccomp"], swiftSettings: strict),
    .target(name: "LMDB", dependencies: ["ByteViews", "CLMDB", "CLinux", "FileAccess"], swiftSettings: strict),
    .target(name: "BoltFormat", swiftSettings: strict),
    .target(name: "EtcdStorage", dependencies: ["ByteViews", "CByteKernels", "ProtobufWire"], swiftSettings: strict),
    .target(name: "KubernetesStorage", dependencies: ["ByteViews", "ProtobufWire"], swiftSettings: strict),
    .target(name: "Cryptography", dependencies: ["COpenSSL", "CSodium"], swiftSettings: strict),
    .target(name: "RuleCatalog", swiftSettings: strict),
    .target(
      name: "StrictYAML",
      dependencies: ["ByteViews", "KubernetesStorage", .product(name: "Yams", package: "Yams")], swiftSettings: strict),
    .target(
      name: "EncryptionConfig",
      dependencies: [
        "ByteViews", "Cryptography", "FileAccess", "KubernetesStorage", "RuleCatalog", "StrictYAML",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(
      name: "SnapshotInput",
      dependencies: ["BoltFormat", "CLibarchive", "CLZMA", "CZlib", "Cryptography", "FileAccess"],
      swiftSettings: strict),

    // Plain data: what the others put together, and what reports are made of.
    .target(
      name: "VerificationModel",
      dependencies: [
        "BoltFormat", "Cryptography", "EncryptionConfig", "EtcdStorage", "KubernetesStorage", "RuleCatalog",
        "SnapshotInput",
      ], swiftSettings: strict),
    .target(
      name: "PolicyFile",
      dependencies: [
        "ByteViews", "Cryptography", "EncryptionConfig", "EtcdStorage", "KubernetesStorage", "RuleCatalog",
        "StrictYAML", "VerificationModel",
      ], swiftSettings: strict),
    .target(
      name: "Redaction",
      dependencies: [
        "ByteViews", "Cryptography", "EncryptionConfig", "EtcdStorage", "KubernetesStorage", "SnapshotInput",
        "VerificationModel",
      ], swiftSettings: strict),
    .target(
      name: "CaseStore",
      dependencies: [
        "ByteViews", "CZlib", "Cryptography", "EtcdStorage", "FileAccess", "KubernetesStorage", "LMDB",
        "VerificationModel",
      ], exclude: ["Schema.md"], swiftSettings: strict),
    .target(
      name: "SnapshotReading",
      dependencies: [
        "BoltFormat", "ByteViews", "CByteKernels", "Cryptography", "EncryptionConfig", "EtcdStorage", "FileAccess",
        "KubernetesStorage", "SnapshotInput", "VerificationModel",
      ], swiftSettings: strict),
    .target(
      name: "ValueAuthentication",
      dependencies: [
        "ByteViews", "Cryptography", "EncryptionConfig", "EtcdStorage", "FileAccess", "KubernetesStorage",
        "VerificationModel",
      ],
      swiftSettings: strict),
    .target(
      name: "SnapshotVerification",
      dependencies: [
        "BoltFormat", "ByteViews", "Cryptography", "EncryptionConfig", "EtcdStorage", "KubernetesStorage",
        "RuleCatalog", "SnapshotInput", "SnapshotReading", "ValueAuthentication", "VerificationModel",
      ], swiftSettings: strict),
    .target(
      name: "SnapshotInspection",
      dependencies: [
        "BoltFormat", "ByteViews", "EtcdStorage", "KubernetesStorage", "SnapshotInput", "SnapshotReading",
        "VerificationModel",
      ], swiftSettings: strict),
    .target(
      name: "ConfigurationAudit",
      dependencies: [
        "BoltFormat", "EncryptionConfig", "KubernetesStorage", "RuleCatalog", "SnapshotInput", "SnapshotReading",
        "VerificationModel",
      ], swiftSettings: strict),
    .target(
      name: "Reporting",
      dependencies: [
        "BoltFormat", "Cryptography", "EncryptionConfig", "EtcdStorage", "KubernetesStorage", "PolicyFile",
        "RuleCatalog", "SnapshotInput", "StrictYAML", "VerificationModel",
      ], swiftSettings: strict),
    .target(
      name: "HTMLReporting",
      dependencies: [
        "ByteViews", "Cryptography", "KubernetesStorage", "Reporting", "RuleCatalog", "SnapshotInput",
        "VerificationModel", .product(name: "Mustache", package: "swift-mustache"),
      ], swiftSettings: strict),
    .target(name: "CBuildInformation", cSettings: buildInformation),
    .executableTarget(
      name: "atrest",
      dependencies: [
        "CBuildInformation", "CaseStore", "ConfigurationAudit", "Confinement", "Cryptography", "EncryptionConfig",
        "EtcdStorage", "FileAccess", "HTMLReporting", "KubernetesStorage", "LMDB", "PolicyFile", "Redaction",
        "Reporting", "RuleCatalog", "SnapshotInput", "SnapshotInspection", "SnapshotReading", "SnapshotVerification",
        "ValueAuthentication", "VerificationModel",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["COpenSSL", "CSodium", "CZlib"], path: "Tests/TestSupport",
      exclude: ["Fixtures"]),
    .target(name: "CFailingWrites", path: "Tests/CFailingWrites"),
    .target(name: "CForbiddenCalls", path: "Tests/CForbiddenCalls"),
    .executableTarget(
      name: "ConfinementProbe", dependencies: ["CForbiddenCalls", "Confinement"], path: "Tests/ConfinementProbe"),
    .testTarget(name: "ConfinementTests", dependencies: ["ConfinementProbe", "TestSupport"]),
    .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"]),
    .testTarget(name: "ByteViewsTests", dependencies: ["ByteViews", "TestSupport"]),
    .testTarget(name: "ProtobufWireTests", dependencies: ["ProtobufWire", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "LMDBTests", dependencies: ["ByteViews", "CFailingWrites", "LMDB", "TestSupport"]),
    .testTarget(name: "BoltFormatTests", dependencies: ["BoltFormat", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "EtcdStorageTests", dependencies: ["EtcdStorage", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "KubernetesStorageTests", dependencies: ["KubernetesStorage", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "CryptographyTests", dependencies: ["Cryptography", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "RuleCatalogTests", dependencies: ["RuleCatalog"], swiftSettings: strict),
    .testTarget(
      name: "EncryptionConfigTests",
      dependencies: ["Cryptography", "EncryptionConfig", "KubernetesStorage", "RuleCatalog", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "SnapshotInputTests", dependencies: ["BoltFormat", "SnapshotInput", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "SnapshotVerificationTests",
      dependencies: [
        "BoltFormat", "Cryptography", "EncryptionConfig", "EtcdStorage", "KubernetesStorage", "RuleCatalog",
        "SnapshotInput", "ConfigurationAudit", "SnapshotInspection", "SnapshotReading", "SnapshotVerification",
        "ValueAuthentication", "VerificationModel", "Reporting", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "PolicyFileTests",
      dependencies: [
        "Cryptography", "EtcdStorage", "KubernetesStorage", "PolicyFile", "Redaction", "Reporting",
        "SnapshotVerification", "VerificationModel", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "CaseStoreTests",
      dependencies: [
        "BoltFormat", "CFailingWrites", "CaseStore", "Cryptography", "EncryptionConfig", "EtcdStorage",
        "KubernetesStorage", "LMDB",
        "SnapshotInput", "SnapshotVerification", "ValueAuthentication", "VerificationModel", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "BoltFormat", "Cryptography", "EncryptionConfig", "EtcdStorage", "KubernetesStorage", "RuleCatalog",
        "ConfigurationAudit",
        "SnapshotInspection", "SnapshotReading", "SnapshotVerification",
        "ValueAuthentication", "VerificationModel",
        "Reporting", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "HTMLReportingTests",
      dependencies: [
        "BoltFormat", "EtcdStorage", "HTMLReporting", "KubernetesStorage", "Reporting", "SnapshotInput",
        "TestSupport", "VerificationModel",
      ], swiftSettings: strict),
    .testTarget(
      name: "FuzzTargetsTests",
      dependencies: [
        "BoltFormat", "ByteViews", "CaseStore", "Cryptography", "EncryptionConfig", "EtcdStorage", "KubernetesStorage",
        "PolicyFile", "SnapshotInput", "SnapshotReading", "SnapshotVerification", "ValueAuthentication",
        "VerificationModel", "TestSupport",
      ], exclude: ["Regressions"], swiftSettings: strict),
    .testTarget(
      name: "EtcdTests",
      dependencies: [
        "BoltFormat", "EtcdStorage", "KubernetesStorage", "SnapshotInput", "ConfigurationAudit", "SnapshotInspection",
        "SnapshotReading", "SnapshotVerification",
        "ValueAuthentication", "VerificationModel", "atrest",
        "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "BoltFormat", "EncryptionConfig", "EtcdStorage", "FileAccess", "KubernetesStorage", "PolicyFile", "Reporting",
        "RuleCatalog", "ConfigurationAudit", "ConfinementProbe",
        "SnapshotInspection", "SnapshotReading", "SnapshotVerification",
        "ValueAuthentication", "VerificationModel", "atrest",
        "TestSupport", .product(name: "Yams", package: "Yams"),
      ], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
