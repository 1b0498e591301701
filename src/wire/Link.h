#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tram::wire {

/// RFC 3986, as far as a city's links go: https, a host name, no user, no port, ASCII, 500 bytes at most.
/// What a person reads in it is where it leads.
bool isHttpsLink(std::string_view text);

/// Small letters, digits, dashes, at least one dot: as it stands in such links.
bool isHostName(std::string_view text);

/// Of such a link; "" when it is none.
std::string hostOfLink(std::string_view link);

/// Hosts that guides may lead to, exact: "play.google.com". Configuration of whoever builds packs
/// (`link_hosts` in pack.json) and of each kiosk (guides.link_hosts); this is what stands where nothing else
/// is said.
using LinkHosts = std::vector<std::string>;
const LinkHosts& usualLinkHosts();
bool isOnList(std::string_view link, const LinkHosts& hosts);

}  // namespace tram::wire
