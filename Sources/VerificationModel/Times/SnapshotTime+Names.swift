import SnapshotInput

extension SnapshotTime {
  /// When the snapshot was taken that `report`, which is part of `input`, is about: by the form of its name, or else by when
  /// its file was last modified. nil where nothing tells.
  ///
  /// The name of the file comes first, then those of the directories that hold it, the innermost first; of a snapshot in an
  /// archive, its name there before that of the archive, which tells nothing of one of several. Of a name in which different
  /// times may be read, none is taken. A directory of no known form counts only where it holds the file itself.
  public init?(of report: SnapshotReport, in input: InputReport) {
    let file = report.file
    let isAlone = input.snapshots.count { !$0.isAboutCompanion } == 1
    var places = file.member.map { Self.archives(in: $0).reversed().map(Self.components) } ?? []
    if report.path != InputList.standardInput { places.append(Self.components(report.path)) }
    for names in places.prefix(file.member == nil || isAlone ? places.count : 1) {
      for (depth, name) in names.reversed().enumerated() {
        if let time = Self.time(named: name, depth: depth) {
          self = time
          return
        }
      }
    }
    if let modified = file.member.flatMap({ input.entriesModified[$0] }), Self.plausibleSeconds.contains(modified) {
      // A zip archive may have the local time of the machine that made it, without its zone.
      self.init(
        seconds: modified, precision: .second, isZoneKnown: !file.containers.contains(.zip), .entryTime)
    } else if file.member == nil || isAlone, let modified = input.modified, Self.plausibleSeconds.contains(modified) {
      self.init(seconds: modified, precision: .second, isZoneKnown: true, .fileTime)
    } else {
      return nil
    }
  }

  /// The time in a name: that of a file, at depth 0, of the directory that holds it, at depth 1, or of one around that.
  static func time(named name: String, depth: Int = 0) -> SnapshotTime? {
    // No file system has longer names; an archive may.
    guard name.utf8.count <= 1024 else { return nil }
    let bytes = Array(name.utf8)
    let stem = stem(of: bytes)
    for pattern in NamePattern.all {
      if let reading = pattern.time(in: bytes, stem: stem) { return SnapshotTime(reading, .name(pattern.form, name)) }
    }
    guard depth <= 1, let (form, reading) = TimeSearch(in: stem).answer else { return nil }
    // Directories are named after many a day, such as that of an incident.
    guard depth == 0 || reading.precision != .day || stem.count == "2026-11-30".utf8.count else { return nil }
    return SnapshotTime(reading, .name(form, name))
  }

  /// The name without what tells that the file is packed, or of what kind it is.
  private static func stem(of name: [UInt8]) -> [UInt8] {
    var stem = name[...]
    while let ending = endings.first(where: { stem.ends(with: $0) }) { stem = stem.dropLast(ending.count) }
    return Array(stem)
  }

  /// Gardener adds `.final` to the last backup before a move, OpenShift the other one to what was saved under `--force`.
  private static let endings: [[UInt8]] =
    (SnapshotName.additions + SnapshotName.extensions.map { ".\($0)" } + [".final", "__possibly_dirty__"]).map {
      Array($0.utf8)
    }

  private static func components(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }

  /// The paths that `member` is made of, the outermost archive first: they are held together by colons, which may stand
  /// between digits in any of them.
  private static func archives(in member: String) -> [String] {
    let bytes = Array(member.utf8)
    var starts = [0]
    for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: ":") {
      let isInTime =
        place > 0 && place + 1 < bytes.count && TimeReader.isDigit(bytes[place - 1])
        && TimeReader.isDigit(bytes[place + 1])
      if !isInTime { starts.append(place + 1) }
    }
    return starts.enumerated().map { number, start in
      let end = number + 1 < starts.count ? starts[number + 1] - 1 : bytes.count
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether these bytes end with `ending`, in small letters, and are more than that.
  fileprivate func ends(with ending: [UInt8]) -> Bool {
    guard count > ending.count else { return false }
    return zip(suffix(ending.count), ending).allSatisfy { byte, letter in
      byte == letter || TimeReader.isLetter(byte) && byte | 0x20 == letter
    }
  }
}
