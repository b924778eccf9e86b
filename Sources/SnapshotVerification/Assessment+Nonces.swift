extension Assessment {
  /// Flags the values that share a nonce or IV with another write under their key. Values that keys show to be altered are
  /// no writes. O(candidates).
  mutating func flagReusedNonces() {
    let candidates = store.list.candidates
    let groups = NonceGroups(count: candidates.count) { row in
      let candidate = candidates[row]
      return isCounted(candidate) && !candidate.isSpoilt ? candidate.nonce : .none
    }
    for number in groups.reused.joined() {
      let layer: Layer = candidates[number].isLive ? .live : .history
      if policy.layers.contains(layer) { flagged.append(FlaggedRow(.nonceReuse, layer, number)) }
    }
  }
}
