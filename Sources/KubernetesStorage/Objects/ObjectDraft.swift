/// An outline in the making: every field that was read so far, whether or not the object turns out to be a Secret.
struct ObjectDraft {
  var apiVersion = ""
  var kind = ""
  var namespace = ""
  var name = ""
  var type = ""
  var data = DataKeyList()

  /// A Secret is one by group and kind: a custom resource may also be named so.
  var isSecret: Bool { apiVersion == "v1" && kind == "Secret" }
}
