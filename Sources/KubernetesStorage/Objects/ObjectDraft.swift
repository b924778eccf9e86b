/// An outline in the making: every field that was read so far, whether or not the object turns out to be a Secret.
struct ObjectDraft {
  var apiVersion = ""
  var kind = ""
  var namespace = ""
  var name = ""
  var type = ""
  var data = DataKeyList()
  /// Where the data lies, instead of names and sizes in ``data``; nil where nobody asks.
  var fields: DataFields?

  init(collecting fields: DataFields? = nil) { self.fields = fields }

  /// A Secret is one by group and kind: a custom resource may also be named so.
  var isSecret: Bool { apiVersion == "v1" && kind == "Secret" }

  /// What kind of data it has: that of Secrets and ConfigMaps of the core group, in whatever version.
  var dataKind: DataFields.Kind? { apiVersion.contains("/") ? nil : DataFields.Kind(rawValue: kind) }
}
