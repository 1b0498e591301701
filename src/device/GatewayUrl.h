#pragma once
#include <string_view>

namespace tram::device {

/// https://host[:port][/path], or http:// on this machine's loopback only (127.0.0.0/8, localhost, [::1]).
/// No user, query, fragment or trailing slash: paths of calls are appended to it.
bool acceptableGatewayUrl(std::string_view url);
/// Of an acceptable one: whether no network is needed for it.
bool isOnThisMachine(std::string_view url);

}  // namespace tram::device
