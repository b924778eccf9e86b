/// A requirement of a standard that findings of a rule are evidence for, or rather against.
public struct Control: Hashable, Sendable {
  /// Who requires it, and in which edition.
  public let framework: String
  /// The number of the requirement; of a framework that renumbers, the numbers known.
  public let number: String
  /// What it asks for: its title where there is one.
  public let title: String
  /// Whether the number was read in a copy of the framework, or in one that cites it. Others are given from memory, and
  /// are to be checked before they are quoted.
  public let isVerified: Bool

  private init(_ framework: String, _ number: String, _ title: String, isVerified: Bool) {
    self.framework = framework
    self.number = number
    self.title = title
    self.isVerified = isVerified
  }
}

extension Control {
  private static let cis = "CIS Kubernetes Benchmark"
  private static let stig = "DISA Kubernetes STIG"
  private static let nist = "NIST SP 800-53 Rev. 5"
  private static let pci = "PCI DSS v4.0.1"

  // CIS moves its numbers with nearly every edition, so the titles are what counts.
  static let cisProviderFlag = Control(
    cis, "1.1.34 in v1.1 to v1.4, 1.2.33 in v1.5 and v1.6, 1.2.27 in v1.7 to v1.10",
    "Ensure that the --encryption-provider-config argument is set as appropriate", isVerified: true)
  static let cisProviders = Control(
    cis, "1.1.35 in v1.1 to v1.4, 1.2.34 in v1.5 and v1.6, 1.2.28 in v1.7 to v1.10",
    "Ensure that encryption providers are appropriately configured", isVerified: true)

  static let stigSecretsAtRest = Control(
    stig, "V-274882 (CNTR-K8-001162, CAT I)", "Secrets are encrypted at rest", isVerified: true)
  static let stigSensitiveData = Control(
    stig, "V-274883 (CNTR-K8-001161, CAT I)", "Sensitive information is kept in Secrets or in an external store only",
    isVerified: true)

  static let nistAtRest = Control(nist, "SC-28", "Protection of information at rest", isVerified: true)
  static let nistCryptography = Control(
    nist, "SC-28(1)", "Protection of information at rest: cryptographic protection", isVerified: true)
  static let nistKeyStorage = Control(
    nist, "SC-28(3)", "Protection of information at rest: protected storage of keys", isVerified: false)
  static let nistKeyManagement = Control(
    nist, "SC-12", "Cryptographic key establishment and management", isVerified: false)
  static let nistAlgorithms = Control(nist, "SC-13", "Cryptographic protection by approved means", isVerified: false)
  static let nistBackups = Control(nist, "CP-9(8)", "System backup: cryptographic protection", isVerified: false)

  static let pciUnreadable = Control(
    pci, "3.5.1", "Stored account data is unreadable wherever it is stored", isVerified: false)
  static let pciKeyProcedures = Control(
    pci, "3.6.1", "Keys that protect stored account data are protected against disclosure and misuse",
    isVerified: true)
  static let pciKeyStorage = Control(
    pci, "3.6.1.2", "Such keys are stored encrypted by another key, in a secure device, or as shares",
    isVerified: true)
  static let pciKeyChange = Control(pci, "3.7.4", "Keys are changed at the end of their period", isVerified: false)
  static let pciKeyRetirement = Control(pci, "3.7.5", "Keys no longer needed are retired", isVerified: false)
}

extension [Control] {
  /// What asks for Secrets and their like to be encrypted in etcd.
  static let atRest: [Control] = [
    .cisProviderFlag, .cisProviders, .stigSecretsAtRest, .nistAtRest, .nistCryptography, .pciUnreadable,
  ]
  /// What asks for the same of every copy and remainder.
  static let inCopies: [Control] = [.nistAtRest, .nistCryptography, .nistBackups, .pciUnreadable]
  /// What asks for ciphers and providers that hold.
  static let ciphers: [Control] = [.cisProviders, .nistCryptography, .nistAlgorithms]
  /// What asks for keys to be kept apart from what they protect.
  static let keys: [Control] = [.nistKeyStorage, .nistKeyManagement, .pciKeyProcedures, .pciKeyStorage]
  /// What asks for keys to be changed in time, and everything with them.
  static let keyChange: [Control] = [.nistKeyManagement, .pciKeyChange]
  /// What asks for backups that can be relied on.
  static let backups: [Control] = [.nistBackups]
}
