import ArgumentParser
import KubernetesStorage

/// The option that names where in etcd the resources lie.
struct EtcdPrefixOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("The API server's --etcd-prefix (default: found from the keys).", valueName: "prefix"),
    completion: .list(["/registry", "/kubernetes.io"]), transform: Self.prefix(of:))
  var etcdPrefix: EtcdPrefix?

  /// Slashes at either end may be left out, as with an API server's flag.
  private static func prefix(of text: String) throws -> EtcdPrefix {
    guard !text.isEmpty else {
      throw ValidationError("it is empty: is a variable unset that should hold it? The root is written '/'")
    }
    return EtcdPrefix(text)
  }
}
