import StrictYAML

/// Where in the text of a configuration something stands.
public typealias ConfigurationPlace = YAMLPlace
