#include "wire/Link.h"

#include <algorithm>
#include <regex>

namespace tram::wire {

namespace {

constexpr std::size_t kMaxLink = 500, kMaxHost = 200;
constexpr std::string_view kScheme = "https://";

}  // namespace

bool isHostName(std::string_view text) {
    static const std::regex kShape("[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+");
    return text.size() <= kMaxHost && std::regex_match(text.begin(), text.end(), kShape);
}

bool isHttpsLink(std::string_view text) {
    static const std::regex kPath("(/[A-Za-z0-9._~%!$&'()*+,;=:@/?#-]*)?");
    if (text.size() > kMaxLink || !text.starts_with(kScheme)) return false;
    const auto rest = text.substr(kScheme.size());
    const auto host = rest.substr(0, rest.find('/')), path = rest.substr(host.size());
    return isHostName(host) && std::regex_match(path.begin(), path.end(), kPath);
}

std::string hostOfLink(std::string_view link) {
    if (!isHttpsLink(link)) return {};
    link.remove_prefix(kScheme.size());
    return std::string(link.substr(0, link.find('/')));
}

const LinkHosts& usualLinkHosts() {
    static const LinkHosts kHosts = {"play.google.com", "apps.apple.com", "congdanso.tphcm.gov.vn",
                                     "vneid.gov.vn", "giaothong.hochiminhcity.gov.vn"};
    return kHosts;
}

bool isOnList(std::string_view link, const LinkHosts& hosts) {
    const auto host = hostOfLink(link);
    return !host.empty() && std::ranges::find(hosts, host) != hosts.end();
}

}  // namespace tram::wire
