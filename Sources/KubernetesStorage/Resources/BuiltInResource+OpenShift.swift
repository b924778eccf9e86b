extension BuiltInResource {
  /// What OpenShift's own API servers keep. Up to version 3.6 they wrote objects without a group.
  static let openShift =
    group("apps.openshift.io", .openShift, [.namespaced("deploymentconfigs", "DeploymentConfig", formerly: "")])
    + group(
      "build.openshift.io", .openShift,
      [
        .namespaced("buildconfigs", "BuildConfig", formerly: ""),
        .namespaced("builds", "Build", formerly: ""),
      ])
    + group(
      "image.openshift.io", .openShift,
      [
        .cluster("images", "Image", formerly: ""),
        .namespaced("imagestreams", "ImageStream", formerly: ""),
      ])
    + group(
      "oauth.openshift.io", .openShift,
      [
        .cluster("oauthaccesstokens", "OAuthAccessToken", in: "oauth/accesstokens", formerly: ""),
        .cluster("oauthauthorizetokens", "OAuthAuthorizeToken", in: "oauth/authorizetokens", formerly: ""),
        .cluster(
          "oauthclientauthorizations", "OAuthClientAuthorization", in: "oauth/clientauthorizations", formerly: ""),
        .cluster("oauthclients", "OAuthClient", in: "oauth/clients", formerly: ""),
      ])
    + group("route.openshift.io", .openShift, [.namespaced("routes", "Route", formerly: "")])
    + group("security.openshift.io", .openShift, [.cluster("rangeallocations", "RangeAllocation")])
    + group(
      "template.openshift.io", .openShift,
      [
        .cluster("brokertemplateinstances", "BrokerTemplateInstance"),
        .namespaced("templateinstances", "TemplateInstance"),
        .namespaced("templates", "Template", formerly: ""),
      ])
    + group(
      "user.openshift.io", .openShift,
      [
        .cluster("groups", "Group", formerly: ""),
        .cluster("identities", "Identity", in: "useridentities", formerly: ""),
        .cluster("users", "User", formerly: ""),
      ])
}
