import TestSupport

extension Defect {
  static let memberOfZipDamaged = Defect(
    "A snapshot in a zip archive has another checksum than its own.", errors: ["container-damaged"], .error,
    inFile: { file in
      let size = [UInt8](bigEndian: UInt64(file.count)).suffix(4).reversed()
      let name = Array("backup.db".utf8)
      // Version 2.0, no flags, stored as it is, no time; a checksum of 0; both sizes; the name's length, and no more.
      let entry = [20, 0] + [UInt8](repeating: 0, count: 12) + size + size + [UInt8(name.count), 0, 0, 0]
      let local = Array("PK".utf8) + [3, 4] + entry + name + file
      let central = Array("PK".utf8) + [1, 2, 20, 0] + entry + [UInt8](repeating: 0, count: 14) + name
      let offset = [UInt8](bigEndian: UInt64(local.count)).suffix(4).reversed()
      let end = Array("PK".utf8) + [5, 6, 0, 0, 0, 0, 1, 0, 1, 0, UInt8(central.count), 0, 0, 0] + offset + [0, 0]
      file = local + central + end
    })
}
